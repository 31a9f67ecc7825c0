// Helper processes that never outlive the tests: each leads its own process group, and the whole group is ended.
import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds a group is given to end by itself before it is killed. */
const GRACE = 3000;

/** @type {Set<number>} leaders of the groups still running */
const groups = new Set();

// Covers every way out of this process except SIGKILL.
process.on('exit', () => {
  for (const leader of groups) signalGroup(leader, 'SIGKILL');
});

/**
 * Sends a signal to every process of a group; signal 0 does nothing to them, and only tells whether there still are any.
 * @param {number} leader
 * @param {NodeJS.Signals | 0} signal
 * @returns {boolean} whether there was a process to get it
 */
export function signalGroup(leader, signal) {
  try {
    process.kill(-leader, signal);
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts a command as the leader of a process group.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<{ child: import('node:child_process').ChildProcess, stop: () => Promise<void> }>}
 */
export async function startGroup(command, args, options = {}) {
  const child = spawn(command, args, { stdio: 'ignore', ...options, detached: true });
  await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  const leader = /** @type {number} */ (child.pid);
  groups.add(leader);
  return {
    child,
    async stop() {
      await stopGroup(leader);
      groups.delete(leader);
    },
  };
}

/** Asks a group to end, and kills it if it does not. @param {number} leader */
export async function stopGroup(leader) {
  const deadline = performance.now() + GRACE;
  signalGroup(leader, 'SIGTERM');
  while (signalGroup(leader, 0) && performance.now() < deadline) await delay(20);
  signalGroup(leader, 'SIGKILL');
}
