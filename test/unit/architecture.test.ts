import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What looks like a path of this repository: a folder or a file of one of its rooms, in backticks or as a link. */
const PATH = /(?<=[`(])(?:src|worklets|test|demo|site|bench|docs)\/[\w./-]*|(?<=\]\()[\w./-]+\.md/g;

it.each([
  'docs/architecture.md',
  'docs/performance.md',
  'CONTRIBUTING.md',
  'README.md',
  'demo/README.md',
  'site/README.md',
])('every path that %s names exists', (document) => {
  const text = readFileSync(join(ROOT, document), 'utf8');
  const paths = [...text.matchAll(PATH)].map(([path]) => path);
  expect(paths.length).toBeGreaterThan(0);
  const isThere = (path: string) =>
    existsSync(join(ROOT, path)) ||
    existsSync(join(ROOT, dirname(document), path)) ||
    path === 'demo/dist' ||
    path === 'site/dist' ||
    path === 'docs/api';
  expect(paths.filter((path) => !isThere(path))).toEqual([]);
});
