import { EUCLIDEAN } from '../../constants';
import { getFloat, putFloat } from '../shared/arrays';
import { descendByCoordinates } from './coordinateDescent';
import { DictionaryMemory } from './DictionaryMemory';
import { descendOnGram } from './gramDescent';
import { LARGEST_VALUE, SMALLEST_ACTIVATION } from './limits';
import { startFromShares } from './multiplicativeStart';
import { scaleToOne } from './rows';
import { keepLoudest, listAllTemplates } from './templateLists';
import { fillTemplateGram } from './templateProducts';

/**
 * Multiplicative updates of all templates before the loudest are kept. Fewer keep worse ones: after a single update,
 * templates that explain the same partials still share them equally.
 */
const SCREENING_UPDATES: i32 = 4;

/**
 * Finds the activations h of one frame v with the templates W fixed: the minimum of D(v | W·h) over h ≥ 0, from an
 * initialisation that depends on the frame and the templates only. They are left in the dictionary.
 *
 * @param v magnitudes, a padded row
 * @returns sweeps of coordinate descent, 0 for silence
 */
export function activateFrame(dictionary: usize, v: usize): i32 {
  const d = changetype<DictionaryMemory>(dictionary);
  memory.fill(d.activations, 0, (<usize>d.count) << 2);
  const frameSum = scaleToOne(v, d.frame, d.rowFloats);
  if (frameSum === 0 || d.count === 0) return 0;
  const sweeps = minimiseDivergence(d);
  for (let r = 0; r < d.count; r++) {
    const sum = getFloat(d.templateSums, r);
    const value = getFloat(d.h, r);
    if (sum > 0 && value > SMALLEST_ACTIVATION) {
      putFloat(d.activations, r, min((value * frameSum) / sum, LARGEST_VALUE));
    }
  }
  return sweeps;
}

/** Finds h, the scaled activations. Returns the number of sweeps. */
function minimiseDivergence(d: DictionaryMemory): i32 {
  const all = d.kept === d.count;
  // The Gram matrix of all templates was filled when the dictionary was prepared.
  if (all && d.divergence === EUCLIDEAN) return descendOnGram(d);
  listAllTemplates(d);
  startFromShares(d, all ? 1 : SCREENING_UPDATES);
  if (!all) keepLoudest(d);
  if (d.divergence !== EUCLIDEAN) return descendByCoordinates(d);
  fillTemplateGram(d);
  return descendOnGram(d);
}
