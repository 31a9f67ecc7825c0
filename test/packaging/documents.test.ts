// The documents in the packed tarball, as a package page shows them, and what is to be published.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { makeProject, type Project } from './installed.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const REPOSITORY = 'https://github.com/nmf-separator-node/nmf-separator-node';
const PICTURE = 'docs/pictures/factorization.webp';
const MOST_BYTES = 400_000;

let project: Project;
let installed: string;
beforeAll(async () => {
  project = await makeProject('documents');
  installed = join(project.folder, 'node_modules/nmf-separator-node');
});
afterAll(() => project?.remove());

const documents = () => project.contents.filter((path) => path.endsWith('.md'));
const textOf = (document: string) => readFileSync(join(installed, document), 'utf8');
const addressesIn = (document: string) => [...textOf(document).matchAll(/https:[^)>\s]+/g)].map(([address]) => address);

test('every relative link and picture of the tarball leads to a file of it, and to a heading', async () => {
  expect(documents()).toContain('README.md');
  // Nothing but the tarball's own files is there.
  const options = ['--use', 'remark-validate-links=repository:false', '--no-config', '--no-ignore', '--frail'];
  await run(join(ROOT, 'node_modules/.bin/remark'), [...options, '--quiet', '--no-stdout', ...documents()], {
    cwd: installed,
  });
});

test('every address in this repository or on the site leads to a file', () => {
  const addresses = documents().flatMap(addressesIn);
  const ours = addresses.filter((address) => address.startsWith(REPOSITORY) || address.startsWith(manifest.homepage));
  expect(ours.length).toBeGreaterThan(5);
  expect(ours.map(fileBehind).filter((path) => path !== null && !existsSync(join(ROOT, path)))).toEqual([]);
});

/** Null for what the host makes: releases, comparisons, the form for reports. */
function fileBehind(address: string): string | null {
  if (address.startsWith(manifest.homepage)) {
    const page = new URL(address).pathname.slice(new URL(manifest.homepage).pathname.length);
    return join('site/dist', page, page === '' || page.endsWith('/') ? 'index.html' : '');
  }
  return /\/(?:blob|tree)\/HEAD\/([^#]*)/.exec(address)?.[1] ?? null;
}

test('addresses of the manifest are those of one repository', () => {
  expect(manifest.repository.url).toBe(`git+${REPOSITORY}.git`);
  expect(manifest.bugs.url).toBe(`${REPOSITORY}/issues`);
});

test('the picture of README moves, is small, and stands where README says', async () => {
  expect(textOf('README.md')).toContain(`](${PICTURE})`);
  const { size } = await stat(join(installed, PICTURE));
  expect(size).toBeLessThan(MOST_BYTES);
  // The chunk that each picture of an animated WebP has.
  const frames = readFileSync(join(installed, PICTURE)).toString('latin1').split('ANMF').length - 1;
  expect(frames).toBeGreaterThan(10);
});

test('the newest version of the changelog is that of the package', () => {
  expect(/^## \[([^\]]+)\] - \d{4}-\d\d-\d\d$/m.exec(textOf('CHANGELOG.md'))?.[1]).toBe(manifest.version);
});

test('npm would publish it, and corrects nothing', async () => {
  const { stdout, stderr } = await run('npm', ['publish', '--dry-run', '--ignore-scripts', '--offline'], { cwd: ROOT });
  expect(stdout).toContain(`+ nmf-separator-node@${manifest.version}`);
  expect(stderr).not.toMatch(/auto-corrected|npm error/);
});
