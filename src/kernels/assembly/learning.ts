/**
 * Learning, V ≈ W·H: what the driver calls. The states of a learner are numbered 0 … 2; both factors are kept as
 * strips (`tiles.ts`), scaled as `prepareLearner` says.
 */
import { iterateDivergence } from './divergences';
import { iterateEuclidean } from './euclidean';
import { Learner, stateOf } from './Learner';
import { FLOOR, ITAKURA_SAITO, KULLBACK_LEIBLER } from './losses';
import { maxLanes, VECTOR } from './simd';
import { STRIP } from './tiles';
import { extrapolate } from './updates';

export { createLearner, releaseLearner } from './Learner';

/** Address of V: rows of `learnerRowBytes`. */
export function learnerSpectrogram(learner: usize): usize {
  return changetype<Learner>(learner).v;
}

export function learnerRowBytes(learner: usize): usize {
  return changetype<Learner>(learner).rowBytes;
}

/** Address of W of a state: strips of bins. */
export function learnerTemplates(learner: usize, state: i32): usize {
  return stateOf(changetype<Learner>(learner), state).w;
}

/** Address of H of a state: strips of frames. */
export function learnerActivations(learner: usize, state: i32): usize {
  return stateOf(changetype<Learner>(learner), state).h;
}

/** Address of one i32 a template: not 0 where it stays as it is. */
export function learnerHeld(learner: usize): usize {
  return changetype<Learner>(learner).held;
}

/** Exponent bits of float32: with no others set, a power of two. */
const EXPONENT_MASK: i32 = 0x7f800000;
/** Bits of 2^127 · 2^127: subtracting those of a power of two gives those of its inverse. */
const INVERSE_OFFSET: i32 = 0x7f000000;
/** Bits of 2^±126: a power of two between them and its inverse are both normal. */
const SMALLEST_POWER: i32 = 0x00800000;
const LARGEST_POWER: i32 = 0x7e800000;

/** Zero for what is negative, infinite or not a number. */
// @ts-ignore: decorator
@inline
function positive(x: v128): v128 {
  return v128.and(x, v128.and(f32x4.gt(x, f32x4.splat(0)), f32x4.lt(x, f32x4.splat(Infinity))));
}

/**
 * Takes V as it was written: what is negative or not a number counts as zero. Scales it by a power of two, which
 * changes no digit, so that its maximum lies between 1 and 2. Itakura-Saito compares relative values only, so zeros
 * become the floor.
 *
 * @returns the scale
 */
export function prepareLearner(learner: usize, divergence: i32): f32 {
  const l = changetype<Learner>(learner);
  const end = l.v + l.rowBytes * <usize>(l.frameStrips * STRIP);
  let highest = f32x4.splat(0);
  for (let at = l.v; at < end; at += VECTOR) highest = f32x4.pmax(highest, positive(v128.load(at)));
  const largest = maxLanes(highest);
  const power = min(max(reinterpret<i32>(largest) & EXPONENT_MASK, SMALLEST_POWER), LARGEST_POWER);
  l.scale = largest > 0 ? reinterpret<f32>(INVERSE_OFFSET - power) : <f32>1;
  const factor = f32x4.splat(l.scale);
  const lowest = f32x4.splat(divergence == ITAKURA_SAITO ? FLOOR : <f32>0);
  let squares = f64x2.splat(0);
  for (let at = l.v; at < end; at += VECTOR) {
    const x = f32x4.pmax(f32x4.mul(positive(v128.load(at)), factor), lowest);
    v128.store(at, x);
    const low = f64x2.promote_low_f32x4(x);
    const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 0, 1));
    squares = f64x2.add(squares, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
  }
  l.energy = f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1);
  return l.scale;
}

/**
 * One Euclidean iteration in place, H then W.
 *
 * @param sweeps 0: multiplicative updates; else hierarchical alternating least squares with so many sweeps
 * @returns the loss after it, scaled
 */
export function iterateLearner(learner: usize, state: i32, sweeps: i32): f64 {
  const l = changetype<Learner>(learner);
  return iterateEuclidean(l, stateOf(l, state), sweeps);
}

/**
 * One multiplicative iteration, H then W, from one state to another.
 *
 * @param divergence Kullback-Leibler or Itakura-Saito
 * @returns the loss before it, scaled
 */
export function advanceLearner(learner: usize, divergence: i32, from: i32, to: i32): f64 {
  const l = changetype<Learner>(learner);
  if (divergence == KULLBACK_LEIBLER) return iterateDivergence(l, stateOf(l, from), stateOf(l, to), KULLBACK_LEIBLER);
  return iterateDivergence(l, stateOf(l, from), stateOf(l, to), ITAKURA_SAITO);
}

/** to ← current + step · (current − previous), for W and H, kept above zero. `to` may be `previous`. */
export function extrapolateLearner(learner: usize, current: i32, previous: i32, step: f32, to: i32): void {
  const l = changetype<Learner>(learner);
  const a = stateOf(l, current);
  const b = stateOf(l, previous);
  const target = stateOf(l, to);
  extrapolate(a.w, b.w, step, l.stripBytes * <usize>l.binStrips, target.w);
  extrapolate(a.h, b.h, step, l.stripBytes * <usize>l.frameStrips, target.h);
}
