// The speed of learning relative to the peak speed of a core.
import { fileURLToPath } from 'node:url';
import { factorize } from '../dist/dsp.js';
import { compileAssembly } from '../src/kernels/compile.mjs';
import { median } from './rows.mjs';
import { BINS, FRAMES } from './workload.mjs';

/**
 * @typedef {import('./rows.mjs').Row} Row
 * @typedef {import('./workload.mjs').Workload} Workload
 * @typedef {import('./workload.mjs').Start} Start
 * @typedef {'euclidean' | 'kullback-leibler'} Divergence
 */

/**
 * What bench/assembly/registers.ts exports.
 * @typedef {{
 *   multiplyAndAdd: (trips: number, factor: number, term: number) => number,
 *   operationsPerTrip: () => number,
 * }} RegisterKernels
 */

const RUNS = 7;
const ITERATIONS = 30;

/**
 * Floating-point operations of one iteration on V, frames × bins. The Euclidean updates need fewer: their denominators
 * use the K × K products WᵀW and HHᵀ instead of WH.
 * @type {Record<Divergence, (K: number) => number>}
 */
const OPERATIONS = {
  euclidean: (K) => 4 * BINS * FRAMES * K + 4 * K * K * (BINS + FRAMES),
  'kullback-leibler': (K) => 8 * BINS * FRAMES * K + 2 * BINS * FRAMES,
};
/** @type {Record<Divergence, number[]>} targets, one for each K of the workload */
const MARKS = { euclidean: [0.6, 0.75], 'kullback-leibler': [0.5, 0.7] };

/**
 * Speed of one multiplicative iteration as a fraction of the speed on registers alone (see assembly/registers.ts).
 * @param {Workload} work
 * @returns {Promise<Row[]>}
 */
export async function speedRows({ frames, starts }) {
  const measureRegisters = await registerSpeed();
  measureRegisters();
  return /** @type {const} */ (['euclidean', 'kullback-leibler']).flatMap((divergence) =>
    starts.map((start, i) => {
      const ratios = Array.from({ length: RUNS }, () => {
        const gigaflops = OPERATIONS[divergence](start.K) / millisecondsPerIteration(frames, start, divergence) / 1e6;
        return gigaflops / measureRegisters();
      });
      return {
        name: `an iteration, ${divergence}, K = ${start.K}`,
        value: median(ratios),
        unit: '× registers alone',
        mark: { atLeast: MARKS[divergence][i] },
      };
    }),
  );
}

/** @param {Float32Array} V @param {Start} start @param {Divergence} divergence */
function millisecondsPerIteration(V, { K, templates0, activations0 }, divergence) {
  /** @type {number[]} */
  const times = [];
  factorize(V, FRAMES, BINS, {
    ...{ templates: K, divergence, templates0, activations0 },
    ...{ solver: 'multiplicative', iterations: ITERATIONS, tolerance: 0 },
    onIteration: () => times.push(performance.now()) > 0,
  });
  return median(times.slice(1).map((time, i) => time - times[i]));
}

/** @returns {Promise<() => number>} measures GFLOP/s on registers alone */
async function registerSpeed() {
  const binary = await compileAssembly(fileURLToPath(new URL('./assembly/registers.ts', import.meta.url)));
  const env = { memory: new WebAssembly.Memory({ initial: 1 }), abort() {} };
  const { instance } = await WebAssembly.instantiate(binary, { env });
  const { multiplyAndAdd, operationsPerTrip } = /** @type {RegisterKernels} */ (instance.exports);
  const trips = 1_000_000;
  return () => {
    const start = performance.now();
    multiplyAndAdd(trips, 0.5, 1);
    return (trips * operationsPerTrip()) / (performance.now() - start) / 1e6;
  };
}
