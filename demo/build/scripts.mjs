// Builds the scripts that run outside the page: each one file without imports, as worklets and workers need it.
import { fileURLToPath } from 'node:url';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import esbuild from 'rollup-plugin-esbuild';

/**
 * Adds scripts to the files of a page.
 * @param {Record<string, string>} inputs  by the name of the file
 * @returns {import('rollup').Plugin}
 */
export function scripts(inputs) {
  return {
    name: 'scripts',
    async generateBundle() {
      for (const [fileName, path] of Object.entries(inputs)) {
        this.emitFile({ type: 'asset', fileName, source: await built(path) });
      }
    },
  };
}

/** @param {string} path  relative to the demo */
async function built(path) {
  const bundle = await rollup({
    input: fileURLToPath(new URL(`../${path}`, import.meta.url)),
    plugins: [nodeResolve(), esbuild({ target: 'es2022', minify: true })],
  });
  const { output } = await bundle.generate({ format: 'iife' });
  await bundle.close();
  return output[0].code;
}
