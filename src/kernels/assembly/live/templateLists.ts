import { getInt, putFloat, putInt } from '../shared/arrays';
import { DictionaryMemory } from './DictionaryMemory';

/** Lists of templates, as `DictionaryMemory` says. */

export function listAllTemplates(d: DictionaryMemory): void {
  for (let r = 0; r < d.count; r++) putInt(d.candidates, r, r);
  padList(d, d.candidates, d.count);
}

/** Continues a list with the row of zeros, up to the next multiple of 4. */
export function padList(d: DictionaryMemory, list: usize, length: i32): void {
  for (let i = length; i < length + 4; i++) putInt(list, i, d.count);
}

/** Makes the `kept` templates with the largest activations the candidates, and sets the other activations to zero. */
export function keepLoudest(d: DictionaryMemory): void {
  // Floats that are not negative are ordered like their bits. So the largest threshold that at least `kept` activations
  // reach is found bit by bit.
  let threshold = 0;
  for (let bit = 30; bit >= 0; bit--) {
    const trial = threshold | (1 << bit);
    if (countAbove(d, trial - 1) >= d.kept) threshold = trial;
  }
  let ties = d.kept - countAbove(d, threshold);
  let candidates = 0;
  for (let r = 0; r < d.count; r++) {
    const value = getInt(d.h, r);
    if (value > threshold || (value === threshold && ties-- > 0)) putInt(d.candidates, candidates++, r);
    else putFloat(d.h, r, 0);
  }
  padList(d, d.candidates, candidates);
}

/** Activations above a threshold, given as the bits of a float32. */
function countAbove(d: DictionaryMemory, threshold: i32): i32 {
  let count = 0;
  for (let r = 0; r < d.count; r++) count += getInt(d.h, r) > threshold ? 1 : 0;
  return count;
}
