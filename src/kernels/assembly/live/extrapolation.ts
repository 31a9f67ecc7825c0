import { KULLBACK_LEIBLER } from '../../constants';
import { getFloat, getInt, putFloat } from '../shared/arrays';
import { sumLanes, VECTOR_BYTES } from '../shared/simd';
import { DictionaryMemory } from './DictionaryMemory';
import { quotient } from './rows';

/**
 * A step along the direction that the last round of coordinate descent went. Where templates are alike, the sweeps
 * zigzag along a valley; the way from the start of a round to its end leads down that valley.
 */

/** The longest step, in lengths of the round: further away, its direction means nothing. */
const LONGEST_STEP: f32 = 20;

/** Stores where a round starts. */
export function markRoundStart(d: DictionaryMemory): void {
  memory.copy(d.roundStartH, d.h, (<usize>d.count) << 2);
  memory.copy(d.roundStartApproximation, d.approximation, (<usize>d.rowFloats) << 2);
}

/**
 * h ← h + s·(h − roundStartH), with the step s that minimises the divergence along this direction, by Newton's rule.
 * With δ = y − roundStartApproximation and the gradient terms (`gradient.ts`):
 *
 *     slope      Kullback-Leibler Σ (v/y − 1)·δ    Itakura-Saito Σ (v/y² − 1/y)·δ
 *     curvature  Kullback-Leibler Σ v·δ²/y²        Itakura-Saito Σ 2·v·δ²/y³, that of the convex part v/y alone
 *     s = slope / curvature
 *
 * The gradient terms must be up to date; the approximation is not updated. `divergence` is a compile-time constant.
 *
 * Returns by how much the loss falls, or 0 where nothing is changed.
 */
// @inline
export function extrapolateRound(d: DictionaryMemory, divergence: i32): f32 {
  const row = (<usize>d.rowFloats) << 2;
  let slopes = f32x4.splat(0);
  let curvatures = f32x4.splat(0);
  for (let at: usize = 0; at < row; at += VECTOR_BYTES) {
    const delta = f32x4.sub(v128.load(d.approximation + at), v128.load(d.roundStartApproximation + at));
    const inverse = v128.load(d.denominatorTerms + at);
    const positive = f32x4.mul(v128.load(d.numeratorTerms + at), delta);
    const negative = divergence === KULLBACK_LEIBLER ? delta : f32x4.mul(inverse, delta);
    slopes = f32x4.add(slopes, f32x4.sub(positive, negative));
    curvatures = f32x4.add(curvatures, f32x4.mul(f32x4.mul(positive, inverse), delta));
  }
  const slope = sumLanes(slopes);
  const curvature = sumLanes(curvatures) * (divergence === KULLBACK_LEIBLER ? <f32>1 : <f32>2);
  const step = min(quotient(slope, curvature), longestStep(d));
  if (!(step > 0)) return 0;
  for (let i = 0; i < d.kept; i++) {
    const r = getInt(d.candidates, i);
    const h = getFloat(d.h, r);
    putFloat(d.h, r, max(h + step * (h - getFloat(d.roundStartH, r)), <f32>0));
  }
  return step * (slope - <f32>0.5 * step * curvature);
}

/** The step at which the first activation becomes zero; LONGEST_STEP at most. */
function longestStep(d: DictionaryMemory): f32 {
  let longest = LONGEST_STEP;
  for (let i = 0; i < d.kept; i++) {
    const r = getInt(d.candidates, i);
    const h = getFloat(d.h, r);
    const fall = getFloat(d.roundStartH, r) - h;
    if (fall > 0 && longest * fall > h) longest = h / fall;
  }
  return longest;
}
