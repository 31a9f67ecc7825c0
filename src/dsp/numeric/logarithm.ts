/**
 * The natural logarithm, with the same bits in every engine: `Math.log` may differ in the last place, and a model must
 * not.
 */

/** Terms of the series of artanh: the first one left out is below 2⁻⁵³ for |s| ≤ 0.172. */
const TERMS = 10;

/** @param x positive and normal */
export function naturalLog(x: number): number {
  let exponent = 0;
  let m = x;
  for (; m > Math.SQRT2; m /= 2) exponent++;
  for (; m < Math.SQRT1_2; m *= 2) exponent--;
  // ln m = 2·artanh s
  const s = (m - 1) / (m + 1);
  const square = s * s;
  let sum = 0;
  for (let i = TERMS - 1; i >= 0; i--) sum = sum * square + 1 / (2 * i + 1);
  return exponent * Math.LN2 + 2 * s * sum;
}
