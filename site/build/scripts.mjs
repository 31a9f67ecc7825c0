// Bundles the site's scripts, and the packages that recipes import.
import { build } from 'esbuild';
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

export async function writeScripts() {
  await build({
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
  });
}
