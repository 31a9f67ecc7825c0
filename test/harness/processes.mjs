// Starts helper processes that do not outlive the tests: each leads a process group, which is killed as a whole.
import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds between SIGTERM and SIGKILL */
const GRACE = 3000;

/** @type {Set<number>} process ids of the leaders of running groups */
const groups = new Set();

// Runs however this process ends, except by SIGKILL.
process.on('exit', () => {
  for (const leader of groups) signalGroup(leader, 'SIGKILL');
});

/**
 * Sends a signal to every process of a group. Signal 0 only tests whether the group still has processes.
 * @param {number} leader
 * @param {NodeJS.Signals | 0} signal
 * @returns {boolean} whether the group has any process
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

/** Terminates a group, and kills it if it does not end in time. @param {number} leader */
export async function stopGroup(leader) {
  const deadline = performance.now() + GRACE;
  signalGroup(leader, 'SIGTERM');
  while (signalGroup(leader, 0) && performance.now() < deadline) await delay(20);
  signalGroup(leader, 'SIGKILL');
}
