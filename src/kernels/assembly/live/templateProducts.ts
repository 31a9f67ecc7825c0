import { getFloat, getInt, putFloat, putInt } from '../shared/arrays';
import { sumLanes, VECTOR_BYTES } from '../shared/simd';
import { DictionaryMemory, templateRow } from './DictionaryMemory';
import { FRAME_FLOOR } from './limits';
import { addScaledRows } from './rows';
import { padList } from './templateLists';

/** Products of the templates of a list with activations, with a row of bins, and with each other. */

/** approximation ← FRAME_FLOOR + Σ h_r·W_r over the listed templates; those with h_r > 0 become the active ones. */
export function approximateFrame(d: DictionaryMemory, list: usize, length: i32): void {
  const row = (<usize>d.rowFloats) << 2;
  for (let at: usize = 0; at < row; at += VECTOR_BYTES) v128.store(d.approximation + at, f32x4.splat(FRAME_FLOOR));
  let nonzero = 0;
  for (let i = 0; i < length; i++) {
    const r = getInt(list, i);
    if (getFloat(d.h, r) > 0) putInt(d.active, nonzero++, r);
  }
  padList(d, d.active, nonzero);
  putFloat(d.h, d.count, 0);
  const end = d.approximation + row;
  for (let i = 0; i < nonzero; i += 4) {
    const r0 = getInt(d.active, i);
    const r1 = getInt(d.active, i + 1);
    const r2 = getInt(d.active, i + 2);
    const r3 = getInt(d.active, i + 3);
    // biome-ignore format: one template a line
    addScaledRows(d.approximation, end,
      templateRow(d, r0), getFloat(d.h, r0),
      templateRow(d, r1), getFloat(d.h, r1),
      templateRow(d, r2), getFloat(d.h, r2),
      templateRow(d, r3), getFloat(d.h, r3));
  }
}

/** out[i] ← Σ W_r ∘ values, where r is entry i of the list. Writes a multiple of 4 floats. */
export function correlateTemplates(d: DictionaryMemory, list: usize, length: i32, values: usize, out: usize): void {
  const end = values + ((<usize>d.rowFloats) << 2);
  for (let i = 0; i < length; i += 4) {
    let w0 = templateRow(d, getInt(list, i));
    let w1 = templateRow(d, getInt(list, i + 1));
    let w2 = templateRow(d, getInt(list, i + 2));
    let w3 = templateRow(d, getInt(list, i + 3));
    let sum0 = f32x4.splat(0);
    let sum1 = sum0;
    let sum2 = sum0;
    let sum3 = sum0;
    for (let at = values; at < end; at += VECTOR_BYTES) {
      const x = v128.load(at);
      sum0 = f32x4.add(sum0, f32x4.mul(x, v128.load(w0)));
      sum1 = f32x4.add(sum1, f32x4.mul(x, v128.load(w1)));
      sum2 = f32x4.add(sum2, f32x4.mul(x, v128.load(w2)));
      sum3 = f32x4.add(sum3, f32x4.mul(x, v128.load(w3)));
      w0 += VECTOR_BYTES;
      w1 += VECTOR_BYTES;
      w2 += VECTOR_BYTES;
      w3 += VECTOR_BYTES;
    }
    putFloat(out, i, sumLanes(sum0));
    putFloat(out, i + 1, sumLanes(sum1));
    putFloat(out, i + 2, sumLanes(sum2));
    putFloat(out, i + 3, sumLanes(sum3));
  }
}

/**
 * gram ← WᵀW of the candidates. The matrix is symmetric: each row is computed from the diagonal on, rounded down to a
 * multiple of 4, and the rest is copied.
 */
export function fillTemplateGram(d: DictionaryMemory): void {
  const gramBytes = (<usize>d.gramStride) << 2;
  for (let i = 0; i < d.kept; i++) {
    const first = i & ~3;
    const offset = (<usize>first) << 2;
    const row = d.gram + gramBytes * <usize>i;
    const template = templateRow(d, getInt(d.candidates, i));
    correlateTemplates(d, d.candidates + offset, d.kept - first, template, row + offset);
    for (let j = first + 4; j < d.kept; j++) putFloat(d.gram + gramBytes * <usize>j, i, getFloat(row, j));
  }
}
