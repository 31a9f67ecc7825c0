// The spectrogram for the learning benchmarks: the size of 10 s at 44.1 kHz, fftSize 2048, hopSize 512. Read from the
// folder in NMF_REFERENCE if that is set, otherwise synthetic.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const FRAMES = 862;
export const BINS = 1025;
export const COUNTS = [8, 32];
const SOURCES = 20;

/**
 * V as bins × frames (`V`, for Python) and as frames × bins (`frames`, for `factorize`), and random initial factors for
 * each K in both layouts.
 * @typedef {{ K: number, W0: Float32Array, H0: Float32Array, templates0: Float32Array, activations0: Float32Array }} Start
 * @typedef {{ V: Float32Array, frames: Float32Array, starts: Start[] }} Workload
 * @returns {Workload}
 */
export function makeWorkload() {
  const folder = process.env.NMF_REFERENCE;
  const random = generator(1);
  /** @param {string} name @param {number} length @param {() => number} make */
  const read = (name, length, make) =>
    folder
      ? new Float32Array(new Uint8Array(readFileSync(join(folder, name))).buffer)
      : Float32Array.from({ length }, make);
  const V = read('gm_V.f32', BINS * FRAMES, bandSpectrogram(random));
  const starts = COUNTS.map((K) => {
    const W0 = read(`gm_W0_k${K}.f32`, BINS * K, () => random() + 0.01);
    const H0 = read(`gm_H0_k${K}.f32`, K * FRAMES, () => random() + 0.01);
    return { K, W0, H0, templates0: transposed(W0, BINS, K), activations0: transposed(H0, K, FRAMES) };
  });
  return { V, frames: transposed(V, BINS, FRAMES), starts };
}

/**
 * A matrix of rank SOURCES plus noise, bins × frames.
 * @param {() => number} random
 * @returns {() => number} returns one cell per call, in row-major order
 */
function bandSpectrogram(random) {
  const gains = Float32Array.from({ length: SOURCES * (BINS + FRAMES) }, () => random() ** 6);
  let cell = 0;
  return () => {
    const [f, t] = [Math.floor(cell / FRAMES), cell++ % FRAMES];
    let sum = 0.01 * random();
    for (let k = 0; k < SOURCES; k++) sum += gains[k * BINS + f] * gains[SOURCES * BINS + k * FRAMES + t];
    return sum;
  };
}

/** A linear congruential generator. @param {number} seed */
function generator(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Transposes a row-major matrix. @param {Float32Array} values @param {number} rows @param {number} columns */
function transposed(values, rows, columns) {
  return Float32Array.from(values, (_, i) => values[(i % rows) * columns + Math.floor(i / rows)]);
}
