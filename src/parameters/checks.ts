/** Checks of what users pass in. Each throws an error that names the option, the value given and what is allowed. */

export function checkObject(name: string, value: unknown): void {
  if (typeof value !== 'object' || value === null)
    throw new TypeError(`${name}: ${show(value)} given; it must be an object.`);
}

export function checkFunction(name: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'function')
    throw new TypeError(`${name}: ${show(value)} given; it must be a function.`);
}

export function checkNumber(name: string, value: unknown, minimum: number, maximum: number): void {
  if (typeof value !== 'number')
    throw new TypeError(`${name}: ${show(value)} given; it must be a number from ${minimum} to ${maximum}.`);
  if (!(value >= minimum && value <= maximum))
    throw new RangeError(`${name}: ${value} given; it must be from ${minimum} to ${maximum}.`);
}

export function checkInteger(name: string, value: unknown, minimum: number, maximum: number): void {
  checkNumber(name, value, minimum, maximum);
  if (!Number.isInteger(value))
    throw new RangeError(`${name}: ${String(value)} given; it must be an integer from ${minimum} to ${maximum}.`);
}

export function checkChoice(name: string, value: unknown, choices: readonly string[]): void {
  if (typeof value !== 'string')
    throw new TypeError(`${name}: ${show(value)} given; it must be one of ${quoted(choices)}.`);
  if (!choices.includes(value))
    throw new RangeError(`${name}: ${show(value)} given; it must be one of ${quoted(choices)}.`);
}

/** By its class string: `instanceof` fails for what another frame made. */
export function isFloat32Array(value: unknown): value is Float32Array {
  return Object.prototype.toString.call(value) === '[object Float32Array]';
}

export function checkUrl(name: string, value: unknown): void {
  if (value === undefined || typeof value === 'string') return;
  if (Object.prototype.toString.call(value) === '[object URL]') return;
  throw new TypeError(`${name}: ${show(value)} given; it must be a string or a URL.`);
}

function quoted(choices: readonly string[]): string {
  return choices.map((choice) => `'${choice}'`).join(', ');
}

function show(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
