// The tables of parameters: what is written from them, and what they refuse.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writtenFiles } from '../../docs/writtenFiles.ts';
import { LEARNING_PARAMETERS } from '../../src/dsp/learning/parameters.ts';
import {
  ADAPT_PARAMETERS,
  LEARN_PARAMETERS,
  LISTEN_PARAMETERS,
  NODE_PARAMETERS,
  SEPARATE_PARAMETERS,
  SONIFY_PARAMETERS,
  SUGGEST_PARAMETERS,
} from '../../src/node/options/parameters.ts';
import { checkKnown, checkParameters, integer } from '../../src/parameters/defineParameters.ts';
import { interfaceSource } from '../../src/parameters/documentation.ts';

const TABLES = {
  NODE_PARAMETERS,
  LEARNING_PARAMETERS,
  LEARN_PARAMETERS,
  LISTEN_PARAMETERS,
  ADAPT_PARAMETERS,
  SEPARATE_PARAMETERS,
  SONIFY_PARAMETERS,
  SUGGEST_PARAMETERS,
};
const ROWS = Object.entries(TABLES).flatMap(([table, parameters]) =>
  Object.entries(parameters).map(([name, parameter]) => ({ table, name, parameter })),
);
/** What no option takes. */
const NEVER = [Number.NaN, Symbol.iterator, true];

it.each(writtenFiles)('$path is what `npm run parameters` writes', ({ path, write }) => {
  const text = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  expect(text).toBe(write(text));
});

describe.each(ROWS)('$name of $table', ({ name, parameter }) => {
  it('takes its own default', () => {
    if (parameter.standard !== undefined) parameter.check(name, parameter.standard);
  });

  it('refuses what is none, by its name', () => {
    if (parameter.type.startsWith('NMFModel')) return expect(() => parameter.check(name, null)).not.toThrow();
    for (const value of NEVER.filter((never) => name !== 'adaptive' || never !== true)) {
      const check = () => parameter.check(name, value);
      expect(check).toThrow(new RegExp(`^${name}: .* given`));
    }
  });

  it('takes the bounds of its range, and nothing beyond', () => {
    const [minimum, maximum] = (/(-?[\d.]+)…(-?[\d.]+)/.exec(parameter.range) ?? []).slice(1).map(Number);
    if (minimum === undefined) return expect(parameter.range).not.toMatch(/\d/);
    parameter.check(name, minimum);
    parameter.check(name, maximum);
    expect(() => parameter.check(name, minimum - 1)).toThrow(RangeError);
    expect(() => parameter.check(name, maximum * 2 + 1)).toThrow(RangeError);
  });
});

it('checks what is given, and leaves alone what is not', () => {
  const table = { size: integer({ minimum: 1, maximum: 4, standard: 2 }) };
  checkParameters(table, {});
  checkParameters(table, { size: undefined, other: 9 });
  expect(() => checkParameters(table, { size: 5 })).toThrow('size: 5 given; it must be from 1 to 4.');
  expect(() => checkParameters(table, { size: null })).toThrow(TypeError);
});

it('names each option once where several tables have it', () => {
  const table = { divergence: integer({ minimum: 1, maximum: 4, standard: 2 }) };
  const check = () => checkKnown('options', { divergenc: 1 }, table, ['divergence', 'seed']);
  expect(check).toThrow('options: there is no divergenc; there are divergence, seed.');
});

it('writes the range, the note and the default of an option into its documentation', () => {
  const source = interfaceSource({
    name: 'Options',
    text: 'How.',
    table: { size: integer({ minimum: 1, maximum: 4, standard: 2, unit: 'samples' }) },
    descriptions: { size: { text: 'Of it', note: 'rarely changed' } },
  });
  expect(source).toContain('/** Of it: 1…4 samples; rarely changed. Default: 2. */\n  size?: number | undefined;');
});
