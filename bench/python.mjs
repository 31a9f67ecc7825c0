// Time to learn until the loss of 100 multiplicative iterations is reached, compared with scikit-learn and numpy.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { factorize } from '../dist/dsp.js';
import { findPython } from './peers.mjs';
import { medianMilliseconds } from './rows.mjs';
import { BINS, FRAMES } from './workload.mjs';

/**
 * @typedef {import('./rows.mjs').Row} Row
 * @typedef {import('./workload.mjs').Workload} Workload
 * @typedef {import('./workload.mjs').Start} Start
 * @typedef {'euclidean' | 'kullback-leibler'} Divergence
 */

const SCRIPT = fileURLToPath(new URL('./python.py', import.meta.url));
const RUNS = 9;
const GOAL_ITERATIONS = 100;
/**
 * Has the allocator reuse memory. A page that was never touched is expensive on virtual machines: numpy's temporaries would
 * take twenty times as long as its arithmetic.
 */
const REUSED_MEMORY = {
  MALLOC_MMAP_THRESHOLD_: '1000000000',
  MALLOC_TRIM_THRESHOLD_: '10000000000',
  MALLOC_TOP_PAD_: '300000000',
};
/** What would keep OpenBLAS from choosing the fastest kernel for the processor. */
const SLOWING = ['OPENBLAS_CORETYPE', 'OPENBLAS_L2_SIZE'];

/**
 * The compared solvers: key in python.py's output, name for the report, and the targets for K = 8 and 32.
 * @type {{ divergence: Divergence, key: string, peer: string, marks: number[] }[]}
 */
const PEERS = [
  { divergence: 'euclidean', key: 'cd', peer: 'scikit-learn cd', marks: [0.5, 0.6] },
  { divergence: 'kullback-leibler', key: 'numpy', peer: '100 iterations, numpy', marks: [0.6, 0.9] },
  { divergence: 'kullback-leibler', key: 'mu', peer: '100 iterations, sklearn mu', marks: [0.45, 0.7] },
];

/** @param {Workload} work @returns {Row[]} empty without Python */
export function pythonRows(work) {
  const python = findPython();
  if (!python) return [];
  const goals = work.starts.map((start) => ({
    euclidean: goalOf(work.frames, start, 'euclidean'),
    'kullback-leibler': goalOf(work.frames, start, 'kullback-leibler'),
  }));
  const { blas, seconds } = askPython(
    python,
    work,
    goals.map(({ euclidean }) => euclidean),
  );
  return PEERS.flatMap(({ divergence, key, peer, marks }) =>
    work.starts.map((start, i) => {
      const own = medianMilliseconds(RUNS, () => learnTo(goals[i][divergence], work.frames, start, divergence));
      const [least, middle, most] = seconds[start.K][key].map((value) => 1000 * value);
      const theirs = `theirs ${least.toFixed(0)} to ${most.toFixed(0)} ms, ${blas}`;
      return {
        name: `${divergence}, K = ${start.K}: ${own.toFixed(1)} ms to the loss of ${GOAL_ITERATIONS} multiplicative iterations; ${theirs}`,
        value: own / middle,
        unit: `× ${peer}`,
        mark: { atMost: marks[i] },
        measurements: [{ divergence, components: start.K, peer, milliseconds: own, theirs: middle }],
      };
    }),
  );
}

/** The loss after GOAL_ITERATIONS. @param {Float32Array} V @param {Start} start @param {Divergence} divergence */
function goalOf(V, { K, templates0, activations0 }, divergence) {
  const options = /** @type {const} */ ({ solver: 'multiplicative', iterations: GOAL_ITERATIONS, tolerance: 0 });
  const { loss } = factorize(V, FRAMES, BINS, { templates: K, divergence, templates0, activations0, ...options });
  return loss[GOAL_ITERATIONS - 1];
}

/**
 * Learns until the loss is at most `goal`. This includes the copies into and out of the kernels' memory.
 * @param {number} goal
 * @param {Float32Array} V
 * @param {Start} start
 * @param {Divergence} divergence
 */
function learnTo(goal, V, { K, templates0, activations0 }, divergence) {
  factorize(V, FRAMES, BINS, {
    ...{ templates: K, divergence, templates0, activations0, tolerance: 0, iterations: 2 * GOAL_ITERATIONS },
    onIteration: (_, loss) => loss > goal,
  });
}

/**
 * @param {string} python
 * @param {Workload} work
 * @param {number[]} goals
 * @returns {{ blas: string, seconds: Record<string, Record<string, number[]>> }} CPU seconds for each K and solver: least, median and most
 */
function askPython(python, { V, starts }, goals) {
  const folder = mkdtempSync(join(tmpdir(), 'nmf-bench-'));
  try {
    const euclidean = Object.fromEntries(starts.map(({ K }, i) => [K, goals[i]]));
    writeFileSync(join(folder, 'case.json'), JSON.stringify({ F: BINS, T: FRAMES, euclidean }));
    writeFileSync(join(folder, 'V'), V);
    for (const { K, W0, H0 } of starts) {
      writeFileSync(join(folder, `W0-${K}`), W0);
      writeFileSync(join(folder, `H0-${K}`), H0);
    }
    /** @type {NodeJS.ProcessEnv} */
    const env = { ...process.env, ...REUSED_MEMORY };
    for (const name of SLOWING) delete env[name];
    const { status, stdout, stderr } = spawnSync(python, [SCRIPT, folder], { encoding: 'utf8', env });
    if (status !== 0) throw new Error(`${SCRIPT} failed: ${stderr}`);
    const { blas, ...seconds } = JSON.parse(stdout);
    return { blas, seconds };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
