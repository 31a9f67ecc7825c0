import { multiplyAdd } from './simd';

/**
 * Logarithms of four positive, normal float32 values. A value is taken apart into m·2^e with √½ ≤ m < √2, so that
 * log₂ x = e + log₂ m with m near 1, where a polynomial is accurate.
 */

export const LN_2: f32 = 0.6931472;
const LOG2_E: f32 = 1.442695;

/** The bits of √½: subtracting them moves the point where the exponent field changes from 1 to √½. */
const ROOT_HALF_BITS: i32 = 0x3f3504f3;
const FRACTION_BITS: i32 = 23;
const FRACTION_MASK: i32 = 0x007fffff;

/** The bits of x relative to those of √½, as `exponentOf` and `mantissaOf` take them. */
// @inline
export function shiftedBits(x: v128): v128 {
  return i32x4.sub(x, i32x4.splat(ROOT_HALF_BITS));
}

/** e of x = m·2^e, as float32. */
// @inline
export function exponentOf(shifted: v128): v128 {
  return f32x4.convert_i32x4_s(i32x4.shr_s(shifted, FRACTION_BITS));
}

/** m of x = m·2^e. */
// @inline
export function mantissaOf(shifted: v128): v128 {
  return i32x4.add(v128.and(shifted, i32x4.splat(FRACTION_MASK)), i32x4.splat(ROOT_HALF_BITS));
}

/** log₂ x, with a relative error of about 1e-7. The polynomial is that of `logf` in the Cephes library (Moshier). */
// @inline
export function log2(x: v128): v128 {
  const shifted = shiftedBits(x);
  const r = f32x4.sub(mantissaOf(shifted), f32x4.splat(1));
  const square = f32x4.mul(r, r);
  let p = f32x4.splat(7.0376836292e-2);
  p = multiplyAdd(p, r, -1.151461031e-1);
  p = multiplyAdd(p, r, 1.167699874e-1);
  p = multiplyAdd(p, r, -1.2420140846e-1);
  p = multiplyAdd(p, r, 1.4249322787e-1);
  p = multiplyAdd(p, r, -1.6668057665e-1);
  p = multiplyAdd(p, r, 2.0000714765e-1);
  p = multiplyAdd(p, r, -2.4999993993e-1);
  p = multiplyAdd(p, r, 3.3333331174e-1);
  p = f32x4.mul(f32x4.mul(p, r), square);
  p = f32x4.sub(p, f32x4.mul(square, f32x4.splat(0.5)));
  return f32x4.add(f32x4.mul(f32x4.add(r, p), f32x4.splat(LOG2_E)), exponentOf(shifted));
}
