// How the time of learning grows with frames and with templates: compared with a straight line.
import { factorize } from '../dist/dsp.js';
import { median } from './rows.mjs';
import { BINS, FRAMES } from './workload.mjs';

/**
 * @typedef {import('./rows.mjs').Row} Row
 * @typedef {import('../dist/index.js').Divergence} Divergence
 */

const LONGER = 10;
const COUNTS = [8, 16, 32, 64];
const ITERATIONS = 12;
/** What is linear within 15 %. */
const MARK = { atMost: 1.15 };

/** @param {import('./workload.mjs').Workload} work @returns {Row[]} */
export function growthRows({ frames: V }) {
  const longV = new Float32Array(LONGER * V.length);
  for (let i = 0; i < LONGER; i++) longV.set(V, i * V.length);
  return /** @type {const} */ (['euclidean', 'kullback-leibler', 'itakura-saito']).flatMap((divergence) => {
    // The kernels are warm from the second on.
    milliseconds(V, FRAMES, COUNTS[0], divergence);
    const times = COUNTS.map((templates) => milliseconds(V, FRAMES, templates, divergence));
    const [first, last] = [times[0], times[times.length - 1]];
    const slope = (last - first) / (COUNTS[COUNTS.length - 1] - COUNTS[0]);
    const longer = milliseconds(longV, LONGER * FRAMES, COUNTS[0], divergence);
    const all = COUNTS.map((templates, i) => ({ divergence, templates, frames: FRAMES, milliseconds: times[i] }));
    return [
      {
        name: `an iteration, ${divergence}, of ${LONGER} times as many frames: ${first.toFixed(1)} and ${longer.toFixed(1)} ms`,
        value: longer / first / LONGER,
        unit: '× the line',
        mark: MARK,
        measurements: [all[0], { ...all[0], frames: LONGER * FRAMES, milliseconds: longer }],
      },
      ...times.slice(1, -1).map((time, i) => ({
        name: `an iteration, ${divergence}, ${COUNTS[i + 1]} templates: ${time.toFixed(1)} ms, between ${first.toFixed(1)} of ${COUNTS[0]} and ${last.toFixed(1)} of ${COUNTS.at(-1)}`,
        value: time / (first + slope * (COUNTS[i + 1] - COUNTS[0])),
        unit: '× the line',
        mark: MARK,
        measurements: [all[0], all[i + 1], all[all.length - 1]],
      })),
    ];
  });
}

/**
 * Of one iteration; the first ones find memory that was never touched.
 * @param {Float32Array} V @param {number} frames @param {number} templates @param {Divergence} divergence
 */
function milliseconds(V, frames, templates, divergence) {
  /** @type {number[]} */
  const ends = [];
  factorize(V, frames, BINS, {
    ...{ templates, divergence, solver: 'multiplicative', iterations: ITERATIONS, tolerance: 0 },
    onIteration: () => ends.push(performance.now()) > 0,
  });
  return median(ends.slice(2).map((end, i) => end - ends[i + 1]));
}
