// Builds the page's service worker, which keeps the files of the very same build.
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import esbuild from 'rollup-plugin-esbuild';

/**
 * @typedef {import('rollup').Plugin} Plugin
 * @typedef {import('rollup').OutputBundle} OutputBundle
 * @typedef {object} Lists  of files, relative to the service worker
 * @property {ReturnType<typeof keptFile>[]} essential  those that are kept at the first visit
 * @property {string[]} later  those that are kept from their first use on
 */

const SERVICE_WORKER = fileURLToPath(new URL('../src/offline/serviceWorker.ts', import.meta.url));
const LISTS = 'virtual:built-files';

/**
 * Adds `service-worker.js` to the files of a page.
 * @param {(id: string) => boolean} [isLarge]
 *   whether a module is too large to be kept before it is used; all that are loaded on demand unless given
 * @returns {Plugin}
 */
export function serviceWorker(isLarge = () => true) {
  return {
    name: 'service-worker',
    generateBundle: {
      // When all other files are there.
      order: 'post',
      async handler(_options, bundle) {
        const source = await builtServiceWorker(listsOf(bundle, isLarge));
        this.emitFile({ type: 'asset', fileName: 'service-worker.js', source });
      },
    },
  };
}

/**
 * The code of a service worker that keeps files.
 * @param {Lists} lists
 */
export async function builtServiceWorker({ essential, later }) {
  const lists = `export const ESSENTIAL = ${JSON.stringify(essential)};\nexport const LATER = ${JSON.stringify(later)};`;
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

/**
 * A file as the service worker keeps it. The browser compares the digest, so that what is kept is of one build even while the
 * host gets the next one.
 * @param {string} url  relative to the service worker
 * @param {string | Uint8Array} source  what is in the file
 */
export function keptFile(url, source) {
  const digest = createHash('sha384').update(source).digest('base64');
  return { url, revision: digest, integrity: `sha384-${digest}` };
}

/** @param {OutputBundle} bundle @param {(id: string) => boolean} isLarge @returns {Lists} */
function listsOf(bundle, isLarge) {
  const later = laterIn(bundle, isLarge);
  const essential = Object.values(bundle).filter(({ fileName }) => !later.has(fileName));
  return {
    essential: essential.map((file) => keptFile(file.fileName, file.type === 'chunk' ? file.code : file.source)),
    later: [...later],
  };
}

/**
 * The scripts that are kept from their first use on: the page loads them on demand, and they contain something large.
 * @param {OutputBundle} bundle
 * @param {(id: string) => boolean} isLarge
 * @returns {Set<string>} file names
 */
function laterIn(bundle, isLarge) {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
  const needed = new Set(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
  // What is added to a set while it is walked through is walked through, too.
  for (const fileName of needed) for (const imported of importsOf(bundle[fileName])) needed.add(imported);
  const later = chunks.filter(({ fileName, moduleIds }) => !needed.has(fileName) && moduleIds.some(isLarge));
  return new Set(later.map(({ fileName }) => fileName));
}

/** @param {OutputBundle[string] | undefined} file  undefined for what is not of this build */
const importsOf = (file) => (file?.type === 'chunk' ? file.imports : []);
