import { Dictionary } from './Dictionary';
import { KULLBACK_LEIBLER } from './losses';
import { getFloat, getInt, putFloat, quotient } from './rows';
import { sumLanes, VECTOR } from './simd';

/** Farther than this many times what the sweeps went, their direction has nothing to say. */
const LONGEST_STEP: f32 = 20;

/** Keeps the point that the sweeps start from. */
export function markStart(d: Dictionary): void {
  memory.copy(d.startH, d.h, (<usize>d.count) << 2);
  memory.copy(d.start, d.approximation, (<usize>d.stride) << 2);
}

/**
 * Goes on in the direction that the last sweeps went, to where the divergence is least: where templates are alike, the
 * sweeps zigzag along a valley. Needs the two sides of the gradient here; the approximation is left for the caller to
 * make again. `divergence` is a constant.
 *
 * Returns by how much the loss falls, or 0 where all stays as it is.
 */
// @ts-ignore: decorator
@inline
export function extrapolate(d: Dictionary, divergence: i32): f32 {
  const row = (<usize>d.stride) << 2;
  let slopes = f32x4.splat(0);
  let curvatures = f32x4.splat(0);
  for (let at: usize = 0; at < row; at += VECTOR) {
    const direction = f32x4.sub(v128.load(d.approximation + at), v128.load(d.start + at));
    const inverse = v128.load(d.repulsion + at);
    const pull = f32x4.mul(v128.load(d.attraction + at), direction);
    // Kullback-Leibler repels every bin by 1, Itakura-Saito by 1/y.
    const push = divergence == KULLBACK_LEIBLER ? direction : f32x4.mul(inverse, direction);
    slopes = f32x4.add(slopes, f32x4.sub(pull, push));
    curvatures = f32x4.add(curvatures, f32x4.mul(f32x4.mul(pull, inverse), direction));
  }
  const slope = sumLanes(slopes);
  // Of the convex part alone: v/y² and 2v/y³ by bin.
  const curvature = sumLanes(curvatures) * (divergence == KULLBACK_LEIBLER ? <f32>1 : <f32>2);
  const step = min(quotient(slope, curvature), longestStep(d));
  if (!(step > 0)) return 0;
  for (let i = 0; i < d.kept; i++) {
    const r = getInt(d.candidates, i);
    const h = getFloat(d.h, r);
    putFloat(d.h, r, max(h + step * (h - getFloat(d.startH, r)), <f32>0));
  }
  return step * (slope - <f32>0.5 * step * curvature);
}

/** How far until an activation becomes zero; `LONGEST_STEP` at most. */
function longestStep(d: Dictionary): f32 {
  let longest = LONGEST_STEP;
  for (let i = 0; i < d.kept; i++) {
    const r = getInt(d.candidates, i);
    const h = getFloat(d.h, r);
    const fall = getFloat(d.startH, r) - h;
    if (fall > 0 && longest * fall > h) longest = h / fall;
  }
  return longest;
}
