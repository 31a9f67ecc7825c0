import { getFloat, getInt, putFloat } from '../shared/arrays';
import { DictionaryMemory } from './DictionaryMemory';
import { dot } from './rows';
import { correlateTemplates } from './templateProducts';

/** Losses below this fraction of Σ v² are rounding noise. */
const NOISE_LOSS_FRACTION: f32 = 1e-6;
/** The slowest frame in a hundred of a song needs 790 sweeps with 64 templates; a sweep takes a microsecond there. */
const MAXIMUM_SWEEPS: i32 = 800;
/** Products in all sweeps: those of 800 sweeps with 64 templates, so that more templates take no longer. */
const MAXIMUM_PRODUCTS: i32 = 800 * 64 * 64;
/** The descent ends when a sweep lowers the loss by less than this fraction of it. */
const SWEEP_TOLERANCE: f32 = 1e-5;

/**
 * Euclidean activations by hierarchical alternating least squares (Cichocki and Phan, "Fast local algorithms for large
 * scale nonnegative matrix and tensor factorizations", IEICE Transactions on Fundamentals E92-A, 2009), on the products
 * Wᵀv and WᵀW alone. Returns the number of sweeps.
 */
export function descendOnGram(d: DictionaryMemory): i32 {
  const gramBytes = (<usize>d.gramStride) << 2;
  correlateTemplates(d, d.candidates, d.kept, d.frame, d.numerators);
  memory.fill(d.gramSolution, 0, gramBytes);
  const energy = dot(d.frame, d.frame, d.rowFloats);
  let loss = energy;
  const maximum = min(MAXIMUM_SWEEPS, MAXIMUM_PRODUCTS / (d.kept * d.gramStride));
  let sweeps = 0;
  let gain: f32;
  do {
    gain = sweepGram(d, gramBytes);
    loss -= gain;
    sweeps++;
  } while (gain > SWEEP_TOLERANCE * max(loss, NOISE_LOSS_FRACTION * energy) && sweeps < maximum);
  for (let i = 0; i < d.kept; i++) putFloat(d.h, getInt(d.candidates, i), getFloat(d.gramSolution, i));
  return sweeps;
}

/**
 * Sets each activation in turn to its best value, with the others fixed:
 *
 *     h_i ← max(0, h_i + (Wᵀv − WᵀW·h)_i / (WᵀW)_ii)
 *
 * Returns by how much ‖v − W·h‖² falls: s·(2·slope − s·(WᵀW)_ii) for each step s.
 */
function sweepGram(d: DictionaryMemory, gramBytes: usize): f32 {
  let gain: f32 = 0;
  for (let i = 0; i < d.kept; i++) {
    const row = d.gram + gramBytes * <usize>i;
    const square = getFloat(row, i);
    if (square <= 0) continue;
    const before = getFloat(d.gramSolution, i);
    const slope = getFloat(d.numerators, i) - dot(row, d.gramSolution, d.gramStride);
    const after = max(before + slope / square, <f32>0);
    const step = after - before;
    if (step === 0) continue;
    putFloat(d.gramSolution, i, after);
    gain += step * (<f32>2 * slope - step * square);
  }
  return gain;
}
