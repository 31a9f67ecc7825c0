/**
 * Small SIMD building blocks. Four float32 lanes at a time; every routine works in a fixed order, so all engines agree to
 * the bit.
 *
 * Bounds are set with `pmin` and `pmax`, of which each is one instruction on x64: `min` and `max` mind NaN and −0, and
 * take seven. The bound comes second, so that what is not a number stays that.
 */

/** Bytes of one SIMD vector. */
export const VECTOR: usize = 16;
/** Floats a padded row is a multiple of: one 64-byte line. */
export const ROW_FLOATS: i32 = 16;

/** Adds the lanes, in pairs. */
// @ts-ignore: decorator
@inline
export function sumLanes(a: v128): f32 {
  const pairs = f32x4.add(a, v128.shuffle<f32>(a, a, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

// @ts-ignore: decorator
@inline
export function maxLanes(a: v128): f32 {
  const pairs = f32x4.pmax(a, v128.shuffle<f32>(a, a, 2, 3, 0, 1));
  return max(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}

// @ts-ignore: decorator
@inline
export function reverseLanes(a: v128): v128 {
  return v128.shuffle<f32>(a, a, 3, 2, 1, 0);
}

// @ts-ignore: decorator
@inline
function multiplyAdd(a: v128, b: v128, c: f32): v128 {
  return f32x4.add(f32x4.mul(a, b), f32x4.splat(c));
}

const LOG2_E: f32 = 1.44269504088896341;

/** log₂ of positive, normal values; relative error about 1e-7. Polynomial of Cephes `logf` (Moshier). */
// @ts-ignore: decorator
@inline
export function log2(x: v128): v128 {
  // x = m · 2^e with m in [√½, √2): the offset moves the point where the exponent is cut from 1 to √½.
  const offset = i32x4.splat(0x3f3504f3);
  const shifted = i32x4.sub(x, offset);
  const exponent = f32x4.convert_i32x4_s(i32x4.shr_s(shifted, 23));
  const mantissa = i32x4.add(v128.and(shifted, i32x4.splat(0x007fffff)), offset);
  const r = f32x4.sub(mantissa, f32x4.splat(1));
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
  return f32x4.add(f32x4.mul(f32x4.add(r, p), f32x4.splat(LOG2_E)), exponent);
}

/** 2^x, x clamped to ±126 so that the result is normal; relative error about 1e-7. Polynomial of Cephes `exp2f`. */
// @ts-ignore: decorator
@inline
export function exp2(x: v128): v128 {
  const clamped = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-126)), f32x4.splat(126));
  const whole = f32x4.nearest(clamped);
  const r = f32x4.sub(clamped, whole);
  let p = f32x4.splat(1.5353362e-4);
  p = multiplyAdd(p, r, 1.3398874e-3);
  p = multiplyAdd(p, r, 9.6184373e-3);
  p = multiplyAdd(p, r, 5.5503325e-2);
  p = multiplyAdd(p, r, 2.402264791e-1);
  p = multiplyAdd(p, r, 6.931472028e-1);
  p = multiplyAdd(p, r, 1);
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(whole), i32x4.splat(127)), 23);
  return f32x4.mul(p, power);
}
