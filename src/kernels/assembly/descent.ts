import { approximate, correlate, Dictionary, EUCLIDEAN, FLOOR, OFF, templateRow } from './Dictionary';
import { extrapolate, markStart } from './extrapolation';
import { ITAKURA_SAITO, KULLBACK_LEIBLER } from './losses';
import { getFloat, getInt, putFloat, putInt, quotient } from './rows';
import { log2, sumLanes, VECTOR } from './simd';

/**
 * Coordinate descent on the bins, for Kullback-Leibler and Itakura-Saito: from multiplicative updates of given
 * shares, cyclic descent (Hsieh and Dhillon, "Fast coordinate descent methods with variable selection for non-negative matrix
 * factorization", KDD 2011, section 3.2) over the templates that are on or want to be, which each round finds anew from
 * the full gradient.
 */

/** Descent sweeps between two looks at the full gradient. */
const SWEEPS_A_ROUND: i32 = 2;
const MAXIMUM_ROUNDS: i32 = 40;
/** Stop when the loss is expected to fall by less than this fraction. */
const TOLERANCE: f32 = 2e-4;
/** Losses below this, of a frame that sums to 1, are rounding noise. */
const PERFECT: f32 = 1e-6;
/** Slowest and fastest convergence that is believed: what remains is 2 to 19 times what the last round gained. */
const SLOWEST_RATE: f32 = 0.95;
const FASTEST_RATE: f32 = 0.7;
/** A template leaves the descent when its share is below this fraction of an equal share and its gradient is against it. */
const WEAK_SHARE: f32 = 1e-2;
const LN_2: f32 = 0.69314718055994531;

/** h ← so many multiplicative updates of the shares. */
export function startFromShares(d: Dictionary, updates: i32): void {
  memory.copy(d.h, d.shares, (<usize>d.count) << 2);
  putFloat(d.h, d.count, 0);
  const row = (<usize>d.stride) << 2;
  for (let at: usize = 0; at < row; at += VECTOR) {
    v128.store(d.approximation + at, f32x4.add(v128.load(d.mean + at), f32x4.splat(FLOOR)));
  }
  for (let i = 0; i < updates; i++) {
    if (i > 0) approximate(d, d.candidates, d.count);
    findSlopes(d);
    findMultipliers(d, d.count);
    for (let r = 0; r < d.count; r++) putFloat(d.h, r, getFloat(d.h, r) * getFloat(d.multipliers, r));
  }
}

/** Rounds of descent until the loss is as good as converged. Returns the number of sweeps. */
export function descend(d: Dictionary): i32 {
  let loss: f32 = 0;
  let previousGain: f32 = 0;
  for (let round = 1; round <= MAXIMUM_ROUNDS; round++) {
    approximate(d, d.candidates, d.kept);
    // Logarithms are dear: the loss is found once, from then on the gains of each step are taken off.
    if (round == 2) loss = lossOf(d);
    findSlopes(d);
    if (round > 1) loss -= goOn(d);
    findMultipliers(d, d.kept);
    const active = listActive(d);
    markStart(d);
    const gain = sweepActive(d, active);
    loss -= gain;
    if (round > 1 && expectedGain(gain, previousGain) <= TOLERANCE * max(loss, PERFECT)) return round * SWEEPS_A_ROUND;
    previousGain = gain;
  }
  return MAXIMUM_ROUNDS * SWEEPS_A_ROUND;
}

/** Extrapolates the round before. Returns by how much the loss falls. */
function goOn(d: Dictionary): f32 {
  const gain = d.divergence == KULLBACK_LEIBLER ? extrapolate(d, KULLBACK_LEIBLER) : extrapolate(d, ITAKURA_SAITO);
  if (gain > 0) {
    approximate(d, d.candidates, d.kept);
    findSlopes(d);
  }
  return gain;
}

/** What is still to be gained if the gains go on falling at the rate of the last two rounds. */
function expectedGain(gain: f32, previousGain: f32): f32 {
  if (gain <= 0) return 0;
  const rate = previousGain > 0 ? min(max(gain / previousGain, FASTEST_RATE), SLOWEST_RATE) : SLOWEST_RATE;
  return gain * rate / (<f32>1 - rate);
}

function sweepActive(d: Dictionary, active: i32): f32 {
  if (d.divergence == KULLBACK_LEIBLER) return sweep(d, active, KULLBACK_LEIBLER);
  return sweep(d, active, ITAKURA_SAITO);
}

/**
 * Updates each active row in turn to the minimum along its axis, by one step of a model of the gradient that is exact
 * when one bin dominates. The change of the approximation by one row is written when the next is visited: one pass over
 * the bins for each row. `divergence` is a constant, so that each divergence has a loop of its own. Returns by how much
 * the last sweep lowered the loss, to first order in the change of the gradient.
 */
// @ts-ignore: decorator
@inline
function sweep(d: Dictionary, active: i32, divergence: i32): f32 {
  const row = (<usize>d.stride) << 2;
  const floor = f32x4.splat(FLOOR);
  let previousRow = d.templates;
  let change: f32 = 0;
  let gain: f32 = 0;
  for (let i = 0; i < active * SWEEPS_A_ROUND; i++) {
    if (i == active * (SWEEPS_A_ROUND - 1)) gain = 0;
    const r = getInt(d.active, i % active);
    const w = templateRow(d, r);
    const changes = f32x4.splat(change);
    let attractions = f32x4.splat(0);
    let repulsions = f32x4.splat(0);
    let curvatures = f32x4.splat(0);
    for (let at: usize = 0; at < row; at += VECTOR) {
      const y = f32x4.pmax(f32x4.add(v128.load(d.approximation + at), f32x4.mul(changes, v128.load(previousRow + at))), floor);
      v128.store(d.approximation + at, y);
      const v = v128.load(d.frame + at);
      const template = v128.load(w + at);
      if (divergence == KULLBACK_LEIBLER) {
        const share = f32x4.div(template, y);
        const pull = f32x4.mul(share, v);
        attractions = f32x4.add(attractions, pull);
        curvatures = f32x4.add(curvatures, f32x4.mul(pull, share));
      } else {
        const inverse = f32x4.div(f32x4.splat(1), y);
        const share = f32x4.mul(template, inverse);
        const pull = f32x4.mul(share, f32x4.mul(v, inverse));
        repulsions = f32x4.add(repulsions, share);
        attractions = f32x4.add(attractions, pull);
        curvatures = f32x4.add(curvatures, f32x4.mul(pull, share));
      }
    }
    const before = getFloat(d.h, r);
    const penalty = getFloat(d.penalties, r);
    const attraction = sumLanes(attractions);
    let slope: f32;
    let step: f32;
    if (divergence == KULLBACK_LEIBLER) {
      // Σ w·v/(y + w·step) ≈ a/(b + step), with the value and the slope it has here.
      slope = attraction - penalty;
      step = (slope / penalty) * quotient(attraction, sumLanes(curvatures));
    } else {
      // Σ w·v/(y + w·step)² ≈ a/(b + step)², likewise; Σ w/y, the slope of the concave part, is held.
      const repulsion = penalty * sumLanes(repulsions);
      slope = attraction - repulsion;
      step = (sqrt(quotient(attraction, repulsion)) - <f32>1) * quotient(attraction, sumLanes(curvatures));
    }
    let after = before + step;
    if (!(after > OFF)) after = 0;
    change = after - before;
    gain += <f32>0.5 * change * slope;
    putFloat(d.h, r, after);
    previousRow = w;
  }
  return gain;
}

/** Lists the candidates that are on or want to be, and turns weak ones off. Returns their number. */
function listActive(d: Dictionary): i32 {
  const weak = WEAK_SHARE / <f32>d.kept;
  let active = 0;
  for (let i = 0; i < d.kept; i++) {
    const r = getInt(d.candidates, i);
    const wanted = getFloat(d.multipliers, i) > 1;
    if (wanted || getFloat(d.h, r) > weak) putInt(d.active, active++, r);
    else if (getFloat(d.h, r) > 0) turnOff(d, r);
  }
  return active;
}

function turnOff(d: Dictionary, r: i32): void {
  const w = templateRow(d, r);
  const share = f32x4.splat(getFloat(d.h, r));
  const row = (<usize>d.stride) << 2;
  for (let at: usize = 0; at < row; at += VECTOR) {
    const rest = f32x4.sub(v128.load(d.approximation + at), f32x4.mul(share, v128.load(w + at)));
    v128.store(d.approximation + at, f32x4.pmax(rest, f32x4.splat(FLOOR)));
  }
  putFloat(d.h, r, 0);
}

/** Fills attraction and repulsion, the two sides of the gradient by bin, from the approximation. */
function findSlopes(d: Dictionary): void {
  const row = (<usize>d.stride) << 2;
  if (d.divergence == EUCLIDEAN) {
    memory.copy(d.attraction, d.frame, row);
    memory.copy(d.repulsion, d.approximation, row);
    return;
  }
  const square = d.divergence == ITAKURA_SAITO;
  for (let at: usize = 0; at < row; at += VECTOR) {
    const inverse = f32x4.div(f32x4.splat(1), v128.load(d.approximation + at));
    const ratio = f32x4.mul(v128.load(d.frame + at), inverse);
    v128.store(d.attraction + at, square ? f32x4.mul(ratio, inverse) : ratio);
    v128.store(d.repulsion + at, inverse);
  }
}

function lossOf(d: Dictionary): f32 {
  const row = (<usize>d.stride) << 2;
  const one = f32x4.splat(1);
  const least = f32x4.splat(FLOOR);
  let loss = f32x4.splat(0);
  for (let at: usize = 0; at < row; at += VECTOR) {
    const y = v128.load(d.approximation + at);
    const v = v128.load(d.frame + at);
    const ratio = f32x4.div(f32x4.pmax(v, least), y);
    const logarithm = f32x4.mul(f32x4.splat(LN_2), log2(ratio));
    const cell =
      d.divergence == KULLBACK_LEIBLER
        ? f32x4.sub(f32x4.mul(v, logarithm), f32x4.sub(v, y))
        : f32x4.sub(f32x4.sub(ratio, logarithm), one);
    loss = f32x4.add(loss, cell);
  }
  return sumLanes(loss);
}

/** multipliers[i] ← attraction / repulsion of candidate i: above 1 where the loss falls with more of it. */
function findMultipliers(d: Dictionary, candidates: i32): void {
  correlate(d, d.candidates, candidates, d.attraction, d.multipliers);
  // Kullback-Leibler repels every bin by 1, and templates sum to 1.
  const plain = d.divergence == KULLBACK_LEIBLER;
  if (!plain) correlate(d, d.candidates, candidates, d.repulsion, d.repulsions);
  for (let i = 0; i < candidates; i++) {
    const repulsion = plain ? <f32>1 : getFloat(d.repulsions, i);
    const penalty = getFloat(d.penalties, getInt(d.candidates, i));
    putFloat(d.multipliers, i, quotient(getFloat(d.multipliers, i), repulsion * penalty));
  }
}
