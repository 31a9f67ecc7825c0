import { correlateBlock } from './euclidean';
import { BLOCK_STRIPS, Learner, State } from './Learner';
import { cellDivergence, FLOOR, ITAKURA_SAITO, KULLBACK_LEIBLER } from './losses';
import { VECTOR } from './simd';
import { accumulate, LINE, multiplyTile, packQuads, PAIR, preciseSum, QUAD, STRIP, TILE } from './tiles';
import { spreadSums, updateStrip } from './updates';

/**
 * Multiplicative updates for the divergences whose gradient needs Y = W·H itself. With Y from the old W throughout,
 *
 *     H ← H ∘ Wᵀ(V∘Y^(β−2)) / Wᵀ Y^(β−1)        then, with Y from the new H, W likewise,
 *
 * β = 1 for Kullback-Leibler (so the lower side is a plain sum of W or H), 0 for Itakura-Saito. One pass over V: both
 * happen block by block, and of V/Y there is never more than a block.
 *
 * `divergence` is a constant wherever these functions are called, so that each divergence has loops of its own.
 */

/** Σ of the cells that `quotients` has seen. */
const LOSS: usize = memory.data(8, 8);

/**
 * One iteration, H then W.
 *
 * @param from only read
 * @param to gets the result
 * @returns the loss before it, scaled
 */
// @ts-ignore: decorator
@inline
export function iterateDivergence(l: Learner, from: State, to: State, divergence: i32): f64 {
  const bytesW = l.stripBytes * <usize>l.binStrips;
  store<f64>(LOSS, 0);
  memory.fill(l.attractionW, 0, bytesW);
  packQuads(from.w, l.paddedTemplates, l.binVectors, l.quads);
  if (divergence == KULLBACK_LEIBLER) {
    spreadSums(from.w, l.stripBytes, l.binStrips, l.templates, l.repulsionH);
    for (let i = 1; i < BLOCK_STRIPS; i++) {
      memory.copy(l.repulsionH + l.stripBytes * <usize>i, l.repulsionH, l.stripBytes);
    }
  } else memory.fill(l.repulsionW, 0, bytesW);
  for (let strip = 0; strip < l.frameStrips; strip += BLOCK_STRIPS) {
    const strips = min(BLOCK_STRIPS, l.frameStrips - strip);
    const rows = l.v + l.rowBytes * <usize>(strip * STRIP);
    const offset = l.stripBytes * <usize>strip;
    updateFrames(l, from, rows, offset, strips, to.h + offset, divergence);
    accumulateGradient(l, from.w, rows, to.h + offset, strips, divergence);
  }
  if (divergence == KULLBACK_LEIBLER) spreadSums(to.h, l.stripBytes, l.frameStrips, l.templates, l.repulsionW);
  for (let strip = 0; strip < l.binStrips; strip++) {
    const offset = l.stripBytes * <usize>strip;
    const repulsion = divergence == KULLBACK_LEIBLER ? l.repulsionW : l.repulsionW + offset;
    updateStrip(from.w + offset, l.attractionW + offset, repulsion, l.templates, l.held, to.w + offset);
  }
  return load<f64>(LOSS);
}

/** The new H of a block of frames. */
// @ts-ignore: decorator
@inline
function updateFrames(l: Learner, from: State, rows: usize, offset: usize, strips: i32, h: usize, divergence: i32): void {
  for (let strip = 0; strip < l.binStrips; strip++) {
    const bins = (<usize>strip) * LINE;
    const w = from.w + l.stripBytes * <usize>strip;
    quotients(l, w, from.h + offset, rows + bins, strips, l.ratio + bins, l.inverse + bins, l.rowBytes, divergence, true);
  }
  correlateBlock(l, l.ratio, strips, l.attractionH);
  if (divergence == ITAKURA_SAITO) correlateBlock(l, l.inverse, strips, l.repulsionH);
  for (let i = 0; i < strips; i++) {
    const at = l.stripBytes * <usize>i;
    updateStrip(from.h + offset + at, l.attractionH + at, l.repulsionH + at, l.templates, 0, h + at);
  }
}

/** Adds a block of frames to the gradient of W. */
// @ts-ignore: decorator
@inline
function accumulateGradient(l: Learner, w: usize, rows: usize, h: usize, strips: i32, divergence: i32): void {
  for (let strip = 0; strip < l.binStrips; strip++) {
    const offset = l.stripBytes * <usize>strip;
    quotients(l, w + offset, h, rows + (<usize>strip) * LINE, strips, l.ratio, l.inverse, LINE, divergence, false);
    accumulateStrip(l, l.ratio, h, strips, l.attractionW + offset);
    if (divergence == ITAKURA_SAITO) accumulateStrip(l, l.inverse, h, strips, l.repulsionW + offset);
  }
}

function accumulateStrip(l: Learner, rows: usize, h: usize, strips: i32, out: usize): void {
  for (let half: usize = 0; half < LINE; half += LINE / 2) {
    for (let k = 0; k < l.templates; k += QUAD) {
      const offset = (<usize>k) * LINE;
      accumulate(rows + half, LINE, h + offset, l.stripBytes, strips, out + offset + half);
    }
  }
}

/**
 * V/Y, or V/Y² and 1/Y, for one strip of bins and a block of frames.
 *
 * @param rowBytes from one frame to the next in `ratio` and `inverse`
 * @param withLoss a constant: adds the divergence of these cells to LOSS
 */
// @ts-ignore: decorator
@inline
function quotients(l: Learner, w: usize, h: usize, row: usize, strips: i32, ratio: usize, inverse: usize, rowBytes: usize, divergence: i32, withLoss: bool): void {
  let loss = f32x4.splat(0);
  for (let t = 0; t < strips * STRIP; t += PAIR) {
    multiplyTile(w, h + l.stripBytes * <usize>(t / STRIP) + ((<usize>(t % STRIP)) << 2), l.templates, FLOOR);
    for (let i: usize = 0; i < <usize>PAIR; i++) {
      for (let at: usize = 0; at < LINE; at += VECTOR) {
        const v = v128.load(row + at);
        const y = v128.load(TILE + i * LINE + at);
        if (divergence == KULLBACK_LEIBLER) {
          const x = f32x4.div(v, y);
          v128.store(ratio + at, x);
          if (withLoss) loss = f32x4.add(loss, cellDivergence(x, y, divergence));
        } else {
          const reciprocal = f32x4.div(f32x4.splat(1), y);
          const x = f32x4.mul(v, reciprocal);
          v128.store(inverse + at, reciprocal);
          v128.store(ratio + at, f32x4.mul(x, reciprocal));
          if (withLoss) loss = f32x4.add(loss, cellDivergence(x, y, divergence));
        }
      }
      row += l.rowBytes;
      ratio += rowBytes;
      inverse += rowBytes;
    }
  }
  if (withLoss) store<f64>(LOSS, load<f64>(LOSS) + preciseSum(loss));
}
