import { ITAKURA_SAITO, KULLBACK_LEIBLER, STRIP_COLUMNS } from '../../constants';
import { LINE_BYTES } from '../shared/simd';
import { fillBlockTerms, LOSS_SUM } from './gradientTerms';
import { FactorState, LearnerMemory } from './LearnerMemory';
import { BLOCK_STRIPS } from './layouts';
import { spreadSums, updateStrip } from './multiplicativeUpdate';
import { accumulateStrip, correlateBlock } from './products';
import { packQuads } from './quads';

/**
 * Multiplicative updates for Kullback-Leibler (β = 1; Lee and Seung 2000, theorem 2) and Itakura-Saito (β = 0; Févotte
 * and Idier 2011). With Y = W·H + floor from the old W and H, then from the old W and the new H:
 *
 *     H ← H ∘ Wᵀ(V ∘ Y^(β−2)) / (Wᵀ·Y^(β−1))
 *     W ← W ∘ (V ∘ Y^(β−2))Hᵀ / (Y^(β−1)·Hᵀ)
 *
 * For Kullback-Leibler the denominators are plain sums over the columns of W or of H.
 *
 * One pass over V: block by block of frames, H is updated and the gradient of W is added up. So there is never more of
 * Y, and of the terms that follow from it, than a block.
 *
 * In all functions here `divergence` is a compile-time constant, as they are inlined, so that each divergence has loops
 * of its own.
 */

/**
 * One iteration, H then W.
 *
 * @param from is only read
 * @param to gets the result
 * @returns the loss of `from`, scaled
 */
// @inline
export function iterateDivergence(l: LearnerMemory, from: FactorState, to: FactorState, divergence: i32): f64 {
  store<f64>(LOSS_SUM, 0);
  const bytesW = l.stripBytes * <usize>l.binStrips;
  memory.fill(l.numeratorW, 0, bytesW);
  packQuads(from.w, l.paddedTemplates, l.binVectors, l.quads);
  if (divergence === KULLBACK_LEIBLER) fillBlockDenominator(l, from);
  else memory.fill(l.denominatorW, 0, bytesW);
  for (let strip = 0; strip < l.frameStrips; strip += BLOCK_STRIPS) {
    const strips = min(BLOCK_STRIPS, l.frameStrips - strip);
    const rows = l.v + l.rowBytes * <usize>(strip * STRIP_COLUMNS);
    const offset = l.stripBytes * <usize>strip;
    updateFrames(l, from, rows, offset, strips, to.h + offset, divergence);
    accumulateGradient(l, from.w, rows, to.h + offset, strips, divergence);
  }
  if (divergence === KULLBACK_LEIBLER) spreadSums(to.h, l.stripBytes, l.frameStrips, l.templates, l.denominatorW);
  for (let strip = 0; strip < l.binStrips; strip++) {
    const offset = l.stripBytes * <usize>strip;
    // The sums over H are the same for all bins.
    const denominator = divergence === KULLBACK_LEIBLER ? l.denominatorW : l.denominatorW + offset;
    updateStrip(from.w + offset, l.numeratorW + offset, denominator, l.templates, l.held, to.w + offset);
  }
  return load<f64>(LOSS_SUM);
}

/** denominatorH ← the sums over W, for all frames of a block. */
// @inline
function fillBlockDenominator(l: LearnerMemory, from: FactorState): void {
  spreadSums(from.w, l.stripBytes, l.binStrips, l.templates, l.denominatorH);
  for (let i = 1; i < BLOCK_STRIPS; i++) {
    memory.copy(l.denominatorH + l.stripBytes * <usize>i, l.denominatorH, l.stripBytes);
  }
}

/**
 * The new H of a block of frames, and the divergence of its cells.
 *
 * @param rows V of the block
 * @param offset from the first strip of H to those of the block
 * @param h gets the new strips
 */
// @inline
function updateFrames(
  l: LearnerMemory,
  from: FactorState,
  rows: usize,
  offset: usize,
  strips: i32,
  h: usize,
  divergence: i32,
): void {
  for (let strip = 0; strip < l.binStrips; strip++) {
    const bins = <usize>strip * LINE_BYTES;
    const w = from.w + l.stripBytes * <usize>strip;
    const numeratorTerms = l.numeratorTerms + bins;
    const denominatorTerms = l.denominatorTerms + bins;
    const v = rows + bins;
    fillBlockTerms(l, w, from.h + offset, v, strips, numeratorTerms, denominatorTerms, l.rowBytes, divergence, true);
  }
  correlateBlock(l, l.numeratorTerms, strips, l.numeratorH);
  if (divergence === ITAKURA_SAITO) correlateBlock(l, l.denominatorTerms, strips, l.denominatorH);
  for (let i = 0; i < strips; i++) {
    const at = l.stripBytes * <usize>i;
    updateStrip(from.h + offset + at, l.numeratorH + at, l.denominatorH + at, l.templates, 0, h + at);
  }
}

/** Adds a block of frames, with its new H, to numerator and denominator of W. */
// @inline
function accumulateGradient(l: LearnerMemory, w: usize, rows: usize, h: usize, strips: i32, divergence: i32): void {
  for (let strip = 0; strip < l.binStrips; strip++) {
    const offset = l.stripBytes * <usize>strip;
    const v = rows + <usize>strip * LINE_BYTES;
    // The terms of one strip of bins: rows of one cache line each.
    const numeratorTerms = l.numeratorTerms;
    const denominatorTerms = l.denominatorTerms;
    fillBlockTerms(l, w + offset, h, v, strips, numeratorTerms, denominatorTerms, LINE_BYTES, divergence, false);
    accumulateStrip(numeratorTerms, LINE_BYTES, h, l.stripBytes, strips, l.templates, l.numeratorW + offset);
    if (divergence === ITAKURA_SAITO) {
      accumulateStrip(denominatorTerms, LINE_BYTES, h, l.stripBytes, strips, l.templates, l.denominatorW + offset);
    }
  }
}
