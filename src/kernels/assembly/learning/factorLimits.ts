/** Limits on the values of W and H, where the largest of V lies between 1 and 2. */

/** Values below this become zero, long before they are denormal. */
const SMALLEST_FACTOR_VALUE: f32 = 1e-24;
/** Larger values are cut, so that products of two are finite. */
const LARGEST_FACTOR_VALUE: f32 = 1e18;

/** Applies both limits. What is not a number becomes 0, since comparisons with it are false. */
// @inline
export function limited(x: v128): v128 {
  const large = v128.and(x, f32x4.ge(x, f32x4.splat(SMALLEST_FACTOR_VALUE)));
  return f32x4.pmin(large, f32x4.splat(LARGEST_FACTOR_VALUE));
}
