import { correlate, Dictionary } from './Dictionary';
import { dot, getFloat, getInt, putFloat } from './rows';

/** Losses below this fraction of the frame's energy are rounding noise. */
const PERFECT: f32 = 1e-6;
/** The slowest frame in a hundred of a song needs 790 with 64 templates, a microsecond each. */
const MAXIMUM_SWEEPS: i32 = 800;
/** Products that all sweeps may take: as many with 64 templates, and with more no longer. */
const MAXIMUM_PRODUCTS: i32 = 800 * 64 * 64;
/** Stop when a sweep lowers the loss by less than this fraction. */
const TOLERANCE: f32 = 1e-5;

/**
 * Euclidean activations by hierarchical alternating least squares (Cichocki and Phan, "Fast local algorithms for large
 * scale nonnegative matrix and tensor factorizations", IEICE Transactions E92-A, 2009): each activation in turn to its
 * best value, on inner products of the templates alone. Returns the number of sweeps.
 */
export function descendOnGram(d: Dictionary): i32 {
  const rowBytes = (<usize>d.gramStride) << 2;
  correlate(d, d.candidates, d.kept, d.frame, d.multipliers);
  memory.fill(d.solution, 0, rowBytes);
  const energy = dot(d.frame, d.frame, d.stride);
  let loss = energy;
  const maximum = min(MAXIMUM_SWEEPS, MAXIMUM_PRODUCTS / (d.kept * d.gramStride));
  let sweeps = 0;
  let gain: f32;
  do {
    gain = sweep(d, rowBytes);
    loss -= gain;
    sweeps++;
  } while (gain > TOLERANCE * max(loss, PERFECT * energy) && sweeps < maximum);
  for (let i = 0; i < d.kept; i++) putFloat(d.h, getInt(d.candidates, i), getFloat(d.solution, i));
  return sweeps;
}

/** Returns by how much the loss falls. */
function sweep(d: Dictionary, rowBytes: usize): f32 {
  let gain: f32 = 0;
  for (let i = 0; i < d.kept; i++) {
    const row = d.gram + rowBytes * <usize>i;
    const square = getFloat(row, i);
    if (square <= 0) continue;
    const before = getFloat(d.solution, i);
    const slope = getFloat(d.multipliers, i) - dot(row, d.solution, d.gramStride);
    const after = max(before + slope / square, <f32>0);
    const step = after - before;
    if (step == 0) continue;
    putFloat(d.solution, i, after);
    gain += step * (<f32>2 * slope - step * square);
  }
  return gain;
}
