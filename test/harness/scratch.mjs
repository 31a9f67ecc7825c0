// Temporary directories that are removed when the process exits.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const directories = new Set();

process.on('exit', () => {
  for (const directory of directories) remove(directory);
});

/** @param {string} directory */
function remove(directory) {
  // Retries, because a browser that is shutting down may still write files.
  rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  directories.delete(directory);
}

/** @param {string} name  short: the directories contain sockets, whose paths are limited to 107 bytes */
export function scratchDirectory(name) {
  const path = mkdtempSync(join(tmpdir(), `${name}-`));
  directories.add(path);
  return { path, remove: () => remove(path) };
}
