import { APPROXIMATION_FLOOR, KULLBACK_LEIBLER, STRIP_COLUMNS } from '../../constants';
import { LINE_BYTES, VECTOR_BYTES } from '../shared/simd';
import { cellDivergence } from './cellDivergence';
import { LearnerMemory } from './LearnerMemory';
import { TILE_FRAMES } from './layouts';
import { sumLanesPrecisely } from './precision';
import { columnInStrips } from './products';
import { multiplyTile, TILE } from './tiles';

/** Address of a float64: Σ of the divergences of all cells since it was set to zero. */
export const LOSS_SUM: usize = memory.data(8, 8);

/**
 * What numerator and denominator of the multiplicative update are products of, for one strip of bins and a block of
 * frames, with Y = W·H + APPROXIMATION_FLOOR:
 *
 *     Kullback-Leibler  numeratorTerms ← V/Y
 *     Itakura-Saito     numeratorTerms ← V/Y²    denominatorTerms ← 1/Y
 *
 * @param w the strip of bins
 * @param h strips of frames
 * @param row V, at the first frame and bin
 * @param rowBytes from one frame to the next in the terms
 * @param withLoss a compile-time constant: adds the divergence of these cells to LOSS_SUM
 */
// @inline
export function fillBlockTerms(
  l: LearnerMemory,
  w: usize,
  h: usize,
  row: usize,
  strips: i32,
  numeratorTerms: usize,
  denominatorTerms: usize,
  rowBytes: usize,
  divergence: i32,
  withLoss: bool,
): void {
  let loss = f32x4.splat(0);
  for (let t = 0; t < strips * STRIP_COLUMNS; t += TILE_FRAMES) {
    multiplyTile(w, columnInStrips(h, l.stripBytes, t), l.templates, <f32>APPROXIMATION_FLOOR);
    for (let i: usize = 0; i < <usize>TILE_FRAMES; i++) {
      for (let at: usize = 0; at < LINE_BYTES; at += VECTOR_BYTES) {
        const v = v128.load(row + at);
        const y = v128.load(TILE + i * LINE_BYTES + at);
        if (divergence === KULLBACK_LEIBLER) {
          const ratio = f32x4.div(v, y);
          v128.store(numeratorTerms + at, ratio);
          if (withLoss) loss = f32x4.add(loss, cellDivergence(ratio, y, divergence));
        } else {
          const inverse = f32x4.div(f32x4.splat(1), y);
          const ratio = f32x4.mul(v, inverse);
          v128.store(denominatorTerms + at, inverse);
          v128.store(numeratorTerms + at, f32x4.mul(ratio, inverse));
          if (withLoss) loss = f32x4.add(loss, cellDivergence(ratio, y, divergence));
        }
      }
      row += l.rowBytes;
      numeratorTerms += rowBytes;
      denominatorTerms += rowBytes;
    }
  }
  if (withLoss) store<f64>(LOSS_SUM, load<f64>(LOSS_SUM) + sumLanesPrecisely(loss));
}
