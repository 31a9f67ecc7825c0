import {
  checkBoolean,
  checkChoice,
  checkFunction,
  checkInteger,
  checkNumber,
  checkObject,
  checkPowerOfTwo,
  checkUrl,
  show,
} from './checks.ts';
import type { ScriptUrl } from './ScriptUrl.ts';

/**
 * One option: everything about it that the code and the documentation have to agree on. Tables of these are where
 * checks, defaults, the documented types and the README's tables come from, as in FluCoMa's `defineParameters`.
 */
export interface Parameter<Value = unknown, Default extends Value | undefined = Value | undefined> {
  /** The TypeScript type of its values, as the documentation prints it. */
  readonly type: string;
  /** The values allowed, as the documentation prints them; empty where the type says it all. */
  readonly range: string;
  readonly unit?: Unit | undefined;
  /** What counts where nothing is given; undefined where that depends on other options, or where nothing counts. */
  readonly standard: Default;
  /** @throws {TypeError | RangeError} naming the option, the value given and what is allowed */
  check(name: string, value: unknown): void;
  /** Only for the compiler: the type of the values. */
  readonly value?: Value;
}

export type Unit = 'samples' | 'seconds' | 'semitones' | 'Hz';
export type ParameterTable = Readonly<Record<string, Parameter>>;

interface NumberRange<Default extends number | undefined> {
  readonly minimum: number;
  readonly maximum: number;
  readonly standard: Default;
  readonly unit?: Unit;
}

/** Gives a table its type. */
export function defineParameters<Table extends ParameterTable>(table: Table): Table {
  return table;
}

export function number<Default extends number | undefined>(range: NumberRange<Default>): Parameter<number, Default> {
  const { minimum, maximum, standard, unit } = range;
  return {
    type: 'number',
    range: `${minimum}…${maximum}`,
    unit,
    standard,
    check: (name, value) => checkNumber(name, value, minimum, maximum),
  };
}

export function integer<Default extends number | undefined>(range: NumberRange<Default>): Parameter<number, Default> {
  const { minimum, maximum } = range;
  return { ...number(range), check: (name, value) => checkInteger(name, value, minimum, maximum) };
}

/** Seeds a random generator. */
export function seed({ minimum, maximum }: { minimum: number; maximum: number }): Parameter<number, number> {
  return { ...integer({ minimum, maximum, standard: 0 }), range: 'an integer' };
}

export function powerOfTwo<Default extends number | undefined>(
  range: NumberRange<Default>,
): Parameter<number, Default> {
  const { minimum, maximum } = range;
  return {
    ...number(range),
    range: `a power of two, ${minimum}…${maximum}`,
    check: (name, value) => checkPowerOfTwo(name, value, minimum, maximum),
  };
}

/** An integer, or a word that stands for "find it out". */
export function integerOr<Word extends string>(
  word: Word,
  range: NumberRange<undefined>,
): Parameter<Word | number, Word> {
  return orWord(word, integer(range));
}

/** A number, or a word that stands for "as that has it". */
export function numberOr<Word extends string>(
  word: Word,
  range: NumberRange<undefined>,
): Parameter<Word | number, Word> {
  return orWord(word, number(range));
}

function orWord<Word extends string>(word: Word, parameter: Parameter<number>): Parameter<Word | number, Word> {
  return {
    ...parameter,
    type: `'${word}' | number`,
    standard: word,
    check(name, value) {
      if (value !== word) parameter.check(name, value);
    },
  };
}

export function choice<Choice extends string>(
  choices: readonly Choice[],
  options: { standard: NoInfer<Choice> },
): Parameter<Choice, Choice>;
export function choice<Choice extends string>(
  choices: readonly Choice[],
  options: { standard: undefined },
): Parameter<Choice, undefined>;
export function choice<Choice extends string>(
  choices: readonly Choice[],
  { standard }: { standard: Choice | undefined },
): Parameter<Choice> {
  return {
    type: choices.map((name) => `'${name}'`).join(' | '),
    range: '',
    standard,
    check: (name, value) => checkChoice(name, value, choices),
  };
}

export function flag({ standard }: { standard: boolean }): Parameter<boolean, boolean> {
  return { type: 'boolean', range: '', standard, check: checkBoolean };
}

export function url(): Parameter<ScriptUrl, undefined> {
  return { type: 'ScriptUrl', range: '', standard: undefined, check: checkUrl };
}

export function callback(type: string): Parameter<(...values: never[]) => unknown, undefined> {
  return { type: `(${type})`, range: '', standard: undefined, check: checkFunction };
}

/** Indices of components. How many components there are is checked where that is known. */
export function indices({ maximum }: { maximum: number }): Parameter<readonly number[], undefined> {
  return {
    type: 'readonly number[]',
    range: '',
    standard: undefined,
    check(name, value) {
      if (!Array.isArray(value))
        throw new TypeError(`${name}: ${show(value)} given; it must be an array of components.`);
      for (const index of value) checkInteger(name, index, 0, maximum);
    },
  };
}

export function abortSignal(): Parameter<AbortSignal, undefined> {
  return {
    type: 'AbortSignal',
    range: '',
    standard: undefined,
    check(name, value) {
      if (typeof (value as Partial<AbortSignal> | null)?.addEventListener !== 'function')
        throw new TypeError(`${name}: ${show(value)} given; it must be an AbortSignal.`);
    },
  };
}

/** An option that is checked where it is used. */
export function other(
  type: string,
  check: Parameter<unknown, undefined>['check'] = () => {},
): Parameter<unknown, undefined> {
  return { type, range: '', standard: undefined, check };
}

/**
 * Checks every option that is given. Options that a table does not name are not looked at.
 *
 * @throws {TypeError | RangeError} naming the option, the value given and what is allowed
 */
export function checkParameters(table: ParameterTable, options: object): void {
  for (const [name, parameter] of Object.entries(table)) {
    const value = (options as Record<string, unknown>)[name];
    if (value !== undefined) parameter.check(name, value);
  }
}

/**
 * Refuses options that no table names: a misspelt one would be ignored without a word.
 *
 * @throws {TypeError} naming the first, and those that there are
 */
export function checkKnown(
  name: string,
  options: unknown,
  ...tables: readonly (ParameterTable | readonly string[])[]
): asserts options is object {
  checkObject(name, options);
  // Several tables may have the same option.
  const known = new Set(tables.flatMap((table) => (Array.isArray(table) ? table : Object.keys(table))));
  for (const [key, value] of Object.entries(options)) {
    if (value !== undefined && !known.has(key))
      throw new TypeError(`${name}: there is no ${key}; there are ${[...known].join(', ')}.`);
  }
}
