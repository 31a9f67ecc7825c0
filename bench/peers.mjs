// The libraries that the benchmark compares with are no dependencies of the package, so they may be absent. They are looked
// for here, and the benchmark lists those that were not found.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const INSTALL = 'npm install --prefix bench';
const require = createRequire(import.meta.url);

/** @type {Map<string, string>} names of absent peers, and how to get them */
const absent = new Map();

/**
 * @param {string} name  of an npm package in `bench/package.json`
 * @returns {Promise<unknown>} its exports, null where it is not installed; it has no types here, so callers say what they use
 */
export async function findPackage(name) {
  try {
    return await import(pathToFileURL(require.resolve(name)).href);
  } catch {
    absent.set(name, INSTALL);
    return null;
  }
}

/** @returns {string | null} a Python that has scikit-learn */
export function findPython() {
  const candidates = [process.env.PYTHON ?? 'python3', '/usr/bin/python3'];
  const python = candidates.find((command) => spawnSync(command, ['-c', 'import numpy, sklearn']).status === 0);
  if (!python) absent.set('scikit-learn and numpy', 'pip install scikit-learn, or set PYTHON to a Python that has it');
  return python ?? null;
}

/** @returns {string[]} */
export const absences = () => [...absent].map(([name, remedy]) => `${name} is absent: ${remedy}`);
