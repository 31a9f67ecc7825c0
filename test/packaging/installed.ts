// Packs the package and installs it into a user's project.
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const app = fileURLToPath(new URL('./app/', import.meta.url));
/** Inside the repository, so that projects resolve bundlers and peer dependencies from its `node_modules`. */
const projects = join(root, '.cache', 'projects');

export interface Project {
  readonly folder: string;
  readonly tarball: string;
  /** Paths of the files in the tarball */
  readonly contents: readonly string[];
  remove(): Promise<void>;
}

/**
 * Creates a project with the package installed and the files of test/packaging/app.
 *
 * @param files  additional files: contents by path
 * @param packages  the only other packages the project can resolve; default: all of the repository's
 */
export async function makeProject(
  name: string,
  files: Record<string, string> = {},
  packages?: readonly string[],
): Promise<Project> {
  const home = packages ? tmpdir() : projects;
  await mkdir(home, { recursive: true });
  const folder = await mkdtemp(join(home, `${name}-`));
  const packed = await install(folder);
  for (const other of packages ?? []) {
    const path = join('node_modules', other);
    await cp(join(root, path), join(folder, path), { recursive: true });
  }
  await cp(app, folder, { recursive: true });
  const manifest = JSON.stringify({ name, private: true, type: 'module' });
  for (const [path, text] of Object.entries({ 'package.json': manifest, ...files })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return { folder, ...packed, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function install(folder: string): Promise<Pick<Project, 'tarball' | 'contents'>> {
  const modules = join(folder, 'node_modules');
  await mkdir(modules);
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
  });
  const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  const tarball = join(folder, filename);
  await run('tar', ['-xzf', tarball, '-C', modules]);
  await rename(join(modules, 'package'), join(modules, 'nmf-separator-node'));
  return { tarball, contents: files.map(({ path }) => path) };
}
