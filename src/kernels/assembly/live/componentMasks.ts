import { getFloat } from '../shared/arrays';
import { VECTOR_BYTES } from '../shared/simd';
import { DictionaryMemory, templateRow } from './DictionaryMemory';
import { power } from './power';

/**
 * The masks of all components: in each bin, component k gets
 *
 *     Y_k^p / Σ_j Y_j^p        with Y_k = Σ W_r·h_r over the templates r of component k
 *
 * With exponent p = 2 this is a Wiener filter. Where all Y are zero, each component gets 1/K. Stacked templates, which have
 * a row for each of two channels, give masks for each channel.
 */

/**
 * A bin is silent where no component has more than this, relative to the whole frame: all components share it equally.
 */
const SILENT_BIN: f32 = 1e-30;

/**
 * @param components K
 * @param bins of a row, without the padding, which counts as silent
 * @param exponent p
 * @param masks gets K × channels rows of `rowBytes` bytes
 * @param nonzeroMasks gets K int32: 0 where the mask is all zero
 */
export function fillMasks(
  d: DictionaryMemory,
  components: i32,
  bins: i32,
  exponent: f32,
  masks: usize,
  rowBytes: usize,
  nonzeroMasks: usize,
): void {
  const stride = (<usize>d.rowFloats) << 2;
  memory.fill(masks, 0, stride * <usize>components);
  memory.fill(nonzeroMasks, 0, (<usize>components) << 2);
  sumTemplates(d, masks, stride, nonzeroMasks);
  let anySilent = false;
  for (let channel: usize = 0; channel < stride; channel += rowBytes) {
    if (normaliseMasks(masks + channel, stride, rowBytes, components, bins, exponent)) anySilent = true;
  }
  if (!anySilent) return;
  for (let k = 0; k < components; k++) store<i32>(nonzeroMasks + ((<usize>k) << 2), 1);
}

/** Adds each template, times its share of the whole activation, to the row of its component. */
function sumTemplates(d: DictionaryMemory, masks: usize, stride: usize, nonzeroMasks: usize): void {
  let whole: f32 = 0;
  for (let r = 0; r < d.count; r++) whole += getFloat(d.activations, r) * getFloat(d.templateSums, r);
  if (whole <= 0) return;
  for (let r = 0; r < d.count; r++) {
    const share = (getFloat(d.activations, r) * getFloat(d.templateSums, r)) / whole;
    if (share <= 0) continue;
    const component = <usize>load<u8>(d.componentOf + <usize>r);
    store<i32>(nonzeroMasks + (component << 2), 1);
    addScaledTemplate(masks + stride * component, templateRow(d, r), share, stride);
  }
}

function addScaledTemplate(sum: usize, template: usize, factor: f32, bytes: usize): void {
  const factors = f32x4.splat(factor);
  for (let at: usize = 0; at < bytes; at += VECTOR_BYTES) {
    v128.store(sum + at, f32x4.add(v128.load(sum + at), f32x4.mul(factors, v128.load(template + at))));
  }
}

/**
 * Turns the sums Y_k of all bins of a channel into masks. Returns whether any bin, without the padding, was silent.
 *
 * @param stride bytes from one component to the next
 */
function normaliseMasks(masks: usize, stride: usize, rowBytes: usize, components: i32, bins: i32, exponent: f32): bool {
  const end = (<usize>bins) << 2;
  let anySilent = false;
  for (let at: usize = 0; at < rowBytes; at += VECTOR_BYTES) {
    const silent = normaliseBins(masks + at, stride, components, exponent);
    // The number of bins is a multiple of 4, plus 1: the last bin stands first in its vector, before the padding.
    const counted = at + VECTOR_BYTES <= end ? v128.any_true(silent) : at < end && i32x4.extract_lane(silent, 0) !== 0;
    if (counted) anySilent = true;
  }
  return anySilent;
}

/**
 * Turns the sums Y_k of four bins into masks. The powers are of Y_k relative to the largest Y, so that none overflows.
 *
 * @param column the four bins in the first row of the masks
 * @returns the lanes that were silent
 */
function normaliseBins(column: usize, stride: usize, components: i32, exponent: f32): v128 {
  const end = column + stride * <usize>components;
  let largest = f32x4.splat(0);
  for (let at = column; at < end; at += stride) largest = f32x4.pmax(largest, v128.load(at));
  const silent = f32x4.lt(largest, f32x4.splat(SILENT_BIN));
  const one = f32x4.splat(1);
  const scale = f32x4.div(one, f32x4.pmax(largest, f32x4.splat(SILENT_BIN)));
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
