import { KULLBACK_LEIBLER } from '../../constants';
import { getFloat, getInt, putFloat } from '../shared/arrays';
import { sumLanes, VECTOR_BYTES } from '../shared/simd';
import { DictionaryMemory, templateRow } from './DictionaryMemory';
import { FRAME_FLOOR, SMALLEST_ACTIVATION } from './limits';
import { quotient } from './rows';

/** Sweeps between two looks at the full gradient. */
export const SWEEPS_A_ROUND: i32 = 2;

/**
 * Minimises the divergence along the axis of each active template in turn, by one step of `coordinateStep`, several
 * sweeps over.
 *
 * One pass over the bins for each template: it adds the change of the template before to the approximation y, and sums
 * the gradient of its own. `divergence` is a compile-time constant, as the function is inlined, so that each divergence
 * has a loop of its own.
 *
 * Returns by how much the last sweep lowers the loss: along each step the slope falls from its value to zero at the
 * minimum, so half of slope times step.
 */
// @inline
export function sweepCoordinates(d: DictionaryMemory, active: i32, divergence: i32): f32 {
  const row = (<usize>d.rowFloats) << 2;
  const floor = f32x4.splat(FRAME_FLOOR);
  let previousRow = d.templates;
  let change: f32 = 0;
  let gain: f32 = 0;
  for (let i = 0; i < active * SWEEPS_A_ROUND; i++) {
    if (i === active * (SWEEPS_A_ROUND - 1)) gain = 0;
    const r = getInt(d.active, i % active);
    const w = templateRow(d, r);
    const changes = f32x4.splat(change);
    let numerators = f32x4.splat(0);
    let denominators = f32x4.splat(0);
    let curvatures = f32x4.splat(0);
    for (let at: usize = 0; at < row; at += VECTOR_BYTES) {
      const moved = f32x4.add(v128.load(d.approximation + at), f32x4.mul(changes, v128.load(previousRow + at)));
      const y = f32x4.pmax(moved, floor);
      v128.store(d.approximation + at, y);
      const v = v128.load(d.frame + at);
      const template = v128.load(w + at);
      if (divergence === KULLBACK_LEIBLER) {
        const share = f32x4.div(template, y);
        const term = f32x4.mul(share, v);
        numerators = f32x4.add(numerators, term);
        curvatures = f32x4.add(curvatures, f32x4.mul(term, share));
      } else {
        const inverse = f32x4.div(f32x4.splat(1), y);
        const share = f32x4.mul(template, inverse);
        const term = f32x4.mul(share, f32x4.mul(v, inverse));
        denominators = f32x4.add(denominators, share);
        numerators = f32x4.add(numerators, term);
        curvatures = f32x4.add(curvatures, f32x4.mul(term, share));
      }
    }
    const penalty = getFloat(d.penalties, r);
    const numerator = sumLanes(numerators);
    const denominator = divergence === KULLBACK_LEIBLER ? penalty : penalty * sumLanes(denominators);
    const before = getFloat(d.h, r);
    let after = before + coordinateStep(numerator, denominator, sumLanes(curvatures), divergence);
    if (!(after > SMALLEST_ACTIVATION)) after = 0;
    change = after - before;
    gain += <f32>0.5 * change * (numerator - denominator);
    putFloat(d.h, r, after);
    previousRow = w;
  }
  return gain;
}

/**
 * The step s along the axis of template w that makes numerator(s) = denominator. The numerator is replaced by a
 * function with the same value n and slope at s = 0, which is exact where a single bin counts.
 *
 *     Kullback-Leibler  Σ w·v/(y + s·w)  ≈ a/(b + s)     s = (n/c)·(n/denominator − 1)     c = Σ w²·v/y²
 *     Itakura-Saito     Σ w·v/(y + s·w)² ≈ a/(b + s)²    s = (n/c)·(√(n/denominator) − 1)  c = Σ w²·v/y³
 *
 * The denominator of Itakura-Saito, Σ w/(y + s·w), is held at its value at s = 0.
 *
 * @param curvature c
 */
// @inline
function coordinateStep(numerator: f32, denominator: f32, curvature: f32, divergence: i32): f32 {
  if (divergence === KULLBACK_LEIBLER) {
    return ((numerator - denominator) / denominator) * quotient(numerator, curvature);
  }
  return (sqrt(quotient(numerator, denominator)) - <f32>1) * quotient(numerator, curvature);
}
