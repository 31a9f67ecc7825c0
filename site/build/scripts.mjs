// Bundles the site's scripts, and the packages that recipes import.
import { readFile, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { licencesOf, packageOf } from '../../licences.mjs';
import { DIST, ROOT } from './paths.mjs';

/** By the name of the file. What several of them need is written once, into files of its own. */
const ENTRIES = {
  page: 'site/src/page.ts',
  search: 'site/src/search.ts',
  playground: 'site/src/playground/main.ts',
  'nmf-separator-node': 'dist/index.js',
  models: 'dist/models.js',
  rxjs: 'node_modules/rxjs/dist/esm/index.js',
  tone: 'node_modules/tone/build/esm/index.js',
};

/** What is inside the package's own bundles has its licences in this file. */
const OF_PACKAGE = 'dist/LICENCES.txt';

export async function writeScripts() {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ENTRIES,
    outdir: `${DIST}scripts`,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    // Error messages name classes.
    keepNames: true,
    chunkNames: 'chunks/[name]-[hash]',
    // The index of the search is written after the scripts.
    external: ['*/pagefind/pagefind.js'],
    logLevel: 'warning',
    metafile: true,
  });
  const packages = new Set(Object.keys(metafile.inputs).flatMap((file) => packageOf(file) ?? []));
  const texts = [await licencesOf(packages), await readFile(ROOT + OF_PACKAGE, 'utf8')];
  await writeFile(`${DIST}scripts/LICENCES.txt`, texts.join('\n\n'));
}
