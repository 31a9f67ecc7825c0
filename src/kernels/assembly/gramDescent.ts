import { correlate, Dictionary } from './Dictionary';
import { dot, getFloat, putFloat } from './rows';

/** Losses below this fraction of the frame's energy are rounding noise. */
const PERFECT: f32 = 1e-6;
/** A sweep of 64 templates takes a microsecond, and the slowest frame in a hundred of a song needs 790. */
const MAXIMUM_SWEEPS: i32 = 800;
/** Stop when a sweep lowers the loss by less than this fraction. */
const TOLERANCE: f32 = 1e-5;

/**
 * Euclidean activations by hierarchical alternating least squares (Cichocki and Phan, "Fast local algorithms for large
 * scale nonnegative matrix and tensor factorizations", IEICE Transactions E92-A, 2009): each activation in turn to its
 * best value, on inner products of the templates alone. Returns the number of sweeps.
 */
export function descendOnGram(d: Dictionary): i32 {
  const gramRow = (<usize>d.gramStride) << 2;
  correlate(d, d.candidates, d.count, d.frame, d.multipliers);
  memory.fill(d.h, 0, gramRow);
  const energy = dot(d.frame, d.frame, d.stride);
  let loss = energy;
  for (let sweep = 1; sweep <= MAXIMUM_SWEEPS; sweep++) {
    let gain: f32 = 0;
    for (let r = 0; r < d.count; r++) {
      const square = getFloat(d.squares, r);
      if (square <= 0) continue;
      const before = getFloat(d.h, r);
      const slope = getFloat(d.multipliers, r) - dot(d.gram + gramRow * <usize>r, d.h, d.gramStride);
      const after = max(before + slope / square, <f32>0);
      const step = after - before;
      if (step == 0) continue;
      putFloat(d.h, r, after);
      gain += step * (<f32>2 * slope - step * square);
    }
    loss -= gain;
    if (gain <= TOLERANCE * max(loss, PERFECT * energy)) return sweep;
  }
  return MAXIMUM_SWEEPS;
}
