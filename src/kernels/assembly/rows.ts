import { sumLanes, VECTOR } from './simd';

/** Vectors of floats, products with them, and lists of numbers. Lengths are multiples of 4. */

/** Values above this are cut: sums must stay finite. */
export const HUGE: f32 = 1e30;
/** Scaled values below this are zero. */
const NEGLIGIBLE: f32 = 1e-15;
/** What sums to less is silent. */
const SILENT: f32 = 1e-25;

/** `count` is a multiple of 4. */
export function dot(a: usize, b: usize, count: i32): f32 {
  const end = a + ((<usize>count) << 2);
  let sum = f32x4.splat(0);
  while (a < end) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(a), v128.load(b)));
    a += VECTOR;
    b += VECTOR;
  }
  return sumLanes(sum);
}

/** out ← values / Σ values; returns the sum. What is not a positive number counts as zero; silence gives zeros and 0. */
export function scaleToOne(values: usize, out: usize, count: i32): f32 {
  const bytes = (<usize>count) << 2;
  const zero = f32x4.splat(0);
  const huge = f32x4.splat(HUGE);
  let sums = zero;
  for (let at: usize = 0; at < bytes; at += VECTOR) {
    // pmax(0, NaN) is 0.
    const clean = f32x4.pmin(f32x4.pmax(zero, v128.load(values + at)), huge);
    v128.store(out + at, clean);
    sums = f32x4.add(sums, clean);
  }
  const sum = sumLanes(sums);
  if (sum < SILENT) {
    memory.fill(out, 0, bytes);
    return 0;
  }
  const scale = f32x4.splat(<f32>1 / sum);
  const least = f32x4.splat(NEGLIGIBLE);
  for (let at: usize = 0; at < bytes; at += VECTOR) {
    const scaled = f32x4.mul(v128.load(out + at), scale);
    v128.store(out + at, v128.and(scaled, f32x4.gt(scaled, least)));
  }
  return sum;
}

export function addRows(sum: usize, end: usize, w0: usize, h0: f32, w1: usize, h1: f32, w2: usize, h2: f32, w3: usize, h3: f32): void {
  const g0 = f32x4.splat(h0);
  const g1 = f32x4.splat(h1);
  const g2 = f32x4.splat(h2);
  const g3 = f32x4.splat(h3);
  while (sum < end) {
    const low = f32x4.add(f32x4.mul(g0, v128.load(w0)), f32x4.mul(g1, v128.load(w1)));
    const high = f32x4.add(f32x4.mul(g2, v128.load(w2)), f32x4.mul(g3, v128.load(w3)));
    v128.store(sum, f32x4.add(v128.load(sum), f32x4.add(low, high)));
    sum += VECTOR;
    w0 += VECTOR;
    w1 += VECTOR;
    w2 += VECTOR;
    w3 += VECTOR;
  }
}

// @ts-ignore: decorator
@inline
export function quotient(above: f32, below: f32): f32 {
  return below > 0 ? min(above / below, HUGE) : 0;
}

// @ts-ignore: decorator
@inline
export function getFloat(array: usize, index: i32): f32 {
  return load<f32>(array + ((<usize>index) << 2));
}

// @ts-ignore: decorator
@inline
export function putFloat(array: usize, index: i32, value: f32): void {
  store<f32>(array + ((<usize>index) << 2), value);
}

// @ts-ignore: decorator
@inline
export function getInt(array: usize, index: i32): i32 {
  return load<i32>(array + ((<usize>index) << 2));
}

// @ts-ignore: decorator
@inline
export function putInt(array: usize, index: i32, value: i32): void {
  store<i32>(array + ((<usize>index) << 2), value);
}
