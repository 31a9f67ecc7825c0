import { allocate, release } from './memory';
import { addRows, dot, getFloat, getInt, putFloat, putInt, scaleToOne } from './rows';
import { ROW_FLOATS, sumLanes, VECTOR } from './simd';

/** Divergences are numbered as in the TypeScript; the others are in `losses.ts`. */
export const EUCLIDEAN: i32 = 0;

/** Added to every approximated magnitude, of a frame that sums to 1. Its cube must be a normal float32. */
export const FLOOR: f32 = 1e-10;
/** Scaled activations below this are zero. */
export const OFF: f32 = 1e-9;

/** Templates up to which the Gram matrix is kept: beyond, preparing it would take longer than a quantum. */
const GRAM_LIMIT: i32 = 128;

/**
 * The templates W of a model and the room to activate one frame at a time with them.
 *
 * Everything is scaled: templates and frame sum to 1, so that thresholds have a meaning and no denormal arises. Rows are
 * padded with zeros to whole lines, and an all-zero row follows the last template: lists of rows are padded with it to
 * multiples of 4, so that no loop has a remainder.
 */
// @ts-ignore: decorator
@unmanaged
export class Dictionary {
  count: i32;
  /** Templates that may sound at a time. */
  kept: i32;
  /** Floats a row. */
  stride: i32;
  divergence: i32;
  templates: usize;
  /** One byte a template. */
  componentOf: usize;
  /** What each template summed to before it was scaled. */
  sums: usize;
  /** Factor on each template's cost. */
  penalties: usize;
  /** What each template has of the start, together 1. */
  shares: usize;
  /** Euclidean: inner products of the templates that may sound, gramStride² floats, and their activations. */
  gram: usize;
  gramStride: i32;
  solution: usize;
  /** Mean of all templates, weighted by their shares: the approximation at the start. */
  mean: usize;
  /** The scaled frame, its approximation, and the two sides of the gradient. */
  frame: usize;
  approximation: usize;
  attraction: usize;
  repulsion: usize;
  /** Scaled activations, and those of the templates as they were given. */
  h: usize;
  activations: usize;
  /** The point that the last sweeps started from: activations and approximation. */
  startH: usize;
  start: usize;
  /** For each row of the current list: attraction / repulsion. */
  multipliers: usize;
  /** Likewise the repulsion alone. */
  repulsions: usize;
  /** Rows the solution may use, and rows that are on. */
  candidates: usize;
  active: usize;
}

/** Bytes from one padded row of bins to the next. */
export function rowBytes(bins: i32): usize {
  return (<usize>((bins + ROW_FLOATS - 1) & ~(ROW_FLOATS - 1))) << 2;
}

/** Makes room for a dictionary: fill in templates, components and, where they differ, penalties and shares; then call `prepareDictionary`. */
export function createDictionary(count: i32, bins: i32, divergence: i32, kept: i32): usize {
  const d = changetype<Dictionary>(allocate(offsetof<Dictionary>()));
  d.count = count;
  d.kept = min(divergence == EUCLIDEAN ? min(kept, GRAM_LIMIT) : kept, count);
  d.stride = <i32>(rowBytes(bins) >> 2);
  d.divergence = divergence;
  const row = (<usize>d.stride) << 2;
  const list = (<usize>count + 8) << 2;
  d.templates = allocate(row * (<usize>count + 1));
  d.componentOf = allocate(<usize>count);
  d.sums = allocate(list);
  d.penalties = allocate(list);
  d.shares = allocate(list);
  d.h = allocate(list);
  d.activations = allocate(list);
  d.startH = allocate(list);
  d.start = allocate(row);
  d.multipliers = allocate(list);
  d.repulsions = allocate(list);
  d.candidates = allocate(list);
  d.active = allocate(list);
  d.mean = allocate(row);
  d.frame = allocate(row);
  d.approximation = allocate(row);
  d.attraction = allocate(row);
  d.repulsion = allocate(row);
  if (divergence == EUCLIDEAN) {
    d.gramStride = (d.kept + 3) & ~3;
    d.gram = allocate(<usize>(d.gramStride * d.gramStride) << 2);
    d.solution = allocate(<usize>d.gramStride << 2);
  }
  for (let r = 0; r < count; r++) {
    putFloat(d.penalties, r, 1);
    putFloat(d.shares, r, <f32>1 / <f32>count);
  }
  return changetype<usize>(d);
}

export function releaseDictionary(dictionary: usize): void {
  const d = changetype<Dictionary>(dictionary);
  release(d.templates);
  release(d.componentOf);
  release(d.sums);
  release(d.penalties);
  release(d.shares);
  release(d.h);
  release(d.activations);
  release(d.startH);
  release(d.start);
  release(d.multipliers);
  release(d.repulsions);
  release(d.candidates);
  release(d.active);
  release(d.mean);
  release(d.frame);
  release(d.approximation);
  release(d.attraction);
  release(d.repulsion);
  if (d.divergence == EUCLIDEAN) {
    release(d.gram);
    release(d.solution);
  }
  release(dictionary);
}

/** Address of the templates: count rows. */
export function dictionaryTemplates(dictionary: usize): usize {
  return changetype<Dictionary>(dictionary).templates;
}

/** Address of the component of each template: count bytes. */
export function dictionaryComponents(dictionary: usize): usize {
  return changetype<Dictionary>(dictionary).componentOf;
}

/** Address of the factors on each template's cost: count floats. */
export function dictionaryPenalties(dictionary: usize): usize {
  return changetype<Dictionary>(dictionary).penalties;
}

/** Address of what each template has of the start: count floats. */
export function dictionaryShares(dictionary: usize): usize {
  return changetype<Dictionary>(dictionary).shares;
}

/** Address of the activations of the frame activated last: count floats. */
export function dictionaryActivations(dictionary: usize): usize {
  return changetype<Dictionary>(dictionary).activations;
}

/** Scales the templates in place to a sum of 1 and derives what activation needs. */
export function prepareDictionary(dictionary: usize): void {
  const d = changetype<Dictionary>(dictionary);
  const row = (<usize>d.stride) << 2;
  for (let r = 0; r < d.count; r++) {
    const w = d.templates + row * <usize>r;
    const share = f32x4.splat(getFloat(d.shares, r));
    putFloat(d.sums, r, scaleToOne(w, w, d.stride));
    for (let at: usize = 0; at < row; at += VECTOR) {
      v128.store(d.mean + at, f32x4.add(v128.load(d.mean + at), f32x4.mul(share, v128.load(w + at))));
    }
  }
  listAll(d);
  if (d.divergence == EUCLIDEAN && d.kept == d.count) fillGram(d);
}

/** Inner products of the candidates. The matrix is symmetric, so each row begins at the diagonal, to the quad. */
export function fillGram(d: Dictionary): void {
  const rowBytes = (<usize>d.gramStride) << 2;
  for (let i = 0; i < d.kept; i++) {
    const first = i & ~3;
    const row = d.gram + rowBytes * <usize>i;
    correlate(d, d.candidates + ((<usize>first) << 2), d.kept - first, templateRow(d, getInt(d.candidates, i)), row + ((<usize>first) << 2));
    for (let j = first + 4; j < d.kept; j++) putFloat(d.gram + rowBytes * <usize>j, i, getFloat(row, j));
  }
}

export function listAll(d: Dictionary): void {
  for (let r = 0; r < d.count; r++) putInt(d.candidates, r, r);
  padList(d, d.candidates, d.count);
}

/** Rounds a list up to a multiple of 4 with the row of zeros. */
export function padList(d: Dictionary, list: usize, length: i32): void {
  for (let i = length; i < length + 4; i++) putInt(list, i, d.count);
}

/** approximation ← FLOOR + Σ h_r · W_r over the listed rows that are on. */
export function approximate(d: Dictionary, list: usize, length: i32): void {
  const row = (<usize>d.stride) << 2;
  for (let at: usize = 0; at < row; at += VECTOR) v128.store(d.approximation + at, f32x4.splat(FLOOR));
  let on = 0;
  for (let i = 0; i < length; i++) {
    const r = getInt(list, i);
    if (getFloat(d.h, r) > 0) putInt(d.active, on++, r);
  }
  padList(d, d.active, on);
  putFloat(d.h, d.count, 0);
  const end = d.approximation + row;
  for (let i = 0; i < on; i += 4) {
    const a = getInt(d.active, i);
    const b = getInt(d.active, i + 1);
    const c = getInt(d.active, i + 2);
    const e = getInt(d.active, i + 3);
    addRows(d.approximation, end, templateRow(d, a), getFloat(d.h, a), templateRow(d, b), getFloat(d.h, b), templateRow(d, c), getFloat(d.h, c), templateRow(d, e), getFloat(d.h, e));
  }
}

/** out[i] = Σ W_r · values for the listed rows; writes a multiple of 4. */
export function correlate(d: Dictionary, list: usize, length: i32, values: usize, out: usize): void {
  const end = values + ((<usize>d.stride) << 2);
  for (let i = 0; i < length; i += 4) {
    let w0 = templateRow(d, getInt(list, i));
    let w1 = templateRow(d, getInt(list, i + 1));
    let w2 = templateRow(d, getInt(list, i + 2));
    let w3 = templateRow(d, getInt(list, i + 3));
    let sum0 = f32x4.splat(0);
    let sum1 = sum0;
    let sum2 = sum0;
    let sum3 = sum0;
    for (let at = values; at < end; at += VECTOR) {
      const x = v128.load(at);
      sum0 = f32x4.add(sum0, f32x4.mul(x, v128.load(w0)));
      sum1 = f32x4.add(sum1, f32x4.mul(x, v128.load(w1)));
      sum2 = f32x4.add(sum2, f32x4.mul(x, v128.load(w2)));
      sum3 = f32x4.add(sum3, f32x4.mul(x, v128.load(w3)));
      w0 += VECTOR;
      w1 += VECTOR;
      w2 += VECTOR;
      w3 += VECTOR;
    }
    putFloat(out, i, sumLanes(sum0));
    putFloat(out, i + 1, sumLanes(sum1));
    putFloat(out, i + 2, sumLanes(sum2));
    putFloat(out, i + 3, sumLanes(sum3));
  }
}

// @ts-ignore: decorator
@inline
export function templateRow(d: Dictionary, r: i32): usize {
  return d.templates + (((<usize>d.stride) << 2) * <usize>r);
}
