// Time of 100 multiplicative iterations, compared with other JavaScript libraries.
import { factorize } from '../dist/dsp.js';
import { findPackage } from './peers.mjs';
import { medianMilliseconds } from './rows.mjs';
import { BINS, FRAMES } from './workload.mjs';

/**
 * @typedef {import('./rows.mjs').Row} Row
 * @typedef {import('./workload.mjs').Workload} Workload
 * @typedef {import('./workload.mjs').Start} Start
 */

const ITERATIONS = 100;
const RUNS = 5;
/** Other libraries need up to a minute for 100 iterations, so they run 5 and their time is scaled. */
const PEER_ITERATIONS = 5;

/** @param {Workload} work @returns {Promise<Row[]>} */
export async function iterationRows({ V, frames, starts }) {
  /** @type {Row[]} */
  const rows = [];
  const peers = { 'tfjs wasm': await tensorflow(), 'ml-matrix': await mlMatrix() };
  for (const start of starts) {
    const own = medianMilliseconds(RUNS, () => multiplicative(frames, start, 'euclidean'));
    for (const divergence of /** @type {const} */ (['kullback-leibler', 'itakura-saito'])) {
      rows.push(
        timeRow(
          divergence,
          start.K,
          medianMilliseconds(RUNS, () => multiplicative(frames, start, divergence)),
        ),
      );
    }
    rows.push(timeRow('euclidean', start.K, own));
    for (const [name, peer] of Object.entries(peers)) {
      if (!peer) continue;
      const prepared = peer(V, start);
      const theirs = (ITERATIONS / PEER_ITERATIONS) * medianMilliseconds(3, () => prepared(PEER_ITERATIONS));
      const what = `the same in ${name}, euclidean, K = ${start.K}`;
      rows.push({ name: what, value: theirs / own, unit: '× as long', mark: { atLeast: 12 } });
    }
  }
  return rows;
}

/** @param {string} divergence @param {number} K @param {number} value @returns {Row} */
const timeRow = (divergence, K, value) => ({
  name: `${ITERATIONS} multiplicative iterations, ${divergence}, K = ${K}`,
  value,
  unit: 'ms',
});

/** @param {Float32Array} V @param {Start} start @param {import('../dist/dsp.js').Divergence} divergence */
function multiplicative(V, { K, templates0, activations0 }, divergence) {
  const options = /** @type {const} */ ({ solver: 'multiplicative', iterations: ITERATIONS, tolerance: 0 });
  factorize(V, FRAMES, BINS, { templates: K, divergence, templates0, activations0, ...options });
}

/**
 * Converts V and the initial factors to another library's types, and returns a function that runs `iterations` updates.
 * @typedef {(V: Float32Array, start: Start) => (iterations: number) => void} Peer
 */

/** @typedef {{ dataSync: () => unknown }} Tensor */

/**
 * The part of @tensorflow/tfjs-core that is used.
 * @typedef {object} Tensorflow
 * @property {(name: string) => Promise<boolean>} setBackend
 * @property {(values: Float32Array, shape: [number, number]) => Tensor} tensor2d
 * @property {(a: Tensor, b: Tensor) => Tensor} mul
 * @property {(a: Tensor, b: Tensor) => Tensor} div
 * @property {(a: Tensor, b: Tensor, transposeA?: boolean, transposeB?: boolean) => Tensor} matMul
 * @property {(make: () => Tensor) => Tensor} tidy
 */

/**
 * The part of ml-matrix's Matrix that is used. `mul` and `div` work element-wise and in place.
 * @typedef {object} Matrix
 * @property {() => Matrix} transpose
 * @property {(other: Matrix) => Matrix} mmul
 * @property {(other: Matrix) => Matrix} mul
 * @property {(other: Matrix) => Matrix} div
 */

/**
 * The part of ml-matrix that is used.
 * @typedef {{ Matrix: { from1DArray(rows: number, columns: number, values: ArrayLike<number>): Matrix } }} MlMatrix
 */

/** @returns {Promise<Peer | null>} */
async function tensorflow() {
  const tf = /** @type {Tensorflow | null} */ (await findPackage('@tensorflow/tfjs-core'));
  if (!tf || !(await findPackage('@tensorflow/tfjs-backend-wasm')) || !(await tf.setBackend('wasm'))) return null;
  return (V, { K, W0, H0 }) => {
    const v = tf.tensor2d(V, [BINS, FRAMES]);
    /** @param {Tensor} factor @param {Tensor} numerator @param {Tensor} denominator */
    const update = (factor, numerator, denominator) => tf.mul(factor, tf.div(numerator, denominator));
    return (iterations) => {
      let w = tf.tensor2d(W0, [BINS, K]);
      let h = tf.tensor2d(H0, [K, FRAMES]);
      for (let i = 0; i < iterations; i++) {
        h = tf.tidy(() => update(h, tf.matMul(w, v, true), tf.matMul(tf.matMul(w, w, true), h)));
        w = tf.tidy(() => update(w, tf.matMul(v, h, false, true), tf.matMul(w, tf.matMul(h, h, false, true))));
      }
      w.dataSync();
    };
  };
}

/** @returns {Promise<Peer | null>} */
async function mlMatrix() {
  const Matrix = /** @type {MlMatrix | null} */ (await findPackage('ml-matrix'))?.Matrix;
  if (!Matrix) return null;
  return (V, { K, W0, H0 }) => {
    const v = Matrix.from1DArray(BINS, FRAMES, V);
    return (iterations) => {
      const w = Matrix.from1DArray(BINS, K, W0);
      const h = Matrix.from1DArray(K, FRAMES, H0);
      for (let i = 0; i < iterations; i++) {
        const wt = w.transpose();
        h.mul(wt.mmul(v).div(wt.mmul(w).mmul(h)));
        const ht = h.transpose();
        w.mul(v.mmul(ht).div(w.mmul(h.mmul(ht))));
      }
    };
  };
}
