// The files of the page that are served as they are written.
import { readdir, readFile } from 'node:fs/promises';

/** @param {string} path  relative to the demo */
const at = (path) => new URL(`../${path}`, import.meta.url);

/**
 * By the name they are served under. Worklet and worker are among them, not embedded in the page's script, so that no
 * Content-Security-Policy has to allow `blob:`.
 */
const FILES = {
  'index.html': 'index.html',
  'support.js': 'support.js',
  'icon.svg': 'icon.svg',
  'manifest.webmanifest': 'manifest.webmanifest',
  'uPlot.min.css': '../node_modules/uplot/dist/uPlot.min.css',
  'worklet.js': '../dist/worklet.js',
  'worker.js': '../dist/worker.js',
  // As texts, which every browser shows
  'guide.txt': '../docs/guide.md',
  'api.txt': '../dist/index.d.ts',
};

/** Everything in these folders, and of which kind. The visualizers are also read and copied as they are written. */
const FOLDERS = { clips: /\.(flac|md)$/, gallery: /\.(js|md)$/, icons: /\.png$/ };

/** The style sheets of the panels, which become one file, in the order in which they build on each other */
const STYLES = [
  'colours',
  'base',
  'controls',
  'stage',
  'timeline',
  'mixer',
  'factorization',
  'transport',
  'messages',
  'panels',
  'perform',
  'gallery',
  'performance',
];

/** @returns {import('rollup').Plugin} */
export function staticFiles() {
  return {
    name: 'static-files',
    async generateBundle() {
      for (const [fileName, path] of Object.entries({ ...FILES, ...(await filesInFolders()) })) {
        this.emitFile({ type: 'asset', fileName, source: await readFile(at(path)) });
      }
      const sheets = await Promise.all(STYLES.map((name) => readFile(at(`style/${name}.css`), 'utf8')));
      this.emitFile({ type: 'asset', fileName: 'style.css', source: sheets.join('\n') });
    },
  };
}

/** @returns {Promise<Record<string, string>>} */
async function filesInFolders() {
  const found = await Promise.all(
    Object.entries(FOLDERS).map(async ([folder, kind]) => {
      const names = await readdir(at(folder));
      return names.filter((name) => kind.test(name)).map((name) => [`${folder}/${name}`, `${folder}/${name}`]);
    }),
  );
  return Object.fromEntries(found.flat());
}
