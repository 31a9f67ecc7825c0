import { ITAKURA_SAITO, KULLBACK_LEIBLER } from '../../constants';
import { getFloat, getInt, putFloat, putInt } from '../shared/arrays';
import { VECTOR_BYTES } from '../shared/simd';
import { SWEEPS_A_ROUND, sweepCoordinates } from './coordinateSweeps';
import { DictionaryMemory, templateRow } from './DictionaryMemory';
import { extrapolateRound, markRoundStart } from './extrapolation';
import { frameLoss } from './frameLoss';
import { fillGradientTerms, findMultipliers } from './gradient';
import { FRAME_FLOOR } from './limits';
import { approximateFrame } from './templateProducts';

/**
 * Cyclic coordinate descent for Kullback-Leibler and Itakura-Saito (Hsieh and Dhillon, "Fast coordinate descent methods
 * with variable selection for non-negative matrix factorization", KDD 2011).
 *
 * It goes by rounds. Each round chooses the active templates by the full gradient, and sweeps over them; the next round
 * first extrapolates what the sweeps did.
 */

export const MAXIMUM_ROUNDS: i32 = 40;
/** The descent ends when the loss is expected to fall by less than this fraction of it. */
const ROUND_TOLERANCE: f32 = 2e-4;
/** Losses below this, of a frame that sums to 1, are rounding noise. */
const NOISE_LOSS: f32 = 1e-6;
/**
 * The least and the most by which one gain is believed to shrink to the next. If each gain is `rate` times the one
 * before, all gains to come are rate/(1 − rate) times the last: 2.3 to 19 times.
 */
const FASTEST_RATE: f32 = 0.7;
const SLOWEST_RATE: f32 = 0.95;
/**
 * An activation becomes zero when it is below this fraction of an equal share, and the gradient would lower it further.
 */
const WEAK_SHARE: f32 = 1e-2;

/** Rounds of descent until the loss has converged, but no more than so many. Returns the number of sweeps. */
export function descendByCoordinates(d: DictionaryMemory, maximumRounds: i32): i32 {
  let loss: f32 = 0;
  let previousGain: f32 = 0;
  for (let round = 1; round <= maximumRounds; round++) {
    approximateFrame(d, d.candidates, d.kept);
    // Logarithms are slow, so the loss is computed once; from then on, the gain of each step is subtracted.
    if (round === 2) loss = frameLoss(d);
    fillGradientTerms(d);
    if (round > 1) loss -= extrapolate(d);
    findMultipliers(d, d.kept);
    const active = listActive(d);
    markRoundStart(d);
    const gain = sweepActive(d, active);
    loss -= gain;
    if (round > 1 && expectedGain(gain, previousGain) <= ROUND_TOLERANCE * max(loss, NOISE_LOSS)) {
      return round * SWEEPS_A_ROUND;
    }
    previousGain = gain;
  }
  return maximumRounds * SWEEPS_A_ROUND;
}

/** Extrapolates the last round, and updates approximation and gradient. Returns by how much the loss falls. */
function extrapolate(d: DictionaryMemory): f32 {
  const gain =
    d.divergence === KULLBACK_LEIBLER ? extrapolateRound(d, KULLBACK_LEIBLER) : extrapolateRound(d, ITAKURA_SAITO);
  if (gain > 0) {
    approximateFrame(d, d.candidates, d.kept);
    fillGradientTerms(d);
  }
  return gain;
}

function sweepActive(d: DictionaryMemory, active: i32): f32 {
  if (d.divergence === KULLBACK_LEIBLER) return sweepCoordinates(d, active, KULLBACK_LEIBLER);
  return sweepCoordinates(d, active, ITAKURA_SAITO);
}

/** The sum of all gains to come, if they keep shrinking at the rate of the last two. */
function expectedGain(gain: f32, previousGain: f32): f32 {
  if (gain <= 0) return 0;
  const rate = previousGain > 0 ? min(max(gain / previousGain, FASTEST_RATE), SLOWEST_RATE) : SLOWEST_RATE;
  return (gain * rate) / (<f32>1 - rate);
}

/** Lists the candidates to work on, and sets weak ones to zero. Returns the number of active ones. */
function listActive(d: DictionaryMemory): i32 {
  const weak = WEAK_SHARE / <f32>d.kept;
  let active = 0;
  for (let i = 0; i < d.kept; i++) {
    const r = getInt(d.candidates, i);
    const grows = getFloat(d.multipliers, i) > 1;
    if (grows || getFloat(d.h, r) > weak) putInt(d.active, active++, r);
    else if (getFloat(d.h, r) > 0) removeTemplate(d, r);
  }
  return active;
}

/** h_r ← 0, and takes the template out of the approximation. */
function removeTemplate(d: DictionaryMemory, r: i32): void {
  const w = templateRow(d, r);
  const h = f32x4.splat(getFloat(d.h, r));
  const row = (<usize>d.rowFloats) << 2;
  for (let at: usize = 0; at < row; at += VECTOR_BYTES) {
    const rest = f32x4.sub(v128.load(d.approximation + at), f32x4.mul(h, v128.load(w + at)));
    v128.store(d.approximation + at, f32x4.pmax(rest, f32x4.splat(FRAME_FLOOR)));
  }
  putFloat(d.h, r, 0);
}
