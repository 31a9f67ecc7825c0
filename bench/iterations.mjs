// 100 multiplicative iterations of every loss on ten seconds of sound at 2048/512.
import { factorize } from '../dist/dsp.js';

/** @typedef {{ name: string, value: number, unit: string, mark: string }} Row */

const FRAMES = 862;
const BINS = 1025;
const ITERATIONS = 100;
const RUNS = 3;

/** @returns {Row[]} */
export function iterationRows() {
  const V = Float32Array.from({ length: FRAMES * BINS }, () => Math.random() ** 4);
  return /** @type {const} */ (['euclidean', 'kullback-leibler', 'itakura-saito']).flatMap((divergence) =>
    [3, 8, 16, 32].map((templates) => {
      const options = {
        templates,
        divergence,
        solver: /** @type {const} */ ('multiplicative'),
        iterations: ITERATIONS,
        tolerance: 0,
      };
      const times = Array.from({ length: RUNS }, () => {
        const start = performance.now();
        factorize(V, FRAMES, BINS, options);
        return performance.now() - start;
      });
      const value = times.sort((a, b) => a - b)[RUNS >> 1];
      return { name: `${ITERATIONS} iterations, ${divergence}, K = ${templates}`, value, unit: 'ms', mark: '' };
    }),
  );
}
