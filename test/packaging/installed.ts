// Installs the packed package into a user's project.
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import type { Packed } from './pack.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const app = fileURLToPath(new URL('./app/', import.meta.url));
/** Inside the repository, so that projects resolve bundlers and peer dependencies from its `node_modules`. */
const projects = join(root, '.cache', 'projects');

/** Folders that npm and builds may have made in a template. */
const MADE = new Set(['node_modules', 'dist']);

export interface Project extends Packed {
  readonly folder: string;
  remove(): Promise<void>;
}

/**
 * Creates a project with the package installed and the files of a folder.
 *
 * @param files  additional files: contents by path
 * @param alone  whether the project has no other packages than npm installs with this one; default: all of the repository's
 * @param template  the folder; default: test/packaging/app
 */
export async function makeProject(
  name: string,
  files: Record<string, string> = {},
  { alone = false, template = app } = {},
): Promise<Project> {
  const home = alone ? tmpdir() : projects;
  await mkdir(home, { recursive: true });
  const folder = await mkdtemp(join(home, `${name}-`));
  const packed = inject('packed');
  await install(packed.tarball, folder);
  for (const other of alone ? await neededBy(root) : []) {
    const path = join('node_modules', other);
    await cp(join(root, path), join(folder, path), { recursive: true });
  }
  await cp(template, folder, { recursive: true, filter: (file) => !MADE.has(basename(file)) });
  const manifest = JSON.stringify({ name, private: true, type: 'module' });
  for (const [path, text] of Object.entries({ 'package.json': manifest, ...files })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return { folder, ...packed, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function install(tarball: string, folder: string): Promise<void> {
  const modules = join(folder, 'node_modules');
  await mkdir(modules);
  await run('tar', ['-xzf', tarball, '-C', modules]);
  await rename(join(modules, 'package'), join(modules, 'nmf-separator-node'));
}

/** The names of all packages that npm installs with the package in a folder. */
async function neededBy(folder: string): Promise<Set<string>> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const names = new Set(Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }));
  for (const name of [...names]) {
    if (manifest.peerDependenciesMeta?.[name]?.optional) names.delete(name);
    else for (const other of await neededBy(join(root, 'node_modules', name))) names.add(other);
  }
  return names;
}
