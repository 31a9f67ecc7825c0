import { STRIP_COLUMNS } from '../../constants';
import { LINE_BYTES } from '../shared/simd';
import { sweepStrip } from './alternatingLeastSquares';
import { lossAfterUpdate } from './euclideanLoss';
import { fillFactorGram, roundGram } from './gramMatrix';
import { FactorState, LearnerMemory } from './LearnerMemory';
import { BLOCK_STRIPS } from './layouts';
import { updateStrip } from './multiplicativeUpdate';
import { accumulateStrip, applyGram, correlateBlock } from './products';
import { packQuads } from './quads';

/**
 * One iteration in place, H then W, in one pass over V. For the multiplicative update (Lee and Seung 2000, theorem 1),
 *
 *     H ← H ∘ WᵀV / (WᵀW·H)        then W ← W ∘ VHᵀ / (W·HHᵀ)
 *
 * Block by block of frames, WᵀV and the new H are computed, then VHᵀ is added up while the block is in the cache.
 *
 * @param sweeps 0 for multiplicative updates, else sweeps of hierarchical alternating least squares over each factor
 * @returns Σ (V − W·H)² after it, scaled
 */
export function iterateEuclidean(l: LearnerMemory, state: FactorState, sweeps: i32): f64 {
  memory.fill(l.numeratorW, 0, l.stripBytes * <usize>l.binStrips);
  packQuads(state.w, l.paddedTemplates, l.binVectors, l.quads);
  fillFactorGram(l.quads, l.binVectors, l.paddedTemplates, l.gramW);
  roundGram(l.gramW, l.paddedTemplates, l.gram);
  for (let strip = 0; strip < l.frameStrips; strip += BLOCK_STRIPS) {
    const strips = min(BLOCK_STRIPS, l.frameStrips - strip);
    const rows = l.v + l.rowBytes * <usize>(strip * STRIP_COLUMNS);
    const h = state.h + l.stripBytes * <usize>strip;
    correlateBlock(l, rows, strips, l.numeratorH);
    for (let i = 0; i < strips; i++) {
      const offset = l.stripBytes * <usize>i;
      updateEuclideanStrip(l, h + offset, l.numeratorH + offset, 0, sweeps);
    }
    accumulateBlock(l, rows, h, strips);
  }
  packQuads(state.h, l.paddedTemplates, l.frameVectors, l.quads);
  fillFactorGram(l.quads, l.frameVectors, l.paddedTemplates, l.gramH);
  roundGram(l.gramH, l.paddedTemplates, l.gram);
  for (let strip = 0; strip < l.binStrips; strip++) {
    const offset = l.stripBytes * <usize>strip;
    updateEuclideanStrip(l, state.w + offset, l.numeratorW + offset, l.held, sweeps);
  }
  return lossAfterUpdate(l, state);
}

/** numeratorW += VHᵀ for a block of frames. */
function accumulateBlock(l: LearnerMemory, rows: usize, h: usize, strips: i32): void {
  for (let strip = 0; strip < l.binStrips; strip++) {
    const row = rows + <usize>strip * LINE_BYTES;
    const out = l.numeratorW + l.stripBytes * <usize>strip;
    accumulateStrip(row, l.rowBytes, h, l.stripBytes, strips, l.templates, out);
  }
}

/** One strip of W or of H, where `gram` is the Gram matrix of the other factor. */
function updateEuclideanStrip(l: LearnerMemory, strip: usize, numerator: usize, held: usize, sweeps: i32): void {
  if (sweeps > 0) sweepStrip(l.gram, l.paddedTemplates, strip, numerator, l.templates, held, sweeps);
  else {
    // The denominator is used at once, so the room of the first strip serves all strips.
    applyGram(l.gram, l.paddedTemplates, strip, l.templates, l.denominatorH);
    updateStrip(strip, numerator, l.denominatorH, l.templates, held, strip);
  }
}
