// The recipes of docs/guide.md compile under `strict`. test/browser/guide.spec.ts and test/packaging/node.test.ts run them.
import typescript from 'typescript';
import { expect, test } from 'vitest';
import { printed, recipes } from '../harness/guide.mjs';

const ROOT = new URL('../../', import.meta.url).pathname;

test('it prints nothing but what a test runs', () => {
  const counts = new Map<string, number>();
  for (const { language } of printed()) counts.set(language, (counts.get(language) ?? 0) + 1);
  // Recipes: below. JavaScript: packaging/node.test.ts and development.test.ts. The others: packaging/policies.test.ts.
  expect(Object.fromEntries(counts)).toEqual({ ts: 14, js: 2, sh: 1, http: 1 });
});

test('every recipe compiles', { timeout: 60_000 }, () => {
  const sources = new Map([...recipes()].map(([name, code]) => [`${ROOT}docs/${name}.ts`, code]));
  expect(sources.size).toBe(14);
  const { config } = typescript.readConfigFile(`${ROOT}tsconfig.json`, typescript.sys.readFile);
  const { options } = typescript.parseJsonConfigFileContent(config, typescript.sys, ROOT);
  options.paths = {
    'nmf-separator-node': [`${ROOT}src/index.ts`],
    'nmf-separator-node/models': [`${ROOT}src/models/index.ts`],
  };
  const host = typescript.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (path) => sources.get(path) ?? readFile.call(host, path);
  host.fileExists = (path) => sources.has(path) || fileExists.call(host, path);
  const program = typescript.createProgram(
    [...sources.keys(), `${ROOT}src/kernels/virtual.d.ts`, `${ROOT}src/node/context/virtual.d.ts`],
    options,
    host,
  );
  const problems = typescript.getPreEmitDiagnostics(program);
  expect(
    problems.map(
      ({ file, messageText }) => `${file?.fileName}: ${typescript.flattenDiagnosticMessageText(messageText, ' ')}`,
    ),
  ).toEqual([]);
});
