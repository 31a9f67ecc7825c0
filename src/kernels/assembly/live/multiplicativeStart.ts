import { getFloat, putFloat } from '../shared/arrays';
import { VECTOR_BYTES } from '../shared/simd';
import { DictionaryMemory } from './DictionaryMemory';
import { fillGradientTerms, findMultipliers } from './gradient';
import { FRAME_FLOOR } from './limits';
import { approximateFrame } from './templateProducts';

/**
 * The part that the initial shares have where a frame starts from the one before. With 0.01 to 0.1 steady sound takes the
 * same time; with less, attacks take longer than without a frame before.
 */
const FRESH_PART: f32 = 0.1;

/** h ← the initial shares after so many multiplicative updates of all templates. */
export function startFromShares(d: DictionaryMemory, updates: i32): void {
  memory.copy(d.h, d.initialShares, (<usize>d.count) << 2);
  putFloat(d.h, d.count, 0);
  const row = (<usize>d.rowFloats) << 2;
  for (let at: usize = 0; at < row; at += VECTOR_BYTES) {
    const y = f32x4.add(v128.load(d.initialApproximation + at), f32x4.splat(FRAME_FLOOR));
    v128.store(d.approximation + at, y);
  }
  for (let i = 0; i < updates; i++) {
    if (i > 0) approximateFrame(d, d.candidates, d.count);
    updateAll(d);
  }
}

/** h ← the h of the frame before, and some of the initial shares, after one multiplicative update of all templates. */
export function startFromPrevious(d: DictionaryMemory): void {
  let sum: f32 = 0;
  for (let r = 0; r < d.count; r++) sum += getFloat(d.h, r);
  const fresh = sum > 0 ? FRESH_PART : <f32>1;
  const kept = sum > 0 ? (<f32>1 - fresh) / sum : <f32>0;
  for (let r = 0; r < d.count; r++) putFloat(d.h, r, kept * getFloat(d.h, r) + fresh * getFloat(d.initialShares, r));
  putFloat(d.h, d.count, 0);
  approximateFrame(d, d.candidates, d.count);
  updateAll(d);
}

/** One multiplicative update of all templates. */
function updateAll(d: DictionaryMemory): void {
  fillGradientTerms(d);
  findMultipliers(d, d.count);
  for (let r = 0; r < d.count; r++) putFloat(d.h, r, getFloat(d.h, r) * getFloat(d.multipliers, r));
}
