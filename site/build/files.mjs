// What is in a folder.
import { readdir } from 'node:fs/promises';
import { relative } from 'node:path';

/** All files of a folder, as sorted paths relative to it. @param {string} folder */
export async function filesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((file) => relative(folder, `${file.parentPath}/${file.name}`)).sort();
}
