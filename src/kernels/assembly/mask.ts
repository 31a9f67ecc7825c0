import { Dictionary, templateRow } from './Dictionary';
import { getFloat } from './rows';
import { exp2, log2, VECTOR } from './simd';

/** Of the frame's whole approximation: below this a bin is silent in every component, and they share it equally. */
const SILENT: f32 = 1e-30;

/**
 * Masks of all components from the activations in the dictionary: (Σ of W_r·h_r over its templates)^p / Σ over all
 * components of the same; 0/0 gives 1/K.
 *
 * @param components K
 * @param bins number of bins; the padding counts as silent
 * @param masks receives K rows of `rowBytes`
 * @param sounding receives one int32 a component: whether its mask is anything but zero
 */
export function componentMasks(d: Dictionary, components: i32, bins: i32, exponent: f32, masks: usize, rowBytes: usize, sounding: usize): void {
  memory.fill(masks, 0, rowBytes * <usize>components);
  memory.fill(sounding, 0, (<usize>components) << 2);
  sumTemplates(d, masks, rowBytes, sounding);
  if (normaliseAll(masks, rowBytes, components, bins, exponent)) {
    for (let k = 0; k < components; k++) store<i32>(sounding + ((<usize>k) << 2), 1);
  }
}

/** Adds each template, times its share of the whole activation, to the row of its component. */
function sumTemplates(d: Dictionary, masks: usize, rowBytes: usize, sounding: usize): void {
  let whole: f32 = 0;
  for (let r = 0; r < d.count; r++) whole += getFloat(d.activations, r) * getFloat(d.sums, r);
  if (whole <= 0) return;
  for (let r = 0; r < d.count; r++) {
    const share = (getFloat(d.activations, r) * getFloat(d.sums, r)) / whole;
    if (share <= 0) continue;
    const component = <usize>load<u8>(d.componentOf + <usize>r);
    store<i32>(sounding + (component << 2), 1);
    addScaled(masks + rowBytes * component, templateRow(d, r), share, rowBytes);
  }
}

function addScaled(sum: usize, row: usize, factor: f32, bytes: usize): void {
  const factors = f32x4.splat(factor);
  for (let at: usize = 0; at < bytes; at += VECTOR) {
    v128.store(sum + at, f32x4.add(v128.load(sum + at), f32x4.mul(factors, v128.load(row + at))));
  }
}

/** Returns whether any bin was 0/0. */
function normaliseAll(masks: usize, rowBytes: usize, components: i32, bins: i32, exponent: f32): bool {
  const end = (<usize>bins) << 2;
  let shared = false;
  for (let at: usize = 0; at < rowBytes; at += VECTOR) {
    const silent = normalise(masks + at, rowBytes, components, exponent);
    if (at + VECTOR <= end) shared = shared || v128.any_true(silent);
    // The last bin, of half the sampling rate, stands first in its vector.
    else if (at < end) shared = shared || i32x4.extract_lane(silent, 0) != 0;
  }
  return shared;
}

/** Turns sums into masks, relative to the loudest so that no exponent overflows. Returns the lanes that were 0/0. */
function normalise(column: usize, rowBytes: usize, components: i32, exponent: f32): v128 {
  const end = column + rowBytes * <usize>components;
  let loudest = f32x4.splat(0);
  for (let at = column; at < end; at += rowBytes) loudest = f32x4.pmax(loudest, v128.load(at));
  const silent = f32x4.lt(loudest, f32x4.splat(SILENT));
  const one = f32x4.splat(1);
  const scale = f32x4.div(one, f32x4.pmax(loudest, f32x4.splat(SILENT)));
  let sum = f32x4.splat(0);
  for (let at = column; at < end; at += rowBytes) {
    const value = v128.bitselect(one, power(f32x4.mul(v128.load(at), scale), exponent), silent);
    v128.store(at, value);
    sum = f32x4.add(sum, value);
  }
  const share = f32x4.div(one, sum);
  for (let at = column; at < end; at += rowBytes) v128.store(at, f32x4.mul(v128.load(at), share));
  return silent;
}

/** x^p for x in 0 … 1 */
// @ts-ignore: decorator
@inline
function power(x: v128, p: f32): v128 {
  if (p == 2) return f32x4.mul(x, x);
  if (p == 1) return x;
  const audible = f32x4.gt(x, f32x4.splat(SILENT));
  return v128.and(audible, exp2(f32x4.mul(f32x4.splat(p), log2(f32x4.pmax(x, f32x4.splat(SILENT))))));
}
