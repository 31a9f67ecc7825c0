// How much memory the browser under test holds, all its processes together.
import { readdirSync, readFileSync } from 'node:fs';

/**
 * The memory of all processes that descend from this one: it starts nothing but browsers. What several processes share
 * counts in equal parts for each of them. Files that are mapped into memory, such as the browser's own code, do not count:
 * they are shared with other browsers of this machine, and would seem to grow when one of those ends.
 * Linux only: elsewhere there is no /proc, and the figure is 0.
 * @returns {number} megabytes
 */
export function browserMegabytes() {
  const parents = new Map(processes().map((pid) => [pid, parentOf(pid)]));
  const kilobytes = [...parents.keys()].filter((pid) => descendsFrom(pid, parents)).map(kilobytesOf);
  return kilobytes.reduce((sum, value) => sum + value, 0) / 1024;
}

function processes() {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

/** @param {string} pid */
function parentOf(pid) {
  return /^PPid:\s*(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? '';
}

/** @param {string} pid @param {Map<string, string>} parents */
function descendsFrom(pid, parents) {
  let ancestor = parents.get(pid);
  while (ancestor && ancestor !== String(process.pid)) ancestor = parents.get(ancestor);
  return ancestor === String(process.pid);
}

/** @param {string} pid */
function kilobytesOf(pid) {
  const shares = read(`/proc/${pid}/smaps_rollup`).matchAll(/^Pss_(?:Anon|Shmem):\s*(\d+)/gm);
  return [...shares].reduce((sum, [, kilobytes]) => sum + Number(kilobytes), 0);
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
