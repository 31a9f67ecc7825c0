import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const FOLDER = 'src/kernels/assembly';
const DECLARATION = /^(?:export )?(?:abstract )?(?:function|class|const|let|enum|namespace|type|interface) (\w+)/gm;
const CLASS = /^(?:export )?(?:abstract )?class (\w+)/gm;
const IMPORT = /^(?:import|export) .*?from '(\.[^']+)';$|^\} from '(\.[^']+)';$/gm;

const sources = readSources(FOLDER);

/** The source text of each TypeScript file under a folder, by path */
function readSources(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? match[2]);
}

describe('the AssemblyScript sources', () => {
  it('declare each name in one file only', () => {
    const files = new Map<string, string[]>();
    for (const [path, text] of sources) {
      for (const name of matches(text, DECLARATION)) files.set(name, [...(files.get(name) ?? []), path]);
    }
    expect(files.size).toBeGreaterThan(100);
    expect([...files].filter(([, paths]) => paths.length > 1)).toEqual([]);
  });

  it('have no class name in common with the TypeScript sources', () => {
    const outside = [...readSources('src')].filter(([path]) => !normalize(join('src', path)).startsWith(FOLDER));
    const classes = new Set(outside.flatMap(([, text]) => matches(text, CLASS)));
    expect(classes.size).toBeGreaterThan(10);
    expect([...sources.values()].flatMap((text) => matches(text, CLASS)).filter((name) => classes.has(name))).toEqual(
      [],
    );
  });

  it('import from live/ and learning/ in neither direction, and from neither in shared/', () => {
    const allowed: Record<string, string[]> = {
      shared: ['shared'],
      live: ['live', 'shared'],
      learning: ['learning', 'shared'],
      '.': ['live', 'learning', 'shared'],
    };
    const imports = [...sources].flatMap(([path, text]) =>
      matches(text, IMPORT).map((target) => ({ path, target: normalize(join(dirname(path), target)) })),
    );
    expect(imports.length).toBeGreaterThan(100);
    const wrong = imports.filter(({ path, target }) => {
      const folder = dirname(path).split('/')[0];
      return target !== '../constants' && !allowed[folder].includes(target.split('/')[0]);
    });
    expect(wrong).toEqual([]);
  });

  it('write @inline only where the compiler recognises it, directly before a function', () => {
    for (const [path, text] of sources) {
      const marks = matches(text, /^(.*@\s*inline.*)$/gm);
      const recognised = matches(text, /^(\/\/ @inline)\n(?:export )?function /gm);
      expect(marks, path).toEqual(recognised);
    }
  });
});
