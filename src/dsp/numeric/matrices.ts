import { checkFloat32Array, checkInteger, checkMatrix } from '../../parameters/checks.ts';

/**
 * Checks V, frames × bins.
 *
 * @throws {TypeError | RangeError} where it has another size, or a size is no positive integer
 */
export function checkSpectrogramMatrix(V: unknown, frames: number, bins: number): asserts V is Float32Array {
  checkInteger('frames', frames, 1, Number.MAX_SAFE_INTEGER);
  checkInteger('bins', bins, 1, Number.MAX_SAFE_INTEGER);
  checkMatrix('V', V, ['frames', frames], ['bins', bins]);
}

/**
 * Rows of a matrix of templates, templates × bins.
 *
 * @throws {TypeError | RangeError} for what is no matrix, or has a part of a row
 */
export function templateCount(name: string, templates: unknown, bins: number): number {
  checkFloat32Array(name, templates);
  const { length } = templates;
  if (length % bins === 0) return length / bins;
  throw new RangeError(`${name}: ${length} values given; it must have whole rows of ${bins} bins.`);
}
