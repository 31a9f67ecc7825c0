// Runs the commands of the test stages: forwards their output, kills them when they hang, and leaves no process behind.
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startGroup } from './processes.mjs';
import { scratchDirectory } from './scratch.mjs';

/** Milliseconds that the tests of `npm run soak` play */
const SOAK = 1000 * Number(process.env.SOAK_SECONDS ?? 0);
/** Milliseconds a stage may take before it counts as hung. */
const STAGE_TIMEOUT = 15 * 60_000 + 4 * SOAK;
/**
 * Milliseconds without output after which a stage counts as hung: 1.5 times the duration of the longest test file, as a
 * file prints nothing until it ends. Needed because no timeout inside a page works once WebKitGTK has locked it up.
 */
const STALL_TIMEOUT = 100_000 + 2 * SOAK;
/** Length of the longest stage name. Names are padded to it to align the output. */
const NAME_WIDTH = 'node-driven'.length;
/** Milliseconds after which killed processes must be gone. */
const CLEAN_UP_TIMEOUT = 3000;

/** The environment variable with the stage's directory, by which all its processes are found at the end */
const MARK = 'TMPDIR';
const scratch = scratchDirectory('nmf');

/**
 * Runs one command to its end.
 * @param {string} stage  begins each line of the output
 * @param {string} command @param {string[]} args
 * @returns {Promise<'succeeded' | 'failed' | 'hung'>}
 */
export async function runCommand(stage, command, ...args) {
  console.log(`\n> ${[command, ...args].join(' ')}`);
  const { child, stop } = await startGroup(command, args, {
    env: environmentOf(stage),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let hung = false;
  const end = (/** @type {string} */ why) => {
    hung = true;
    console.error(`${why}: ${[command, ...args].join(' ')}`);
    stop();
  };
  const overdue = setTimeout(end, STAGE_TIMEOUT, `Ended after ${STAGE_TIMEOUT / 60_000} minutes`);
  const stalled = setTimeout(end, STALL_TIMEOUT, `Ended after ${STALL_TIMEOUT / 1000} seconds without a word`);
  for (const output of [child.stdout, child.stderr]) {
    createInterface({ input: /** @type {import('node:stream').Readable} */ (output) }).on('line', (line) => {
      stalled.refresh();
      console.log(`${stage.padEnd(NAME_WIDTH)} ${line}`);
    });
  }
  const code = await new Promise((resolve) => child.once('exit', resolve));
  clearTimeout(overdue);
  clearTimeout(stalled);
  await stop();
  if (hung) return 'hung';
  return code === 0 ? 'succeeded' : 'failed';
}

/** @param {string} stage */
function environmentOf(stage) {
  const directory = join(scratch.path, stage);
  mkdirSync(directory, { recursive: true });
  // Without this the command would print no colours, because its output is a pipe.
  return { ...process.env, [MARK]: directory, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}) };
}

/** Kills browsers that a crashed test runner left running: they are not in its process group. */
export function cleanUp() {
  const deadline = performance.now() + CLEAN_UP_TIMEOUT;
  // Repeat, because a process may start another one while we list them. Block, so that no stage starts in between.
  while (killMarked('') > 0 && performance.now() < deadline)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  scratch.remove();
}

/**
 * @param {string} stage  '' for all
 * @returns {number} how many of its processes were still there; none where the system has no /proc
 */
export function killMarked(stage) {
  const pids = existsSync('/proc') ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : [];
  const mark = `${MARK}=${join(scratch.path, stage)}`;
  return pids.map(Number).filter((pid) => pid !== process.pid && isMarked(pid, mark) && kill(pid)).length;
}

/** @param {number} pid @param {string} mark */
function isMarked(pid, mark) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8')
      .split('\0')
      .some((variable) => variable.startsWith(mark));
  } catch {
    // The process has ended, or belongs to another user.
    return false;
  }
}

/** @param {number} pid */
function kill(pid) {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}
