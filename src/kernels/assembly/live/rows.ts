import { LINE_FLOATS, sumLanes, VECTOR_BYTES } from '../shared/simd';
import { LARGEST_VALUE } from './limits';

/** Padded rows of bins: float32 values, followed by zeros up to a whole number of cache lines. */

/** A row that sums to less counts as silent. */
const SILENT_SUM: f32 = 1e-25;
/** Values below this, of a row that sums to 1, become zero. */
const SMALLEST_SCALED_VALUE: f32 = 1e-15;

/** Bytes of a padded row of `bins` float32 values. */
export function rowBytes(bins: i32): usize {
  return (<usize>((bins + LINE_FLOATS - 1) & ~(LINE_FLOATS - 1))) << 2;
}

/** Σ a ∘ b. `count` is a multiple of 4. */
export function dot(a: usize, b: usize, count: i32): f32 {
  const end = a + ((<usize>count) << 2);
  let sum = f32x4.splat(0);
  while (a < end) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(a), v128.load(b)));
    a += VECTOR_BYTES;
    b += VECTOR_BYTES;
  }
  return sumLanes(sum);
}

/**
 * out ← values / Σ values, where a value that is negative or not a number counts as zero.
 *
 * @param count a multiple of 4
 * @returns the sum, or 0 for silence, which gives zeros
 */
export function scaleToOne(values: usize, out: usize, count: i32): f32 {
  const bytes = (<usize>count) << 2;
  const zero = f32x4.splat(0);
  const largest = f32x4.splat(LARGEST_VALUE);
  let sums = zero;
  for (let at: usize = 0; at < bytes; at += VECTOR_BYTES) {
    // pmax(0, NaN) is 0.
    const clean = f32x4.pmin(f32x4.pmax(zero, v128.load(values + at)), largest);
    v128.store(out + at, clean);
    sums = f32x4.add(sums, clean);
  }
  const sum = sumLanes(sums);
  if (sum < SILENT_SUM) {
    memory.fill(out, 0, bytes);
    return 0;
  }
  const scale = f32x4.splat(<f32>1 / sum);
  const smallest = f32x4.splat(SMALLEST_SCALED_VALUE);
  for (let at: usize = 0; at < bytes; at += VECTOR_BYTES) {
    const scaled = f32x4.mul(v128.load(out + at), scale);
    v128.store(out + at, v128.and(scaled, f32x4.gt(scaled, smallest)));
  }
  return sum;
}

/** sum ← sum + h0·w0 + h1·w1 + h2·w2 + h3·w3 for the bins up to the address `end` in `sum`. */
export function addScaledRows(
  sum: usize,
  end: usize,
  w0: usize,
  h0: f32,
  w1: usize,
  h1: f32,
  w2: usize,
  h2: f32,
  w3: usize,
  h3: f32,
): void {
  const g0 = f32x4.splat(h0);
  const g1 = f32x4.splat(h1);
  const g2 = f32x4.splat(h2);
  const g3 = f32x4.splat(h3);
  while (sum < end) {
    const low = f32x4.add(f32x4.mul(g0, v128.load(w0)), f32x4.mul(g1, v128.load(w1)));
    const high = f32x4.add(f32x4.mul(g2, v128.load(w2)), f32x4.mul(g3, v128.load(w3)));
    v128.store(sum, f32x4.add(v128.load(sum), f32x4.add(low, high)));
    sum += VECTOR_BYTES;
    w0 += VECTOR_BYTES;
    w1 += VECTOR_BYTES;
    w2 += VECTOR_BYTES;
    w3 += VECTOR_BYTES;
  }
}

/** numerator / denominator, at most LARGEST_VALUE; 0 where the denominator is 0. */
// @inline
export function quotient(numerator: f32, denominator: f32): f32 {
  return denominator > 0 ? min(numerator / denominator, LARGEST_VALUE) : 0;
}
