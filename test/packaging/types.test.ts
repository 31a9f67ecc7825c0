// The types of the packed package under strict compiler options, with each kind of module resolution.
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import typescript from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeProject, type Project } from './installed.ts';

const { ModuleKind, ModuleResolutionKind, ScriptTarget } = typescript;
const RESOLUTIONS = [
  ['a bundler', { module: ModuleKind.ESNext, moduleResolution: ModuleResolutionKind.Bundler }],
  ['Node', { module: ModuleKind.NodeNext, moduleResolution: ModuleResolutionKind.NodeNext }],
] as const;

let project: Project;
beforeAll(async () => {
  project = await makeProject('types');
  await cp(fileURLToPath(new URL('./types/', import.meta.url)), project.folder, { recursive: true });
});
afterAll(() => project?.remove());

/** The compiler's errors for files of the project. */
function problemsOf(files: string[], options: typescript.CompilerOptions): string[] {
  const program = typescript.createProgram(
    files.map((file) => join(project.folder, file)),
    {
      strict: true,
      noEmit: true,
      exactOptionalPropertyTypes: true,
      target: ScriptTarget.ES2022,
      lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
      types: [],
      ...options,
    },
  );
  const paths = program.getSourceFiles().map(({ fileName }) => fileName);
  expect(paths).toContain(join(project.folder, 'node_modules/nmf-separator-node/dist/index.d.ts'));
  return typescript
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) => `${file?.fileName}: ${typescript.flattenDiagnosticMessageText(messageText, ' ')}`);
}

test.each(RESOLUTIONS)('with the resolution of %s correct code compiles and mistakes are errors', (_, options) => {
  expect(problemsOf(['usage.ts', 'mistakes.ts'], options)).toEqual([]);
});

test.each(RESOLUTIONS)('with the resolution of %s contexts of other libraries are accepted', (_, options) => {
  // Skip errors inside the other libraries' own declaration files.
  expect(problemsOf(['families.ts'], { ...options, skipLibCheck: true })).toEqual([]);
});
