import { getFloat, getInt, putFloat, putInt } from '../shared/arrays';
import { VECTOR_BYTES } from '../shared/simd';
import { DictionaryMemory, templateRow } from './DictionaryMemory';
import { sumInitialShares } from './preparation';

/** No template: where a row of zeros stands. */
const NOTHING: i32 = -1;

/**
 * Puts templates of a large dictionary into a small one, in the place of its last templates, whose number changes with
 * them. Those that were there before keep the activations with which the next frame starts. Audio thread too: a few copies
 * of rows, and one sum over the small dictionary. If that is for stacked frames, it gets a row for each channel.
 *
 * @param names `places` indexes of templates of the large one, ascending, as float32; larger ones where there are no more
 * @param first the first place
 */
export function placeTemplates(dictionary: usize, from: usize, names: usize, places: i32, first: i32): void {
  const d = changetype<DictionaryMemory>(dictionary);
  const source = changetype<DictionaryMemory>(from);
  const named = countBelow(names, places, <f32>source.count);
  const before = rememberPlaces(d);
  let changed = first + named !== before;
  let old = first;
  for (let i = 0; i < named; i++) {
    const name = <i32>getFloat(names, i);
    while (old < before && rememberedOrigin(d, old) < name) old++;
    const stays = old < before && rememberedOrigin(d, old) === name;
    putFloat(d.h, first + i, stays ? rememberedH(d, old) : 0);
    if (getInt(d.origins, first + i) === name) continue;
    place(d, first + i, source, name);
    changed = true;
  }
  memory.fill(d.activations, 0, (<usize>(first + places)) << 2);
  if (!changed) return;
  d.count = first + named;
  d.kept = d.count;
  memory.fill(templateRow(d, d.count), 0, (<usize>d.rowFloats) << 2);
  putInt(d.origins, d.count, NOTHING);
  sumInitialShares(d);
}

/** How many values come before the first that is not below a limit. */
function countBelow(values: usize, length: i32, limit: f32): i32 {
  let count = 0;
  while (count < length && getFloat(values, count) < limit) count++;
  return count;
}

/** Copies h and the origins to where they are out of the way. Returns the number of templates. */
function rememberPlaces(d: DictionaryMemory): i32 {
  const bytes = (<usize>d.count) << 2;
  memory.copy(d.numerators, d.h, bytes);
  memory.copy(d.active, d.origins, bytes);
  return d.count;
}

// @inline
function rememberedH(d: DictionaryMemory, place: i32): f32 {
  return getFloat(d.numerators, place);
}

// @inline
function rememberedOrigin(d: DictionaryMemory, place: i32): i32 {
  return getInt(d.active, place);
}

function place(d: DictionaryMemory, r: i32, source: DictionaryMemory, name: i32): void {
  putInt(d.origins, r, name);
  const row = (<usize>source.rowFloats) << 2;
  const isStacked = d.rowFloats > source.rowFloats;
  const w = templateRow(source, name);
  const sum = getFloat(source.templateSums, name);
  if (isStacked) {
    const left = getFloat(source.panning, name);
    scaleRow(w, left, row, templateRow(d, r));
    scaleRow(w, <f32>1 - left, row, templateRow(d, r) + row);
  } else memory.copy(templateRow(d, r), w, row);
  putFloat(d.templateSums, r, isStacked ? <f32>2 * sum : sum);
  store<u8>(d.componentOf + <usize>r, load<u8>(source.componentOf + <usize>name));
}

function scaleRow(row: usize, factor: f32, bytes: usize, out: usize): void {
  const factors = f32x4.splat(factor);
  for (let at: usize = 0; at < bytes; at += VECTOR_BYTES) {
    v128.store(out + at, f32x4.mul(factors, v128.load(row + at)));
  }
}
