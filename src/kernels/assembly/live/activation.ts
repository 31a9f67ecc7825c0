import { EUCLIDEAN, KULLBACK_LEIBLER } from '../../constants';
import { getFloat, putFloat } from '../shared/arrays';
import { descendByCoordinates, MAXIMUM_ROUNDS } from './coordinateDescent';
import { DictionaryMemory } from './DictionaryMemory';
import { descendOnGram } from './gramDescent';
import { LARGEST_VALUE, SMALLEST_ACTIVATION } from './limits';
import { startFromPrevious, startFromShares } from './multiplicativeStart';
import { scaleToOne } from './rows';
import { keepLoudest, listAllTemplates } from './templateLists';
import { fillTemplateGram } from './templateProducts';

/**
 * Multiplicative updates of all templates before the loudest are kept. Fewer keep worse ones: after a single update,
 * templates that explain the same partials still share them equally.
 */
const SCREENING_UPDATES: i32 = 4;
/** Rounds of descent where a frame starts from the one before: what is left to do, the next frame goes on with. */
const ROUNDS_IN_SUCCESSION: i32 = 4;

/**
 * Finds the activations h of one frame v with the templates W fixed: the minimum of D(v | W·h) over h ≥ 0, from an
 * initialisation that depends on the frame and the templates only. They are left in the dictionary.
 *
 * @param v magnitudes, a padded row
 * @returns sweeps of coordinate descent, 0 for silence
 */
export function activateFrame(dictionary: usize, v: usize): i32 {
  return activate(changetype<DictionaryMemory>(dictionary), v, false);
}

/**
 * The same in a third of the time, from the activations of the frame before, where frames are much like the ones before
 * them: the minimum of the Kullback-Leibler divergence does not depend on where the search starts. For the other
 * divergences it is `activateFrame`.
 */
export function activateNextFrame(dictionary: usize, v: usize): i32 {
  const d = changetype<DictionaryMemory>(dictionary);
  return activate(d, v, d.divergence === KULLBACK_LEIBLER);
}

function activate(d: DictionaryMemory, v: usize, next: bool): i32 {
  memory.fill(d.activations, 0, (<usize>d.count) << 2);
  const frameSum = scaleToOne(v, d.frame, d.rowFloats);
  if (frameSum === 0 || d.count === 0) return 0;
  const sweeps = minimiseDivergence(d, next);
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
function minimiseDivergence(d: DictionaryMemory, next: bool): i32 {
  const all = d.kept === d.count;
  // The Gram matrix of all templates was filled when the dictionary was prepared.
  if (all && d.divergence === EUCLIDEAN) return descendOnGram(d);
  listAllTemplates(d);
  if (!all) {
    startFromShares(d, SCREENING_UPDATES);
    keepLoudest(d);
  } else if (next) startFromPrevious(d);
  else startFromShares(d, 1);
  if (d.divergence !== EUCLIDEAN) return descendByCoordinates(d, next ? ROUNDS_IN_SUCCESSION : MAXIMUM_ROUNDS);
  fillTemplateGram(d);
  return descendOnGram(d);
}
