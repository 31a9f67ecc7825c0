// Builds the page's service worker, which keeps the files of the very same build.
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import esbuild from 'rollup-plugin-esbuild';

/**
 * @typedef {import('rollup').Plugin} Plugin
 * @typedef {import('rollup').OutputBundle} OutputBundle
 */

const SERVICE_WORKER = fileURLToPath(new URL('../src/offline/serviceWorker.ts', import.meta.url));
const LISTS = 'virtual:built-files';

/** Adds `service-worker.js` to the files of a page. @returns {Plugin} */
export function serviceWorker() {
  return {
    name: 'service-worker',
    generateBundle: {
      // When all other files are there.
      order: 'post',
      async handler(_options, bundle) {
        this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: await built(listsOf(bundle)) });
      },
    },
  };
}

/** @param {string} lists  the code of the module with the lists of files */
async function built(lists) {
  const bundle = await rollup({
    input: SERVICE_WORKER,
    plugins: [
      { name: 'lists', resolveId: (id) => (id === LISTS ? id : null), load: (id) => (id === LISTS ? lists : null) },
      nodeResolve(),
      // Workbox's own code is transformed, too: it asks for the environment, and a browser has none.
      esbuild({ target: 'es2022', exclude: [], minify: true, define: { 'process.env.NODE_ENV': '"production"' } }),
    ],
  });
  const { output } = await bundle.generate({ format: 'iife' });
  await bundle.close();
  return output[0].code;
}

/** @param {OutputBundle} bundle */
function listsOf(bundle) {
  const later = laterIn(bundle);
  const essential = Object.values(bundle).filter(({ fileName }) => !later.has(fileName));
  const entries = essential.map((file) => {
    const digest = createHash('sha384')
      .update(file.type === 'chunk' ? file.code : file.source)
      .digest('base64');
    // The browser compares the digest, so that what is kept is of one build even while the host gets the next one.
    return { url: file.fileName, revision: digest, integrity: `sha384-${digest}` };
  });
  return `export const ESSENTIAL = ${JSON.stringify(entries)};\nexport const LATER = ${JSON.stringify([...later])};`;
}

/**
 * The scripts that the page only loads on demand, such as libraries for its pictures.
 * @param {OutputBundle} bundle
 * @returns {Set<string>} file names
 */
function laterIn(bundle) {
  const later = new Set(Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? [file.fileName] : [])));
  /** @param {string} fileName */
  const keep = (fileName) => {
    const file = bundle[fileName];
    if (!later.delete(fileName) || file?.type !== 'chunk') return;
    for (const imported of file.imports) keep(imported);
  };
  for (const file of Object.values(bundle)) if (file.type === 'chunk' && file.isEntry) keep(file.fileName);
  return later;
}
