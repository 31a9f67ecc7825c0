import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { compileKernels } from '../src/kernels/compile.mjs';

/** @returns {Promise<import('./rows.mjs').Row[]>} */
export async function sizeRows() {
  const entry = readFileSync(new URL('../dist/index.js', import.meta.url));
  return [
    { name: 'the kernels', value: (await compileKernels()).length / 1000, unit: 'kB of wasm', mark: { atMost: 20 } },
    { name: 'the entry', value: gzipSync(entry).length / 1000, unit: 'kB gzipped', mark: { atMost: 58 } },
  ];
}
