import { APPROXIMATION_FLOOR, ITAKURA_SAITO, STRIP_COLUMNS } from '../../constants';
import { VECTOR_BYTES } from '../shared/simd';
import { LearnerMemory } from './LearnerMemory';
import { squarePairs, sumPair } from './precision';

/** The exponent bits of a float32. The others cleared, what is left is the power of two below. */
const EXPONENT_MASK: i32 = 0x7f800000;
/** The bits of 2^−126 and 2^126. Powers of two between them have inverses that are normal numbers. */
const SMALLEST_POWER: i32 = 0x00800000;
const LARGEST_POWER: i32 = 0x7e800000;
/** The bits of 1, twice: subtracting the bits of a power of two gives those of its inverse. */
const INVERSE_OFFSET: i32 = 0x7f000000;

/**
 * Takes V as the caller wrote it. What is negative, infinite or not a number counts as zero. V is scaled by a power of
 * two, which changes no digit, so that its maximum lies between 1 and 2. For Itakura-Saito, which compares relative
 * values only, zeros become APPROXIMATION_FLOOR.
 *
 * @returns the scale
 */
export function prepareLearner(learner: usize, divergence: i32): f32 {
  const l = changetype<LearnerMemory>(learner);
  const end = l.v + l.rowBytes * <usize>(l.frameStrips * STRIP_COLUMNS);
  let highest = f32x4.splat(0);
  for (let at = l.v; at < end; at += VECTOR_BYTES) highest = f32x4.pmax(highest, validMagnitudes(v128.load(at)));
  l.scale = inversePowerOfTwo(maxLanes(highest));
  const factor = f32x4.splat(l.scale);
  const lowest = f32x4.splat(divergence === ITAKURA_SAITO ? <f32>APPROXIMATION_FLOOR : <f32>0);
  let squares = f64x2.splat(0);
  for (let at = l.v; at < end; at += VECTOR_BYTES) {
    const x = f32x4.pmax(f32x4.mul(validMagnitudes(v128.load(at)), factor), lowest);
    v128.store(at, x);
    squares = f64x2.add(squares, squarePairs(x));
  }
  l.energy = sumPair(squares);
  return l.scale;
}

/** Zero for what is negative, infinite or not a number. */
// @inline
function validMagnitudes(x: v128): v128 {
  return v128.and(x, v128.and(f32x4.gt(x, f32x4.splat(0)), f32x4.lt(x, f32x4.splat(Infinity))));
}

// @inline
function maxLanes(a: v128): f32 {
  const pairs = f32x4.pmax(a, v128.shuffle<f32>(a, a, 2, 3, 0, 1));
  return max(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}

/** The power of two that scales a value to lie between 1 and 2; 1 for zero. */
// @inline
function inversePowerOfTwo(value: f32): f32 {
  const power = min(max(reinterpret<i32>(value) & EXPONENT_MASK, SMALLEST_POWER), LARGEST_POWER);
  return value > 0 ? reinterpret<f32>(INVERSE_OFFSET - power) : <f32>1;
}
