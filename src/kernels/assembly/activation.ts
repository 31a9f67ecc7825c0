import { descend, startFromShares } from './descent';
import { Dictionary, EUCLIDEAN, fillGram, listAll, OFF, padList } from './Dictionary';
import { descendOnGram } from './gramDescent';
import { getFloat, getInt, HUGE, putFloat, putInt, scaleToOne } from './rows';

/**
 * Activations h of one frame v with the templates W fixed: min D(v | W·h) over h ≥ 0, solved until converged, from a
 * start that depends on the frame and the templates only.
 */

/**
 * Multiplicative updates of all templates before the loudest are chosen. Fewer choose worse: after one, templates that
 * explain the same partials still share them equally.
 */
const SCREENING_UPDATES: i32 = 4;

/**
 * Solves one frame. The result is left in the dictionary's activations.
 *
 * @param v magnitudes, a padded row
 * @returns sweeps of coordinate descent, 0 for silence
 */
export function activateFrame(dictionary: usize, v: usize): i32 {
  const d = changetype<Dictionary>(dictionary);
  memory.fill(d.activations, 0, (<usize>d.count) << 2);
  const energy = scaleToOne(v, d.frame, d.stride);
  if (energy == 0 || d.count == 0) return 0;
  const sweeps = solve(d);
  for (let r = 0; r < d.count; r++) {
    const sum = getFloat(d.sums, r);
    const value = getFloat(d.h, r);
    if (sum > 0 && value > OFF) putFloat(d.activations, r, min((value * energy) / sum, HUGE));
  }
  return sweeps;
}

function solve(d: Dictionary): i32 {
  const all = d.kept == d.count;
  if (all && d.divergence == EUCLIDEAN) return descendOnGram(d);
  listAll(d);
  startFromShares(d, all ? 1 : SCREENING_UPDATES);
  if (!all) keepLoudest(d);
  if (d.divergence != EUCLIDEAN) return descend(d);
  fillGram(d);
  return descendOnGram(d);
}

/** Keeps the rows with the largest activations as candidates, and turns the others off. */
function keepLoudest(d: Dictionary): void {
  // Floats that are not negative sort like their bits: find the largest threshold that enough of them reach, bit by bit.
  let threshold = 0;
  for (let bit = 30; bit >= 0; bit--) {
    const trial = threshold | (1 << bit);
    if (countAbove(d, trial - 1) >= d.kept) threshold = trial;
  }
  let ties = d.kept - countAbove(d, threshold);
  let candidates = 0;
  for (let r = 0; r < d.count; r++) {
    const value = getInt(d.h, r);
    if (value > threshold || (value == threshold && ties-- > 0)) putInt(d.candidates, candidates++, r);
    else putFloat(d.h, r, 0);
  }
  padList(d, d.candidates, candidates);
}

function countAbove(d: Dictionary, threshold: i32): i32 {
  let count = 0;
  for (let r = 0; r < d.count; r++) count += <i32>(getInt(d.h, r) > threshold);
  return count;
}
