/**
 * Sine and cosine that give the same bits in every engine: `Math.sin` may differ in the last place, and a
 * model must not. Only additions and multiplications, in a fixed order, on an argument reduced to ±π/4.
 */

// Taylor coefficients; the first term left out is below 2⁻⁵³ on ±π/4.
const SINE = [1, -1 / 6, 1 / 120, -1 / 5040, 1 / 362880, -1 / 39916800, 1 / 6227020800, -1 / 1307674368000];
const COSINE = [1, -1 / 2, 1 / 24, -1 / 720, 1 / 40320, -1 / 3628800, 1 / 479001600, -1 / 87178291200];

/** cos(π·x) */
export function cosPi(x: number): number {
  return sinPi(x + 0.5);
}

/** sin(π·x) */
export function sinPi(x: number): number {
  const quarter = Math.round(x * 2);
  const angle = (x - quarter / 2) * Math.PI;
  const square = angle * angle;
  switch (((quarter % 4) + 4) % 4) {
    case 0:
      return angle * polynomial(SINE, square);
    case 1:
      return polynomial(COSINE, square);
    case 2:
      return -angle * polynomial(SINE, square);
    default:
      return -polynomial(COSINE, square);
  }
}

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + coefficients[i];
  return sum;
}
