// What can be said of the examples without running them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXAMPLES, exampleNames, manifestOf } from '../helpers/exampleFolders.ts';

const root = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
/** The versions that the examples are tested with */
const RANGES: Readonly<Record<string, string>> = {
  ...root.devDependencies,
  'nmf-separator-node': `^${root.version.split('.')[0]}.0.0`,
};

test('examples/README.md has a row for every example, and no other', () => {
  const rows = readFileSync(join(EXAMPLES, 'README.md'), 'utf8').matchAll(/^\| \[`(.*?)\/`\]\(\1\/\)/gm);
  expect([...rows].map(([, name]) => name).toSorted()).toEqual(exampleNames().toSorted());
});

test.each(exampleNames().filter(manifestOf))('%s asks for the versions that it is tested with', (name) => {
  const { dependencies, devDependencies } = manifestOf(name)!;
  for (const [other, range] of Object.entries({ ...dependencies, ...devDependencies }))
    expect(range, other).toBe(RANGES[other]);
});

test('the plain page has at most 40 lines', () => {
  const lines = readFileSync(join(EXAMPLES, 'plain-page/index.html'), 'utf8').trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(40);
});
