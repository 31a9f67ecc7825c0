/** The largest power of two that is not above a positive float32; 1 for zero. Exact, unlike `2 ** Math.floor(Math.log2(x))`. */
export function powerOfTwoBelow(value: number): number {
  if (!(value > 0)) return 1;
  let power = 1;
  while (power > value) power /= 2;
  while (power * 2 <= value) power *= 2;
  return power;
}

/** The largest finite value; 0 where none is positive. */
export function largest(values: Float32Array): number {
  let maximum = 0;
  for (let i = 0; i < values.length; i++)
    if (values[i] > maximum && values[i] < Number.POSITIVE_INFINITY) maximum = values[i];
  return maximum;
}

/** The largest float32. */
const HIGHEST = (2 - 2 ** -23) * 2 ** 127;

/** What would be infinite in float32 becomes its largest value. */
export function representable(value: number): number {
  return Math.min(value, HIGHEST);
}
