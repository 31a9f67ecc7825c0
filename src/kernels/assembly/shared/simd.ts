/**
 * Building blocks on SIMD vectors of four float32 lanes. Every function adds in a fixed order, so that all engines
 * agree to the bit.
 *
 * All kernels bound values with `pmin` and `pmax`, which are one instruction each on x64. `min` and `max`, with their
 * rules for NaN and −0, take seven. `pmin(x, bound)` and `pmax(x, bound)` return x where x is NaN, so the bound comes
 * second wherever NaN must stay visible.
 */

export const VECTOR_BYTES: usize = 16;
/** A cache line. Rows are padded to whole lines, and blocks of memory start on one. */
export const LINE_BYTES: usize = 64;
/** Float32 values in a line. */
export const LINE_FLOATS: i32 = 16;

/** Adds the four lanes: (a₀ + a₂) + (a₁ + a₃). */
// @inline
export function sumLanes(a: v128): f32 {
  const pairs = f32x4.add(a, v128.shuffle<f32>(a, a, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

// @inline
export function reverseLanes(a: v128): v128 {
  return v128.shuffle<f32>(a, a, 3, 2, 1, 0);
}

/** a·b + c, rounded twice: a fused operation would differ from machine to machine. */
// @inline
export function multiplyAdd(a: v128, b: v128, c: f32): v128 {
  return f32x4.add(f32x4.mul(a, b), f32x4.splat(c));
}
