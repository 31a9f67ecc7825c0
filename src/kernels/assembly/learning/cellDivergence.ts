import { ITAKURA_SAITO } from '../../constants';
import { exponentOf, LN_2, mantissaOf, shiftedBits } from '../shared/logarithm';
import { multiplyAdd } from '../shared/simd';

/** The polynomial p below. */
const P0: f32 = 0.66666776;
const P1: f32 = 0.39977542;
const P2: f32 = 0.29871729;

/**
 * The divergence of four cells, accurate to float32 rounding even where v ≈ y. There log x and x − 1 nearly cancel, so
 * their difference is computed as a whole. With x = v/y = m·2^e (`shared/logarithm.ts`), r = m − 1 and
 * c = r − log(1 + r):
 *
 *     Kullback-Leibler  y·(x·log x − x + 1) = y·(r·(x − 1) − (x − m) + x·(e·log 2 − c))
 *     Itakura-Saito     x − log x − 1       = (x − m) − (e·log 2 − c)
 *
 * c comes from a series that starts with its leading term r²/2, as in fdlibm's `log1p`: with s = r/(2 + r),
 * log(1 + r) = 2·artanh s gives c = r²/2 − s·(r²/2 + s²·p(s²)). p is the minimax polynomial of three terms for these m,
 * with an error of 2e-9·s. The division costs less than the terms that it saves.
 *
 * @param x v/y
 * @param divergence KULLBACK_LEIBLER or ITAKURA_SAITO, a compile-time constant
 */
// @inline
export function cellDivergence(x: v128, y: v128, divergence: i32): v128 {
  const shifted = shiftedBits(x);
  const exponent = exponentOf(shifted);
  const m = mantissaOf(shifted);
  const r = f32x4.sub(m, f32x4.splat(1));
  const s = f32x4.div(r, f32x4.add(r, f32x4.splat(2)));
  const z = f32x4.mul(s, s);
  const p = multiplyAdd(z, multiplyAdd(z, f32x4.splat(P2), P1), P0);
  const halfSquare = f32x4.mul(f32x4.mul(r, r), f32x4.splat(0.5));
  const c = f32x4.sub(halfSquare, f32x4.mul(s, f32x4.add(halfSquare, f32x4.mul(z, p))));
  const excess = f32x4.sub(f32x4.mul(exponent, f32x4.splat(LN_2)), c);
  const rest = f32x4.sub(x, m);
  if (divergence === ITAKURA_SAITO) return f32x4.sub(rest, excess);
  const linear = f32x4.sub(f32x4.mul(r, f32x4.sub(x, f32x4.splat(1))), rest);
  return f32x4.mul(y, f32x4.add(linear, f32x4.mul(x, excess)));
}
