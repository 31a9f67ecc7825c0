// Bundles the page into demo/dist: static files for any host and any folder on it. Needs the built package.
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import esbuild from 'rollup-plugin-esbuild';
import { compressed } from './build/compressed.mjs';
import { galleryFiles } from './build/galleryFiles.mjs';
import { serviceWorker } from './build/offline.mjs';
import { chunkOf, isPublished, publishedPackages } from './build/publishedPackages.mjs';
import { scripts } from './build/scripts.mjs';
import { staticFiles } from './build/staticFiles.mjs';

/** @param {string} path  relative to this folder */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Scripts of other threads */
const SCRIPTS = {
  'recorder.js': 'src/perform/recorder.worklet.ts',
  'factorization.js': 'src/factorization/worker/main.ts',
};

const NOTHING = '\0nothing';

/**
 * Leaves out what mediabunny needs in Node only: a browser would not find it, and refuse the whole script.
 * @returns {import('rollup').Plugin}
 */
const withoutNode = () => ({
  name: 'without-node',
  resolveId: (id) => (id === 'node:fs/promises' ? NOTHING : null),
  load: (id) => (id === NOTHING ? 'export {};' : null),
});

/**
 * Removes what an earlier build has left: chunks have other names in each.
 * @returns {import('rollup').Plugin}
 */
const fresh = () => ({
  name: 'fresh',
  buildStart: () => rm(here('dist'), { recursive: true, force: true }),
});

/** @type {import('rollup').RollupOptions} */
export default {
  input: here('src/main.ts'),
  // The page makes native contexts only, so the package never asks for this optional peer.
  external: ['standardized-audio-context'],
  plugins: [
    fresh(),
    withoutNode(),
    publishedPackages(),
    nodeResolve(),
    esbuild({ target: 'es2022', minify: true }),
    staticFiles(),
    scripts(SCRIPTS),
    galleryFiles(),
    // The page's own scripts are small, also those that it loads on demand. Packages are large, and many visits need none.
    serviceWorker(isPublished),
    compressed(),
  ],
  output: {
    dir: here('dist'),
    format: 'es',
    entryFileNames: '[name].js',
    // A new version of such a file has another name, so that the service worker never mixes versions.
    chunkFileNames: 'chunks/[name]-[hash].js',
    assetFileNames: 'chunks/[name]-[hash][extname]',
    manualChunks: chunkOf,
  },
};
