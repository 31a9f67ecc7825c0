import { getFloat, putFloat } from '../shared/arrays';
import { VECTOR_BYTES } from '../shared/simd';
import { DictionaryMemory } from './DictionaryMemory';
import { fillGradientTerms, findMultipliers } from './gradient';
import { FRAME_FLOOR } from './limits';
import { approximateFrame } from './templateProducts';

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
    fillGradientTerms(d);
    findMultipliers(d, d.count);
    for (let r = 0; r < d.count; r++) putFloat(d.h, r, getFloat(d.h, r) * getFloat(d.multipliers, r));
  }
}
