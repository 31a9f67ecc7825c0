import { getInt, putFloat } from '../shared/arrays';
import { LINE_BYTES, LINE_FLOATS, VECTOR_BYTES } from '../shared/simd';
import { limited } from './factorLimits';

/**
 * The multiplicative update X ← X ∘ numerator / denominator of a factor, where the gradient of the loss is denominator
 * − numerator and neither part is negative (Lee and Seung, "Algorithms for non-negative matrix factorization", NIPS
 * 2000, theorems 1 and 2; for all β-divergences Févotte and Idier, "Algorithms for nonnegative matrix factorization
 * with the β-divergence", Neural Computation 23, 2011).
 */

/**
 * to ← from ∘ numerator / denominator, on one strip.
 *
 * @param held one int32 for each template, not 0 where the template is only copied; or 0 where none is
 */
export function updateStrip(
  from: usize,
  numerator: usize,
  denominator: usize,
  templates: i32,
  held: usize,
  to: usize,
): void {
  for (let k = 0; k < templates; k++) {
    if (held !== 0 && getInt(held, k)) memory.copy(to, from, LINE_BYTES);
    else {
      for (let at: usize = 0; at < LINE_BYTES; at += VECTOR_BYTES) {
        v128.store(to + at, updated(v128.load(from + at), v128.load(numerator + at), v128.load(denominator + at)));
      }
    }
    from += LINE_BYTES;
    numerator += LINE_BYTES;
    denominator += LINE_BYTES;
    to += LINE_BYTES;
  }
}

/** Where the denominator is 0, x has no part in the approximation, and stays as it is. */
// @inline
function updated(x: v128, numerator: v128, denominator: v128): v128 {
  const product = f32x4.mul(x, f32x4.div(numerator, denominator));
  return limited(v128.bitselect(product, x, f32x4.gt(denominator, f32x4.splat(0))));
}

/**
 * Writes a strip in which every column of a template holds the template's sum over all columns of all strips: the
 * denominator for Kullback-Leibler.
 *
 * @param count number of strips
 */
export function spreadSums(strips: usize, stripBytes: usize, count: i32, templates: i32, out: usize): void {
  for (let k = 0; k < templates; k++) {
    let sum: f64 = 0;
    const line = <usize>k * LINE_BYTES;
    let at = strips + line;
    for (let strip = 0; strip < count; strip++) {
      for (let column: usize = 0; column < LINE_BYTES; column += 4) sum += <f64>load<f32>(at + column);
      at += stripBytes;
    }
    for (let column = 0; column < LINE_FLOATS; column++) putFloat(out + line, column, <f32>sum);
  }
}
