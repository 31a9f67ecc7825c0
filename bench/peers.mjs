// Finds the libraries that the benchmark compares with. They are not dependencies of the package, so they may be missing;
// the benchmark lists those it did not find.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const INSTALL = 'npm install --prefix bench';
const require = createRequire(import.meta.url);

/** @type {Map<string, string>} names of missing libraries, and how to install them */
const absent = new Map();

/**
 * @param {string} name  of an npm package in `bench/package.json`
 * @returns {Promise<unknown>} its exports, or null when it is not installed; untyped, because types would need it installed
 */
export async function findPackage(name) {
  try {
    return await import(pathToFileURL(require.resolve(name)).href);
  } catch {
    absent.set(name, INSTALL);
    return null;
  }
}

/** @returns {string | null} the command of a Python that has scikit-learn and numpy */
export function findPython() {
  const candidates = [process.env.PYTHON ?? 'python3', '/usr/bin/python3'];
  const python = candidates.find((command) => spawnSync(command, ['-c', 'import numpy, sklearn']).status === 0);
  if (!python) absent.set('scikit-learn and numpy', 'pip install scikit-learn, or set PYTHON to a Python that has it');
  return python ?? null;
}

/** @returns {string[]} */
export const absences = () => [...absent].map(([name, remedy]) => `${name} is absent: ${remedy}`);
