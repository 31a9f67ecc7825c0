// Runs the commands of the test stages: forwards their output, kills them when they hang, and leaves no process behind.
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startGroup } from './processes.mjs';
import { HUNG } from './reporter.mjs';
import { scratchDirectory } from './scratch.mjs';

/**
 * Milliseconds without output after which a command counts as hung. Tests that do not end are found long before, by
 * reporter.mjs; this is for what is not a test, such as a build, or a browser that does not start.
 */
const STALL_TIMEOUT = 600_000 + 4000 * Number(process.env.SOAK_SECONDS ?? 0);
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
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [variables]  of the environment
 * @returns {Promise<'succeeded' | 'failed' | 'hung'>}
 */
export async function runCommand(stage, command, args, variables = {}) {
  console.log(`\n> ${[command, ...args].join(' ')}`);
  const { child, stop } = await startGroup(command, args, {
    env: { ...environmentOf(stage), ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let hung = false;
  const stalled = setTimeout(() => {
    hung = true;
    console.error(`Ended after ${STALL_TIMEOUT / 1000} seconds without a word: ${[command, ...args].join(' ')}`);
    stop();
  }, STALL_TIMEOUT);
  for (const output of [child.stdout, child.stderr]) {
    createInterface({ input: /** @type {import('node:stream').Readable} */ (output) }).on('line', (line) => {
      stalled.refresh();
      console.log(`${stage.padEnd(NAME_WIDTH)} ${line}`);
    });
  }
  const code = await new Promise((resolve) => child.once('exit', resolve));
  clearTimeout(stalled);
  await stop();
  if (hung || code === HUNG) return 'hung';
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
