import { log2 } from '../shared/logarithm';
import { multiplyAdd } from '../shared/simd';

/** Below this x, x^p counts as zero: log₂ needs normal numbers. */
const SMALLEST_BASE: f32 = 1e-30;

/** x^p for four x between 0 and 1. */
// @inline
export function power(x: v128, p: f32): v128 {
  if (p === 2) return f32x4.mul(x, x);
  if (p === 1) return x;
  const nonzero = f32x4.gt(x, f32x4.splat(SMALLEST_BASE));
  return v128.and(nonzero, exp2(f32x4.mul(f32x4.splat(p), log2(f32x4.pmax(x, f32x4.splat(SMALLEST_BASE))))));
}

/**
 * 2^x, with x limited to ±126 so that the result is a normal number, and a relative error of about 1e-7. The polynomial
 * is that of `exp2f` in the Cephes library (Moshier).
 */
// @inline
function exp2(x: v128): v128 {
  const limited = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-126)), f32x4.splat(126));
  const whole = f32x4.nearest(limited);
  const r = f32x4.sub(limited, whole);
  let p = f32x4.splat(1.5353362e-4);
  p = multiplyAdd(p, r, 1.3398874e-3);
  p = multiplyAdd(p, r, 9.6184373e-3);
  p = multiplyAdd(p, r, 5.5503325e-2);
  p = multiplyAdd(p, r, 2.402264791e-1);
  p = multiplyAdd(p, r, 6.931472028e-1);
  p = multiplyAdd(p, r, 1);
  const powerOfTwo = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(whole), i32x4.splat(127)), 23);
  return f32x4.mul(p, powerOfTwo);
}
