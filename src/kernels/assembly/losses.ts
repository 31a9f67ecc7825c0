/** As `DIVERGENCES` orders them; 0 is Euclidean. */
export const KULLBACK_LEIBLER: i32 = 1;
export const ITAKURA_SAITO: i32 = 2;

/**
 * Added to every approximated magnitude, where the largest of V lies between 1 and 2: about −250 dB. A constant that
 * belongs to the model keeps quotients finite and the updates monotone; a maximum with it would not. 1/FLOOR²
 * must leave room for sums in float32.
 */
export const FLOOR: f32 = 2.2737368e-13;

const LN_2: f32 = 0.69314718;
/** Lowest mantissa of `splitLogarithm`, √½, as bits. */
const LOWEST_MANTISSA: i32 = 0x3f3504f3;
const FRACTION_BITS: i32 = 23;
const FRACTION_MASK: i32 = 0x007fffff;

// @ts-ignore: decorator
@inline
function line(x: v128, slope: f32, constant: f32): v128 {
  return f32x4.add(f32x4.mul(x, f32x4.splat(slope)), f32x4.splat(constant));
}

/**
 * The divergence of four cells, y·φ(v/y), accurate to float32 rounding even where v ≈ y: the logarithm is taken apart
 * so that what cancels is left out. With v/y = m·2^e, m in [√½, √2), r = m − 1 and c = r − log(1 + r):
 *
 *     Kullback-Leibler  y·(x·log x − x + 1) = y·(r·(x − 1) + (m − x) + x·(e·log 2 − c))
 *     Itakura-Saito     x − log x − 1       = (x − m) − e·log 2 + c
 *
 * c by the polynomial of Cephes `logf` (Moshier), in pairs (Estrin's scheme): with eight templates that makes an
 * iteration an eighth faster than one term after the other.
 *
 * @param x v/y
 */
// @ts-ignore: decorator
@inline
export function cellDivergence(x: v128, y: v128, divergence: i32): v128 {
  const shifted = i32x4.sub(x, i32x4.splat(LOWEST_MANTISSA));
  const exponent = f32x4.convert_i32x4_s(i32x4.shr_s(shifted, FRACTION_BITS));
  const m = i32x4.add(v128.and(shifted, i32x4.splat(FRACTION_MASK)), i32x4.splat(LOWEST_MANTISSA));
  const r = f32x4.sub(m, f32x4.splat(1));
  const square = f32x4.mul(r, r);
  const fourth = f32x4.mul(square, square);
  const low = f32x4.add(line(r, -2.4999993993e-1, 3.3333331174e-1), f32x4.mul(square, line(r, -1.6668057665e-1, 2.0000714765e-1)));
  const high = f32x4.add(line(r, -1.2420140846e-1, 1.4249322787e-1), f32x4.mul(square, line(r, -1.151461031e-1, 1.167699874e-1)));
  const highest = f32x4.add(f32x4.mul(f32x4.splat(7.0376836292e-2), fourth), high);
  const p = f32x4.add(low, f32x4.mul(fourth, highest));
  const c = f32x4.mul(square, f32x4.sub(f32x4.splat(0.5), f32x4.mul(p, r)));
  const excess = f32x4.sub(f32x4.mul(exponent, f32x4.splat(LN_2)), c);
  const rest = f32x4.sub(x, m);
  if (divergence == ITAKURA_SAITO) return f32x4.sub(rest, excess);
  const linear = f32x4.sub(f32x4.mul(r, f32x4.sub(x, f32x4.splat(1))), rest);
  return f32x4.mul(y, f32x4.add(linear, f32x4.mul(x, excess)));
}

/** Σ (v − y)² of four cells, in float64: it may exceed float32. */
// @ts-ignore: decorator
@inline
export function squaredDifference(v: v128, y: v128): f64 {
  const d = f32x4.sub(v, y);
  const low = f64x2.promote_low_f32x4(d);
  const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(d, d, 2, 3, 0, 1));
  const sum = f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high));
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
