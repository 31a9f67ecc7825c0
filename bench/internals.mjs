import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rollup } from 'rollup';
import { compile } from './compile.mjs';

/**
 * Measured modules that the package does not export, by path below `src`.
 * @typedef {{
 *   'dsp/live/Adaptation.ts': typeof import('../src/dsp/live/Adaptation.ts'),
 *   'dsp/live/Activator.ts': typeof import('../src/dsp/live/Activator.ts'),
 *   'dsp/live/latencyModes.ts': typeof import('../src/dsp/live/latencyModes.ts'),
 *   'dsp/live/OwnNaming.ts': typeof import('../src/dsp/live/OwnNaming.ts'),
 *   'dsp/live/pitchShifts.ts': typeof import('../src/dsp/live/pitchShifts.ts'),
 *   'dsp/live/SeparationChain.ts': typeof import('../src/dsp/live/SeparationChain.ts'),
 *   'dsp/transform/twiddles.ts': typeof import('../src/dsp/transform/twiddles.ts'),
 *   'kernels/load.ts': typeof import('../src/kernels/load.ts'),
 * }} Internals
 */

/**
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
