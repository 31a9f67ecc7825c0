// Measures the memory of the browser under test, over all its processes.
import { readdirSync, readFileSync } from 'node:fs';

/**
 * The memory of all descendants of this process, which are all browser processes. Memory that n processes share counts
 * 1/n for each. Mapped files such as the browser's code do not count: other browsers share them too, so the value would
 * rise when one of those exits. Linux only; 0 elsewhere, where there is no /proc.
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
