/**
 * Checks of what callers pass in. Each throws an error that names the argument, the value given and what is allowed: a
 * TypeError for a value of the wrong kind, a RangeError for one of the right kind that is out of range.
 */

export function checkObject(name: string, value: unknown): asserts value is object {
  if (typeof value !== 'object' || value === null)
    throw new TypeError(`${name}: ${show(value)} given; it must be an object.`);
}

export function checkFunction(name: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'function')
    throw new TypeError(`${name}: ${show(value)} given; it must be a function.`);
}

export function checkBoolean(name: string, value: unknown): void {
  if (typeof value !== 'boolean') throw new TypeError(`${name}: ${show(value)} given; it must be true or false.`);
}

export function checkNumber(name: string, value: unknown, minimum: number, maximum: number): asserts value is number {
  const allowed = `${minimum} to ${maximum}`;
  if (typeof value !== 'number')
    throw new TypeError(`${name}: ${show(value)} given; it must be a number from ${allowed}.`);
  if (!(value >= minimum && value <= maximum))
    throw new RangeError(`${name}: ${value} given; it must be from ${allowed}.`);
}

export function checkInteger(name: string, value: unknown, minimum: number, maximum: number): asserts value is number {
  checkNumber(name, value, minimum, maximum);
  if (!Number.isInteger(value))
    throw new RangeError(`${name}: ${value} given; it must be an integer from ${minimum} to ${maximum}.`);
}

export function checkPowerOfTwo(name: string, value: unknown, minimum: number, maximum: number): void {
  checkInteger(name, value, minimum, maximum);
  if (!Number.isInteger(Math.log2(value)))
    throw new RangeError(`${name}: ${value} given; it must be a power of two from ${minimum} to ${maximum}.`);
}

export function checkChoice(name: string, value: unknown, choices: readonly string[]): void {
  if (typeof value !== 'string')
    throw new TypeError(`${name}: ${show(value)} given; it must be one of ${quoted(choices)}.`);
  if (!choices.includes(value))
    throw new RangeError(`${name}: ${show(value)} given; it must be one of ${quoted(choices)}.`);
}

export function checkUrl(name: string, value: unknown): void {
  if (typeof value === 'string' || isOfClass(value, 'URL') || isOfClass(value, 'TrustedScriptURL')) return;
  throw new TypeError(`${name}: ${show(value)} given; it must be a string, a URL or a TrustedScriptURL.`);
}

/** @param length how many values there must be; any number where absent */
export function checkFloat32Array(name: string, value: unknown, length?: number): asserts value is Float32Array {
  if (!isFloat32Array(value)) throw new TypeError(`${name}: ${show(value)} given; it must be a Float32Array.`);
  if (length !== undefined && value.length !== length)
    throw new RangeError(`${name}: ${value.length} values given; it must have ${length}.`);
}

/** Checks a matrix, row-major. `rows` and `columns` are named so that the error says what was expected. */
export function checkMatrix(
  name: string,
  value: unknown,
  rows: readonly [what: string, count: number],
  columns: readonly [what: string, count: number],
): asserts value is Float32Array {
  checkFloat32Array(name, value);
  const [[rowName, rowCount], [columnName, columnCount]] = [rows, columns];
  if (value.length === rowCount * columnCount) return;
  throw new RangeError(
    `${name}: ${value.length} values given; it must have ${rowCount} ${rowName} × ${columnCount} ${columnName} = ${rowCount * columnCount}.`,
  );
}

export function isFloat32Array(value: unknown): value is Float32Array {
  return isOfClass(value, 'Float32Array');
}

/** By its class string: `instanceof` fails for what another frame made. */
function isOfClass(value: unknown, name: string): boolean {
  return Object.prototype.toString.call(value) === `[object ${name}]`;
}

function quoted(choices: readonly string[]): string {
  return choices.map((choice) => `'${choice}'`).join(', ');
}

/** A value as an error message shows it: short, whatever it is. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : `an object`;
  return typeof value === 'function' ? 'a function' : String(value);
}
