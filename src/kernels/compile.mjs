// Compiles the AssemblyScript kernels, and offers them to Rollup and Vite as the module `virtual:kernels`,
// whose default export is the WebAssembly binary in hexadecimal: worklets have no fetch, so the bytes are embedded, and
// compressed they take a fifth less so than in base64, where what repeats does not look the same each time.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const ENTRY = fileURLToPath(new URL('./assembly/index.ts', import.meta.url));
// Plain SIMD only: relaxed SIMD rounds differently from machine to machine, and models must not. Shrinking at this level costs
// no speed.
const FLAGS = [
  '--runtime',
  'minimal',
  '--noAssert',
  '--importMemory',
  '--optimizeLevel',
  '3',
  '--shrinkLevel',
  '2',
  '--enable',
  'simd',
];

/** @returns {Promise<Uint8Array<ArrayBuffer>>} the WebAssembly binary of the kernels */
export const compileKernels = () => compileAssembly(ENTRY);

/**
 * @param {string} entry  an AssemblyScript file
 * @returns {Promise<Uint8Array<ArrayBuffer>>} its WebAssembly binary
 */
export async function compileAssembly(entry) {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const written = [];
  const { error, stderr } = await asc.main([entry, '--outFile', 'kernels.wasm', ...FLAGS], {
    readFile: readSource,
    // Nothing but the binary is asked for, so no contents are text.
    writeFile: (_name, contents) => void written.push(/** @type {Uint8Array<ArrayBuffer>} */ (contents)),
  });
  if (error) throw new Error(`${entry} does not compile: ${error.message}\n${stderr.toString()}`);
  return written[0];
}

/**
 * AssemblyScript inlines a function marked `@inline`. TypeScript has no decorators on functions, and its tools would
 * stumble over them, so the kernels mark such a function by the comment `// @inline` on the line before it.
 *
 * @param {string} name
 * @param {string} directory
 * @returns {Promise<string | null>} null where there is no such file: the compiler then tries another
 */
async function readSource(name, directory) {
  const text = await readFile(resolve(directory, name), 'utf8').catch(() => null);
  return text?.replace(/^\/\/ (?=@inline\b)/gm, '') ?? null;
}

/** A plugin for Rollup and Vite alike. */
export function kernels() {
  const id = '\0virtual:kernels';
  /** @type {Promise<string> | undefined} */
  let hexadecimal;
  return {
    name: 'kernels',
    resolveId: (/** @type {string} */ source) => (source === 'virtual:kernels' ? id : null),
    /** @param {string} source */
    async load(source) {
      if (source !== id) return null;
      hexadecimal ??= compileKernels().then((binary) => Buffer.from(binary).toString('hex'));
      return `export default ${JSON.stringify(await hexadecimal)};`;
    },
  };
}
