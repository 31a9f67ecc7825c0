// Dependencies point one way: what each room of the sources may import from.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import typescript from 'typescript';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** By room: the rooms whose files it may import, itself included. Types count, for they tie rooms together too. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'src/kernels': ['src/kernels'],
  'src/parameters': ['src/parameters'],
  'src/dsp': ['src/dsp', 'src/kernels', 'src/parameters'],
  'src/model': ['src/model', 'src/dsp', 'src/parameters'],
  'src/models': ['src/models'],
  'src/transport': ['src/transport', 'src/dsp'],
  'src/protocol': ['src/protocol', 'src/dsp', 'src/transport', 'package.json'],
  'src/worker': ['src/worker', 'src/protocol', 'src/transport', 'src/dsp'],
  worklets: ['worklets', 'src/protocol', 'src/transport', 'src/dsp'],
  'src/node': ['src/node', 'src/protocol', 'src/transport', 'src/model', 'src/dsp', 'src/parameters'],
};

const isIn = (room: string, file: string) => file === room || file.startsWith(`${room}/`);

/** The relative imports of a file, as paths from the root. */
function importsOf(file: string, text: string): string[] {
  const { importedFiles } = typescript.preProcessFile(text, true, true);
  return importedFiles
    .map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => relative(ROOT, resolve(ROOT, dirname(file), name)).replaceAll(sep, '/'));
}

/** The imports of a file that its room may not have. */
function forbidden(room: string, file: string, text: string): string[] {
  const wrong = importsOf(file, text).filter((target) => !MAY_IMPORT[room].some((allowed) => isIn(allowed, target)));
  return wrong.map((target) => `${file} imports ${target}`);
}

function filesOf(room: string): string[] {
  const names = readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.ts')).map((name) => `${room}/${name.replaceAll(sep, '/')}`);
}

describe.each(Object.keys(MAY_IMPORT))('%s', (room) => {
  it('imports only from the rooms below it', () => {
    const files = filesOf(room);
    expect(files.length).toBeGreaterThan(0);
    expect(files.flatMap((file) => forbidden(room, file, readFileSync(join(ROOT, file), 'utf8')))).toEqual([]);
  });
});

it('every folder of the sources is a room', () => {
  const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(Object.keys(MAY_IMPORT)).toEqual(expect.arrayContaining(folders.map(({ name }) => `src/${name}`)));
});

it('a wrong import is found, also of a type and of a module that is loaded later', () => {
  const file = 'src/dsp/live/example.ts';
  for (const text of [
    "import { Separator } from '../../node/Separator.ts';",
    "import type { Separator } from '../../node/Separator.ts';",
    "export * from '../../node/Separator.ts';",
    "const later = import('../../node/Separator.ts');",
  ]) {
    expect(forbidden('src/dsp', file, text)).toEqual([`${file} imports src/node/Separator.ts`]);
  }
  expect(forbidden('src/dsp', file, "import { Dictionary } from './Dictionary.ts';")).toEqual([]);
});
