import { ITAKURA_SAITO, KULLBACK_LEIBLER } from '../../constants';
import { iterateDivergence } from './divergenceIteration';
import { iterateEuclidean } from './euclideanIteration';
import { extrapolateFactor } from './factorExtrapolation';
import { LearnerMemory, stateOf } from './LearnerMemory';

/** The steps of learning. Losses are those of the scaled V. */

/**
 * One Euclidean iteration in place, H then W.
 *
 * @param sweeps 0 for multiplicative updates, else sweeps of hierarchical alternating least squares over each factor
 * @returns the loss after it
 */
export function iterateLearner(learner: usize, state: i32, sweeps: i32): f64 {
  const l = changetype<LearnerMemory>(learner);
  return iterateEuclidean(l, stateOf(l, state), sweeps);
}

/**
 * One multiplicative iteration, H then W, from one state to another.
 *
 * @param divergence KULLBACK_LEIBLER or ITAKURA_SAITO
 * @returns the loss before it
 */
export function advanceLearner(learner: usize, divergence: i32, from: i32, to: i32): f64 {
  const l = changetype<LearnerMemory>(learner);
  if (divergence === KULLBACK_LEIBLER) return iterateDivergence(l, stateOf(l, from), stateOf(l, to), KULLBACK_LEIBLER);
  return iterateDivergence(l, stateOf(l, from), stateOf(l, to), ITAKURA_SAITO);
}

/** to ← current + step · (current − previous), for W and H, kept above zero. `to` may be `previous`. */
export function extrapolateLearner(learner: usize, current: i32, previous: i32, step: f32, to: i32): void {
  const l = changetype<LearnerMemory>(learner);
  const a = stateOf(l, current);
  const b = stateOf(l, previous);
  const target = stateOf(l, to);
  extrapolateFactor(a.w, b.w, step, l.stripBytes * <usize>l.binStrips, target.w);
  extrapolateFactor(a.h, b.h, step, l.stripBytes * <usize>l.frameStrips, target.h);
}
