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
/** Lowest mantissa of `cellDivergence`, √½, as bits. */
const LOWEST_MANTISSA: i32 = 0x3f3504f3;
const FRACTION_BITS: i32 = 23;
const FRACTION_MASK: i32 = 0x007fffff;
/** Terms of the polynomial of `cellDivergence`. */
const P0: f32 = 6.6666776e-1;
const P1: f32 = 3.9977542e-1;
const P2: f32 = 2.9871729e-1;

/** a·b + c */
// @ts-ignore: decorator
@inline
function line(a: v128, b: v128, c: f32): v128 {
  return f32x4.add(f32x4.mul(a, b), f32x4.splat(c));
}

/**
 * The divergence of four cells, y·φ(v/y), accurate to float32 rounding even where v ≈ y: the logarithm is taken apart
 * so that what cancels is left out. With v/y = m·2^e, m in [√½, √2), r = m − 1 and c = r − log(1 + r):
 *
 *     Kullback-Leibler  y·(x·log x − x + 1) = y·(r·(x − 1) + (m − x) + x·(e·log 2 − c))
 *     Itakura-Saito     x − log x − 1       = (x − m) − e·log 2 + c
 *
 * With s = r/(2 + r), log(1 + r) = 2·artanh s, so c = r²/2 − s·(r²/2 + s²·p(s²)), as in fdlibm's `log1p`. p is the minimax
 * fit of three terms on this range: 2e-9 of s. A division costs less than the terms it saves.
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
  const s = f32x4.div(r, f32x4.add(r, f32x4.splat(2)));
  const z = f32x4.mul(s, s);
  const p = line(z, line(z, f32x4.splat(P2), P1), P0);
  const half = f32x4.mul(f32x4.mul(r, r), f32x4.splat(0.5));
  const c = f32x4.sub(half, f32x4.mul(s, f32x4.add(half, f32x4.mul(z, p))));
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
