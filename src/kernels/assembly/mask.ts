import { exp2, log2, ROW_FLOATS, VECTOR } from './simd';

const LINE: usize = 64;

/** Below this the components hear nothing in a bin, and share it equally. */
const SILENT: f32 = 1e-30;

/**
 * Masks of all components: (Σ of W_r·h_r over its templates)^p / Σ over all components of the same; 0/0 gives 1/K.
 * Works on one line of 16 bins at a time, so that all components' values stay in the cache.
 *
 * @param rows addresses of template rows (padded to whole lines), grouped by component
 * @param gains one activation a row
 * @param ends for each component, the index after its last row
 * @param bins number of bins; padding counts as silent
 * @param masks receives components rows, `stride` floats apart, a multiple of 16
 * @returns whether any bin was 0/0
 */
export function componentMasks(rows: usize, gains: usize, ends: usize, components: i32, bins: i32, exponent: f32, masks: usize, stride: i32): bool {
  const strideBytes = (<usize>stride) << 2;
  const lines = (bins + ROW_FLOATS - 1) / ROW_FLOATS;
  let shared = false;
  for (let line = 0; line < lines; line++) {
    const at = (<usize>line) * LINE;
    let row = 0;
    for (let k = 0; k < components; k++) {
      const end = load<i32>(ends + ((<usize>k) << 2));
      sumRows(rows, gains, row, end, at, masks + strideBytes * <usize>k + at);
      row = end;
    }
    for (let i: usize = 0; i < LINE; i += VECTOR) {
      const silent = normalise(masks + at + i, strideBytes, components, exponent);
      const real = bins - ((<i32>(at + i)) >> 2);
      if (i8x16.bitmask(silent) && real > 0) shared = shared || real >= 4 || (i32x4.bitmask(silent) & ((1 << real) - 1)) != 0;
    }
  }
  return shared;
}

/** sum[0 … 15] = Σ gain · row over a range of rows */
function sumRows(rows: usize, gains: usize, from: i32, to: i32, at: usize, sum: usize): void {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  for (let r = from; r < to; r++) {
    const index = (<usize>r) << 2;
    const row = load<usize>(rows + index) + at;
    const gain = v128.load_splat<f32>(gains + index);
    a = f32x4.add(a, f32x4.mul(gain, v128.load(row)));
    b = f32x4.add(b, f32x4.mul(gain, v128.load(row, VECTOR)));
    c = f32x4.add(c, f32x4.mul(gain, v128.load(row, 2 * VECTOR)));
    d = f32x4.add(d, f32x4.mul(gain, v128.load(row, 3 * VECTOR)));
  }
  v128.store(sum, a);
  v128.store(sum, b, VECTOR);
  v128.store(sum, c, 2 * VECTOR);
  v128.store(sum, d, 3 * VECTOR);
}

/** Turns one column of sums into masks, relative to the loudest so that no exponent overflows. Returns the lanes that were 0/0. */
function normalise(column: usize, stride: usize, components: i32, exponent: f32): v128 {
  const end = column + stride * <usize>components;
  let loudest = f32x4.splat(0);
  for (let at = column; at < end; at += stride) loudest = f32x4.max(loudest, v128.load(at));
  const silent = f32x4.lt(loudest, f32x4.splat(SILENT));
  const one = f32x4.splat(1);
  const scale = f32x4.div(one, f32x4.max(loudest, f32x4.splat(SILENT)));
  let sum = f32x4.splat(0);
  for (let at = column; at < end; at += stride) {
    const value = v128.bitselect(one, power(f32x4.mul(v128.load(at), scale), exponent), silent);
    v128.store(at, value);
    sum = f32x4.add(sum, value);
  }
  const share = f32x4.div(one, sum);
  for (let at = column; at < end; at += stride) v128.store(at, f32x4.mul(v128.load(at), share));
  return silent;
}

/** x^p for x in 0 … 1 */
// @ts-ignore: decorator
@inline
function power(x: v128, p: f32): v128 {
  if (p == 2) return f32x4.mul(x, x);
  if (p == 1) return x;
  const audible = f32x4.gt(x, f32x4.splat(SILENT));
  return v128.and(audible, exp2(f32x4.mul(f32x4.splat(p), log2(f32x4.max(x, f32x4.splat(SILENT))))));
}
