// Bundles the page into demo/dist: static files for any host and any folder on it. Needs the built package.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import esbuild from 'rollup-plugin-esbuild';

/** @param {string} path  relative to this folder */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Files that are served unchanged, and where they come from. Worklet and worker are among them, not embedded in the page's
 * script, so that no Content-Security-Policy has to allow `blob:`.
 */
const STATIC = {
  'index.html': here('index.html'),
  'style.css': here('style.css'),
  'style/timeline.css': here('style/timeline.css'),
  'support.js': here('support.js'),
  'icon.svg': here('icon.svg'),
  'uPlot.min.css': here('../node_modules/uplot/dist/uPlot.min.css'),
  'clips/pop.flac': here('clips/pop.flac'),
  'clips/rock.flac': here('clips/rock.flac'),
  'clips/duo.flac': here('clips/duo.flac'),
  'clips/LICENCES.md': here('clips/LICENCES.md'),
  'worklet.js': here('../dist/worklet.js'),
  'worker.js': here('../dist/worker.js'),
};

const NOTHING = '\0nothing';

/**
 * Leaves out what mediabunny needs in Node only: a browser would not find it, and refuse the whole script.
 * @returns {import('rollup').Plugin}
 */
function withoutNode() {
  return {
    name: 'without-node',
    resolveId: (id) => (id === 'node:fs/promises' ? NOTHING : null),
    load: (id) => (id === NOTHING ? 'export {};' : null),
  };
}

/** Copies those files. @returns {import('rollup').Plugin} */
function staticFiles() {
  return {
    name: 'static-files',
    async generateBundle() {
      for (const [fileName, path] of Object.entries(STATIC)) {
        this.emitFile({ type: 'asset', fileName, source: await readFile(path) });
      }
    },
  };
}

/** @type {import('rollup').RollupOptions} */
export default {
  input: here('src/main.ts'),
  // The page makes native contexts only, so the package never asks for this optional peer.
  external: ['standardized-audio-context'],
  plugins: [withoutNode(), nodeResolve(), esbuild({ target: 'es2022', minify: true }), staticFiles()],
  output: { dir: here('dist'), format: 'es', entryFileNames: '[name].js' },
};
