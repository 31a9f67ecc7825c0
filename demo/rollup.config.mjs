// Bundles the page into demo/dist: static files for any host and any folder on it. Needs the built package.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import esbuild from 'rollup-plugin-esbuild';
import { chunkOf, publishedPackages } from './publishedPackages.mjs';

/** @param {string} path  relative to this folder */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Files that are served unchanged, and where they come from. Worklet and worker are among them, not embedded in the page's
 * script, so that no Content-Security-Policy has to allow `blob:`.
 */
const STATIC = {
  'index.html': here('index.html'),
  'support.js': here('support.js'),
  'icon.svg': here('icon.svg'),
  'uPlot.min.css': here('../node_modules/uplot/dist/uPlot.min.css'),
  'clips/pop.flac': here('clips/pop.flac'),
  'clips/rock.flac': here('clips/rock.flac'),
  'clips/duo.flac': here('clips/duo.flac'),
  'clips/LICENCES.md': here('clips/LICENCES.md'),
  'style/gallery.css': here('style/gallery.css'),
  // The visualizers as they are written, to be read and copied
  'gallery/bars.js': here('gallery/bars.js'),
  'gallery/flashes.js': here('gallery/flashes.js'),
  'gallery/figures.js': here('gallery/figures.js'),
  'gallery/bodies.js': here('gallery/bodies.js'),
  'gallery/hydra.js': here('gallery/hydra.js'),
  'gallery/sketch.js': here('gallery/sketch.js'),
  'gallery/butterchurn.js': here('gallery/butterchurn.js'),
  'gallery/LICENCES.md': here('gallery/LICENCES.md'),
  'worklet.js': here('../dist/worklet.js'),
  'worker.js': here('../dist/worker.js'),
};

/** The style sheets of the panels, which become one file, in the order in which they build on each other */
const STYLES = [
  'base',
  'controls',
  'stage',
  'timeline',
  'mixer',
  'transport',
  'messages',
  'panels',
  'perform',
  'performance',
];

/** @returns {Promise<string>} */
async function style() {
  const sheets = await Promise.all(STYLES.map((name) => readFile(here(`style/${name}.css`), 'utf8')));
  return sheets.join('\n');
}

/** Copies those files. @returns {import('rollup').Plugin} */
function staticFiles() {
  return {
    name: 'static-files',
    async generateBundle() {
      for (const [fileName, path] of Object.entries(STATIC)) {
        this.emitFile({ type: 'asset', fileName, source: await readFile(path) });
      }
      this.emitFile({ type: 'asset', fileName: 'style.css', source: await style() });
    },
  };
}

<<<<<<< HEAD
const compile = () => [nodeResolve(), esbuild({ target: 'es2022', minify: true })];

/** @type {import('rollup').RollupOptions[]} */
export default [
  {
    input: here('src/main.ts'),
    // The page makes native contexts only, so the package never asks for this optional peer.
    external: ['standardized-audio-context'],
    plugins: [...compile(), staticFiles()],
    output: { dir: here('dist'), format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
  },
  // A script without imports: worklets load it as it is.
  {
    input: here('src/perform/recorder.worklet.ts'),
    plugins: compile(),
    output: { file: here('dist/recorder.js'), format: 'iife' },
  },
];
=======
/** @type {import('rollup').RollupOptions} */
export default {
  input: here('src/main.ts'),
  // The page makes native contexts only, so the package never asks for this optional peer.
  external: ['standardized-audio-context'],
  plugins: [publishedPackages(), nodeResolve(), esbuild({ target: 'es2022', minify: true }), staticFiles()],
  output: {
    dir: here('dist'),
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    assetFileNames: 'chunks/[name][extname]',
    manualChunks: chunkOf,
  },
};
>>>>>>> a721e8c (A gallery of visualizers: seven files worth copying, and the panel that shows them beside their code)
