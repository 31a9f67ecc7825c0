import { LINE_BYTES, VECTOR_BYTES } from '../shared/simd';
import { fillFactorGram } from './gramMatrix';
import { FactorState, LearnerMemory } from './LearnerMemory';
import { TILE_FRAMES } from './layouts';
import { promoteHigh, squarePairs, sumPair } from './precision';
import { columnInStrips } from './products';
import { packQuads } from './quads';
import { multiplyTile, TILE } from './tiles';

/** Below this fraction of Σ V², the difference of sums has lost its digits, and the loss is summed cell by cell. */
const SMALL_LOSS_FRACTION: f64 = 5e-3;
/** V with fewer cells is always summed cell by cell: the rounding errors of few products do not cancel. */
const FEW_CELLS: i32 = 1 << 16;

/**
 * Σ (V − W·H)² = Σ V² − 2·Σ W ∘ VHᵀ + Σ WᵀW ∘ HHᵀ, without another pass over V.
 *
 * numeratorW must hold VHᵀ, and gramH must hold HHᵀ.
 */
export function lossAfterUpdate(l: LearnerMemory, state: FactorState): f64 {
  if (l.frames * l.bins < FEW_CELLS) return squaredError(l, state);
  packQuads(state.w, l.paddedTemplates, l.binVectors, l.quads);
  fillFactorGram(l.quads, l.binVectors, l.paddedTemplates, l.gramW);
  const inner = innerProduct(state.w, l.numeratorW, l.stripBytes * <usize>l.binStrips);
  const loss = l.energy - 2 * inner + gramProduct(l);
  return loss < SMALL_LOSS_FRACTION * l.energy ? squaredError(l, state) : loss;
}

/** Σ a ∘ b in float64. */
function innerProduct(a: usize, b: usize, bytes: usize): f64 {
  let sum = f64x2.splat(0);
  const end = a + bytes;
  while (a < end) {
    const x = v128.load(a);
    const y = v128.load(b);
    sum = f64x2.add(sum, f64x2.mul(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(y)));
    sum = f64x2.add(sum, f64x2.mul(promoteHigh(x), promoteHigh(y)));
    a += VECTOR_BYTES;
    b += VECTOR_BYTES;
  }
  return sumPair(sum);
}

/** Σ WᵀW ∘ HHᵀ, which is Σ (W·H)². */
function gramProduct(l: LearnerMemory): f64 {
  let sum: f64 = 0;
  const bytes = (<usize>(l.paddedTemplates * l.paddedTemplates)) << 3;
  for (let at: usize = 0; at < bytes; at += 8) sum += load<f64>(l.gramW + at) * load<f64>(l.gramH + at);
  return sum;
}

/** Σ (V − W·H)², cell by cell. */
function squaredError(l: LearnerMemory, state: FactorState): f64 {
  let sum: f64 = 0;
  for (let t = 0; t < l.frames; t += TILE_FRAMES) {
    const h = columnInStrips(state.h, l.stripBytes, t);
    const row = l.v + l.rowBytes * <usize>t;
    for (let strip = 0; strip < l.binStrips; strip++) {
      multiplyTile(state.w + l.stripBytes * <usize>strip, h, l.templates, 0);
      const from = row + <usize>strip * LINE_BYTES;
      for (let at: usize = 0; at < LINE_BYTES; at += VECTOR_BYTES) {
        sum += squaredDifference(v128.load(from + at), v128.load(TILE + at));
        sum += squaredDifference(v128.load(from + l.rowBytes + at), v128.load(TILE + at, 64));
      }
    }
  }
  return sum;
}

/** Σ (v − y)² of four cells. In float64, as it may exceed float32. */
// @inline
function squaredDifference(v: v128, y: v128): f64 {
  return sumPair(squarePairs(f32x4.sub(v, y)));
}
