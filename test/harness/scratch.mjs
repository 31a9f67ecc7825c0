// Temporary directories that are gone when the tests are.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const directories = new Set();

process.on('exit', () => {
  for (const directory of directories) remove(directory);
});

/** @param {string} directory */
function remove(directory) {
  // Retries because an ending browser may still be writing.
  rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  directories.delete(directory);
}

/** @param {string} name  kept short: sockets live inside, and a socket's path may have 107 bytes */
export function scratchDirectory(name) {
  const path = mkdtempSync(join(tmpdir(), `${name}-`));
  directories.add(path);
  return { path, remove: () => remove(path) };
}
