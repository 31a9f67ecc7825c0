/** Sums of float32 values in float64: a vector of four float32 lanes becomes two vectors of two float64 lanes. */

/** The lanes 2 and 3. The lanes 0 and 1 are `f64x2.promote_low_f32x4`. */
// @inline
export function promoteHigh(a: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f32>(a, a, 2, 3, 0, 1));
}

/** Adds the two float64 lanes. */
// @inline
export function sumPair(a: v128): f64 {
  return f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
}

/** Adds the four float32 lanes. */
// @inline
export function sumLanesPrecisely(a: v128): f64 {
  return sumPair(f64x2.add(f64x2.promote_low_f32x4(a), promoteHigh(a)));
}

/** a₀² + a₂² and a₁² + a₃² as two float64 lanes. */
// @inline
export function squarePairs(a: v128): v128 {
  const low = f64x2.promote_low_f32x4(a);
  const high = promoteHigh(a);
  return f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high));
}
