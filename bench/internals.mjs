import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rollup } from 'rollup';
import { compile } from './compile.mjs';

/**
 * The modules that are measured though they are not public, by their paths below `src`.
 * @typedef {{
 *   'dsp/Activator.ts': typeof import('../src/dsp/Activator.ts'),
 *   'dsp/SeparationChain.ts': typeof import('../src/dsp/SeparationChain.ts'),
 *   'dsp/twiddles.ts': typeof import('../src/dsp/twiddles.ts'),
 *   'kernels/load.ts': typeof import('../src/kernels/load.ts'),
 *   'node/options.ts': typeof import('../src/node/options.ts'),
 * }} Internals
 */

/**
 * Compiles a module from its source, and imports it.
 * @template {keyof Internals} Path
 * @param {Path} path
 * @returns {Promise<Internals[Path]>}
 */
export async function loadInternals(path) {
  const folder = mkdtempSync(join(tmpdir(), 'nmf-bench-'));
  const input = fileURLToPath(new URL(`../src/${path}`, import.meta.url));
  const bundle = await rollup({ input, plugins: compile() });
  const file = join(folder, 'internals.mjs');
  await bundle.write({ file, format: 'es', inlineDynamicImports: true });
  await bundle.close();
  const internals = await import(pathToFileURL(file).href);
  rmSync(folder, { recursive: true });
  return internals;
}
