// How fast learning is: `node bench/learning.mjs`, after `npm run build`. One thread, medians, and ratios to what is
// measured in the same run. Ten seconds of sound at 2048/512; with NMF_REFERENCE those of that folder, else made here.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { factorize } from '../dist/dsp.js';
import { compileAssembly, compileKernels } from '../src/kernels/compile.mjs';

/** @typedef {{ name: string, value: number, unit: string, mark: string }} Row */
/** @typedef {'euclidean' | 'kullback-leibler'} Divergence */

const FRAMES = 862;
const BINS = 1025;
const COUNTS = [8, 32];
const RUNS = 7;
/** Multiplicative iterations whose loss is the goal. */
const GOAL_ITERATIONS = 100;

/** @param {number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Operations of an iteration on V frames × bins with Gram matrices, and without.
 * @type {Record<Divergence, (K: number) => number>} */
const OPERATIONS = {
  euclidean: (K) => 4 * BINS * FRAMES * K + 4 * K * K * (BINS + FRAMES),
  'kullback-leibler': (K) => 8 * BINS * FRAMES * K + 2 * BINS * FRAMES,
};

/** Least part of the register-only speed. @type {Record<Divergence, number[]>} */
const SPEED_MARKS = { euclidean: [0.6, 0.75], 'kullback-leibler': [0.5, 0.7] };
/** Most time, as a multiple of the peer's. @type {Record<Divergence, number[]>} */
const PEER_MARKS = { euclidean: [1.5, 0.9], 'kullback-leibler': [0.8, 1.3] };
const PEERS = { euclidean: 'scikit-learn cd', 'kullback-leibler': '100 iterations of numpy' };

/** Row-major rows × columns to columns × rows. @param {Float32Array} values @param {number} rows @param {number} columns */
const transposed = (values, rows, columns) =>
  Float32Array.from(values, (_, i) => values[(i % rows) * columns + Math.floor(i / rows)]);

/** Random starts, and V as factorize wants it. */
function workload() {
  const folder = process.env.NMF_REFERENCE;
  const random = generator(1);
  /** @param {string} name @param {number} length @param {() => number} make */
  const read = (name, length, make) =>
    folder
      ? new Float32Array(new Uint8Array(readFileSync(join(folder, name))).buffer)
      : Float32Array.from({ length }, make);
  const gains = Float32Array.from({ length: 20 * (BINS + FRAMES) }, () => random() ** 6);
  let cell = 0;
  const V = read('gm_V.f32', BINS * FRAMES, () => {
    const [f, t] = [Math.floor(cell / FRAMES), cell++ % FRAMES];
    let sum = 0.01 * random();
    for (let k = 0; k < 20; k++) sum += gains[k * BINS + f] * gains[20 * BINS + k * FRAMES + t];
    return sum;
  });
  const starts = COUNTS.map((K) => {
    const W0 = read(`gm_W0_k${K}.f32`, BINS * K, () => random() + 0.01);
    const H0 = read(`gm_H0_k${K}.f32`, K * FRAMES, () => random() + 0.01);
    return { K, W0, H0, templates0: transposed(W0, BINS, K), activations0: transposed(H0, K, FRAMES) };
  });
  return { V, frames: transposed(V, BINS, FRAMES), starts };
}

/** A linear congruential generator. @param {number} seed */
function generator(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** @returns {Promise<() => number>} measures GFLOP/s on registers alone */
async function registerSpeed() {
  const binary = await compileAssembly(fileURLToPath(new URL('./assembly/registers.ts', import.meta.url)));
  const env = { memory: new WebAssembly.Memory({ initial: 1 }), abort() {} };
  const { instance } = await WebAssembly.instantiate(binary, { env });
  const { multiplyAndAdd, operationsPerTrip } = /** @type {any} */ (instance.exports);
  const trips = 1_000_000;
  return () => {
    const start = performance.now();
    multiplyAndAdd(trips, 0.5, 1);
    return (trips * operationsPerTrip()) / (performance.now() - start) / 1e6;
  };
}

/** @param {ReturnType<typeof workload>} work @param {number} index @param {Divergence} divergence @param {object} options */
function learn({ frames, starts }, index, divergence, options) {
  const { K, templates0, activations0 } = starts[index];
  const fixed = { templates: K, divergence, templates0, activations0, tolerance: 0 };
  return factorize(frames, FRAMES, BINS, { ...fixed, ...options });
}

/** Speed of one multiplicative iteration, as a part of what registers alone reach. @returns {Promise<Row[]>} */
export async function speedRows(work = workload()) {
  const measureRegisters = await registerSpeed();
  measureRegisters();
  /** @type {Row[]} */
  const rows = [];
  for (const divergence of /** @type {const} */ (['euclidean', 'kullback-leibler'])) {
    COUNTS.forEach((K, index) => {
      const ratios = Array.from({ length: RUNS }, () => {
        const gigaflops = OPERATIONS[divergence](K) / millisecondsPerIteration(work, index, divergence) / 1e6;
        return gigaflops / measureRegisters();
      });
      const mark = `≥ ${SPEED_MARKS[divergence][index]}`;
      rows.push({ name: `${divergence}, K = ${K}: speed`, value: median(ratios), unit: 'of registers only', mark });
    });
  }
  return rows;
}

/** @param {ReturnType<typeof workload>} work @param {number} index @param {Divergence} divergence */
function millisecondsPerIteration(work, index, divergence) {
  /** @type {number[]} */
  const times = [];
  const onIteration = () => times.push(performance.now()) > 0;
  learn(work, index, divergence, { solver: 'multiplicative', iterations: 30, onIteration });
  return median(times.slice(1).map((time, i) => time - times[i]));
}

/** Time to the loss of 100 multiplicative iterations, beside Python's. None without Python. @returns {Promise<Row[]>} */
export async function peerRows(work = workload()) {
  const goals = goalsOf(work);
  const peers = runPeers(work, goals.euclidean);
  if (!peers) return [];
  return /** @type {const} */ (['euclidean', 'kullback-leibler']).flatMap((divergence) =>
    COUNTS.map((K, index) => {
      const goal = goals[divergence][K];
      const seconds = median(Array.from({ length: RUNS }, () => secondsTo(goal, work, index, divergence)));
      const name = `${divergence}, K = ${K}: ${(seconds * 1000).toFixed(1)} ms to the loss of 100 multiplicative iterations`;
      const mark = `≤ ${PEER_MARKS[divergence][index]}`;
      return { name, value: seconds / peers[K][divergence], unit: `× ${PEERS[divergence]}`, mark };
    }),
  );
}

/** @param {ReturnType<typeof workload>} work @returns {Record<Divergence, Record<string, number>>} */
function goalsOf(work) {
  /** @param {Divergence} divergence */
  const goals = (divergence) =>
    Object.fromEntries(
      COUNTS.map((K, index) => {
        const { loss } = learn(work, index, divergence, { solver: 'multiplicative', iterations: GOAL_ITERATIONS });
        return [K, loss[GOAL_ITERATIONS - 1]];
      }),
    );
  return { euclidean: goals('euclidean'), 'kullback-leibler': goals('kullback-leibler') };
}

/** Everything counts: copying in and out, too. @param {number} goal @param {ReturnType<typeof workload>} work @param {number} index @param {Divergence} divergence */
function secondsTo(goal, work, index, divergence) {
  const start = performance.now();
  /** @param {number} _ @param {number} loss */
  const onIteration = (_, loss) => loss > goal;
  learn(work, index, divergence, { iterations: 2 * GOAL_ITERATIONS, onIteration });
  return (performance.now() - start) / 1000;
}

/** @param {ReturnType<typeof workload>} work @param {Record<string, number>} euclidean  goals
 * @returns {Record<string, Record<Divergence, number>> | null} seconds */
function runPeers({ V, starts }, euclidean) {
  const folder = mkdtempSync(join(tmpdir(), 'nmf-bench-'));
  try {
    writeFileSync(join(folder, 'case.json'), JSON.stringify({ F: BINS, T: FRAMES, euclidean }));
    writeFileSync(join(folder, 'V'), V);
    for (const { K, W0, H0 } of starts) {
      writeFileSync(join(folder, `W0-${K}`), W0);
      writeFileSync(join(folder, `H0-${K}`), H0);
    }
    const script = fileURLToPath(new URL('./learning.py', import.meta.url));
    const { status, stdout } = spawnSync('/usr/bin/python3', [script, folder], { encoding: 'utf8' });
    return status === 0 ? JSON.parse(stdout) : null;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @returns {Promise<Row[]>} */
export async function sizeRows() {
  return [{ name: 'the kernels', value: (await compileKernels()).length / 1024, unit: 'KB of wasm', mark: '≤ 20' }];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const work = workload();
  const peers = await peerRows(work);
  if (peers.length === 0) console.log('Without python3-sklearn there are no peers to compare with.');
  console.table([...(await sizeRows()), ...(await speedRows(work)), ...peers]);
}
