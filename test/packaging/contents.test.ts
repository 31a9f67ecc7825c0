// The contents of the packed tarball, and package linters run on it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeProject, type Project } from './installed.ts';

const CONTENTS = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'SECURITY.md',
  'dist/LICENCES.txt',
  'dist/dsp.d.ts',
  'dist/dsp.js',
  'dist/index.d.ts',
  'dist/index.js',
  'dist/models.d.ts',
  'dist/models.js',
  'dist/node.js',
  'dist/worker.js',
  'dist/worklet.js',
  'docs/guide.md',
  'docs/pictures/factorization.webp',
  'package.json',
];
/** Exports that are loaded by URL and never imported */
const SCRIPTS = ['./worklet.js', './worker.js'];

let project: Project;
let installed: string;
beforeAll(async () => {
  project = await makeProject('contents');
  installed = join(project.folder, 'node_modules/nmf-separator-node');
});
afterAll(() => project?.remove());

test('the tarball contains exactly the expected files', () => {
  expect([...project.contents].sort()).toEqual(CONTENTS);
});

test('publint reports no problem', async () => {
  const { messages } = await publint({ pkgDir: installed, pack: false, strict: true });
  expect(messages).toEqual([]);
});

test('the types are found with every module resolution that can import the package', async () => {
  const tarball = createPackageFromTarballData(await readFile(project.tarball));
  const result = await checkPackage(tarball, { excludeEntrypoints: SCRIPTS });
  if (!result.types) throw new Error('No types were found.');
  // The package is ESM only, so `require` and Node 10 resolution cannot work.
  const beforeModules = ['CJSResolvesToESM', 'node10'];
  const problems = result.problems.filter((problem) => {
    const resolution = 'resolutionKind' in problem ? problem.resolutionKind : '';
    return !beforeModules.includes(problem.kind) && !beforeModules.includes(resolution);
  });
  expect(problems).toEqual([]);
});

test('LICENCES.txt lists the licences of embedded libraries', async () => {
  const licences = await readFile(join(installed, 'dist/LICENCES.txt'), 'utf8');
  expect(licences).toMatch(/^comlink [\d.]+, Apache-2\.0$/m);
  expect(licences).toMatch(/^assemblyscript [\d.]+, Apache-2\.0$/m);
  expect(licences.match(/Apache License\s+Version 2\.0/g)).toHaveLength(2);
});

test.each(['index.js', 'node.js'])('worklet.js and worker.js are the same code as embedded in %s', async (name) => {
  const [entry, worklet, worker] = await Promise.all(
    [name, 'worklet.js', 'worker.js'].map((file) => readFile(join(installed, 'dist', file), 'utf8')),
  );
  for (const script of [worklet, worker]) {
    // Without the base64 kernels, which the entry shares with the scripts it embeds. They stand in single quotes.
    for (const part of script.trim().split(/[A-Za-z0-9+/]{1000,}=*/)) {
      const quoted = JSON.stringify(part).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
      expect(entry).toContain(quoted);
    }
  }
});
