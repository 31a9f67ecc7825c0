import { EUCLIDEAN } from '../../constants';
import { getFloat, putFloat } from '../shared/arrays';
import { VECTOR_BYTES } from '../shared/simd';
import { DictionaryMemory } from './DictionaryMemory';
import { scaleToOne } from './rows';
import { listAllTemplates } from './templateLists';
import { fillTemplateGram } from './templateProducts';

/** Scales the templates in place to a sum of 1 each, and derives from them what the activation of every frame needs. */
export function prepareDictionary(dictionary: usize): void {
  const d = changetype<DictionaryMemory>(dictionary);
  const row = (<usize>d.rowFloats) << 2;
  for (let r = 0; r < d.count; r++) {
    const w = d.templates + row * <usize>r;
    putFloat(d.templateSums, r, scaleToOne(w, w, d.rowFloats));
  }
  sumInitialShares(d);
  listAllTemplates(d);
  if (d.divergence === EUCLIDEAN && d.kept === d.count) fillTemplateGram(d);
}

/** The approximation with which the activation of every frame starts. */
export function sumInitialShares(d: DictionaryMemory): void {
  const row = (<usize>d.rowFloats) << 2;
  memory.fill(d.initialApproximation, 0, row);
  for (let r = 0; r < d.count; r++) {
    const w = d.templates + row * <usize>r;
    const share = f32x4.splat(getFloat(d.initialShares, r));
    for (let at: usize = 0; at < row; at += VECTOR_BYTES) {
      const sum = f32x4.add(v128.load(d.initialApproximation + at), f32x4.mul(share, v128.load(w + at)));
      v128.store(d.initialApproximation + at, sum);
    }
  }
}
