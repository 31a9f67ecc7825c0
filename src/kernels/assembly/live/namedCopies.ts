import { getFloat, putFloat } from '../shared/arrays';
import { DictionaryMemory, templateRow } from './DictionaryMemory';
import { sumInitialShares } from './preparation';

/**
 * Puts templates of a large dictionary into a small one, in the place of its last templates. Audio thread too: a few
 * copies of rows, and one sum over the small dictionary.
 *
 * @param names indexes of templates of the large one, as float32; below 0 for none
 * @param first the first place
 */
export function placeTemplates(dictionary: usize, from: usize, names: usize, first: i32): void {
  const d = changetype<DictionaryMemory>(dictionary);
  const source = changetype<DictionaryMemory>(from);
  const row = (<usize>d.rowFloats) << 2;
  for (let r = first; r < d.count; r++) {
    const name = <i32>getFloat(names, r - first);
    const target = templateRow(d, r);
    if (name < 0) {
      memory.fill(target, 0, row);
      putFloat(d.templateSums, r, 0);
      continue;
    }
    memory.copy(target, templateRow(source, name), row);
    putFloat(d.templateSums, r, getFloat(source.templateSums, name));
    store<u8>(d.componentOf + <usize>r, load<u8>(source.componentOf + <usize>name));
  }
  sumInitialShares(d);
}
