import { BLOCK_STRIPS, Learner, State } from './Learner';
import { squaredDifference } from './losses';
import { VECTOR } from './simd';
import { accumulate, correlate, fillGram, LINE, multiplyTile, packQuads, PAIR, QUAD, STRIP, TILE } from './tiles';
import { applyGram, descendStrip, updateStrip } from './updates';

/** Below this fraction of Σ V², the loss is summed cell by cell: as a difference of sums it would lose its digits. */
const SMALL_LOSS: f64 = 5e-3;
/** With fewer cells it always is: there the rounding errors of few products do not even out. */
const SMALL_CASE: i32 = 1 << 16;

/**
 * One iteration in place, H then W, in one pass over V. Blocks of frames: WᵀV, the new H, then V·Hᵀ while the
 * block is in the cache.
 *
 * @param sweeps 0: multiplicative updates; else sweeps of hierarchical alternating least squares over each factor
 * @returns Σ (V − Y)² after it, scaled
 */
export function iterateEuclidean(l: Learner, state: State, sweeps: i32): f64 {
  memory.fill(l.attractionW, 0, l.stripBytes * <usize>l.binStrips);
  packQuads(state.w, l.paddedTemplates, l.binVectors, l.quads);
  fillGram(l.quads, l.binVectors, l.paddedTemplates, l.gramW);
  roundGram(l, l.gramW);
  for (let strip = 0; strip < l.frameStrips; strip += BLOCK_STRIPS) {
    const strips = min(BLOCK_STRIPS, l.frameStrips - strip);
    const rows = l.v + l.rowBytes * <usize>(strip * STRIP);
    const h = state.h + l.stripBytes * <usize>strip;
    correlateBlock(l, rows, strips, l.attractionH);
    for (let i = 0; i < strips; i++) {
      const offset = l.stripBytes * <usize>i;
      solveStrip(l, h + offset, l.attractionH + offset, 0, sweeps);
    }
    accumulateBlock(l, rows, h, strips);
  }
  packQuads(state.h, l.paddedTemplates, l.frameVectors, l.quads);
  fillGram(l.quads, l.frameVectors, l.paddedTemplates, l.gramH);
  roundGram(l, l.gramH);
  for (let strip = 0; strip < l.binStrips; strip++) {
    const offset = l.stripBytes * <usize>strip;
    solveStrip(l, state.w + offset, l.attractionW + offset, l.held, sweeps);
  }
  return lossAfter(l, state);
}

/** Σ (V − Y)², where attractionW holds V·Hᵀ and gramH holds H·Hᵀ. */
function lossAfter(l: Learner, state: State): f64 {
  if (l.frames * l.bins < SMALL_CASE) return squaredError(l, state);
  packQuads(state.w, l.paddedTemplates, l.binVectors, l.quads);
  fillGram(l.quads, l.binVectors, l.paddedTemplates, l.gramW);
  const loss = l.energy - 2 * product(state.w, l.attractionW, l.stripBytes * <usize>l.binStrips) + gramProduct(l);
  return loss < SMALL_LOSS * l.energy ? squaredError(l, state) : loss;
}

/** attraction = Wᵀ · rows for a block of frames; the quads hold W. Each quad stays in the nearest cache for all frames. */
export function correlateBlock(l: Learner, rows: usize, strips: i32, attraction: usize): void {
  const usedBytes = (<usize>l.binVectors) * VECTOR;
  const quadBytes = (<usize>l.binVectors) * LINE;
  for (let k = 0; k < l.templates; k += QUAD) {
    const quad = l.quads + quadBytes * <usize>(k / QUAD);
    for (let t = 0; t < strips * STRIP; t += PAIR) {
      const out = attraction + l.stripBytes * <usize>(t / STRIP) + (<usize>k) * LINE + ((<usize>(t % STRIP)) << 2);
      correlate(quad, rows + l.rowBytes * <usize>t, l.rowBytes, usedBytes, out);
    }
  }
}

/** attractionW += rowsᵀ · H for a block of frames. */
function accumulateBlock(l: Learner, rows: usize, h: usize, strips: i32): void {
  for (let strip = 0; strip < l.binStrips; strip++) {
    for (let half: usize = 0; half < LINE; half += LINE / 2) {
      const row = rows + (<usize>strip) * LINE + half;
      const out = l.attractionW + l.stripBytes * <usize>strip + half;
      for (let k = 0; k < l.templates; k += QUAD) {
        const offset = (<usize>k) * LINE;
        accumulate(row, l.rowBytes, h + offset, l.stripBytes, strips, out + offset);
      }
    }
  }
}

function solveStrip(l: Learner, strip: usize, attraction: usize, held: usize, sweeps: i32): void {
  if (sweeps > 0) descendStrip(l.gram, l.paddedTemplates, strip, attraction, l.templates, held, sweeps);
  else {
    applyGram(l.gram, l.paddedTemplates, strip, l.templates, l.repulsionH);
    updateStrip(strip, attraction, l.repulsionH, l.templates, held, strip);
  }
}

function roundGram(l: Learner, precise: usize): void {
  const count = l.paddedTemplates * l.paddedTemplates;
  for (let i: usize = 0; i < <usize>count; i++) store<f32>(l.gram + (i << 2), <f32>load<f64>(precise + (i << 3)));
}

/** Σ a·b in float64. */
function product(a: usize, b: usize, bytes: usize): f64 {
  let sum = f64x2.splat(0);
  const end = a + bytes;
  while (a < end) {
    const x = v128.load(a);
    const y = v128.load(b);
    sum = f64x2.add(sum, f64x2.mul(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(y)));
    const xHigh = v128.shuffle<f32>(x, x, 2, 3, 0, 1);
    const yHigh = v128.shuffle<f32>(y, y, 2, 3, 0, 1);
    sum = f64x2.add(sum, f64x2.mul(f64x2.promote_low_f32x4(xHigh), f64x2.promote_low_f32x4(yHigh)));
    a += VECTOR;
    b += VECTOR;
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** Σ WᵀW ∘ HHᵀ, which is Σ Y². */
function gramProduct(l: Learner): f64 {
  let sum: f64 = 0;
  const bytes = (<usize>(l.paddedTemplates * l.paddedTemplates)) << 3;
  for (let at: usize = 0; at < bytes; at += 8) sum += load<f64>(l.gramW + at) * load<f64>(l.gramH + at);
  return sum;
}

/** Σ (V − Y)², cell by cell, scaled. */
function squaredError(l: Learner, state: State): f64 {
  let sum: f64 = 0;
  for (let t = 0; t < l.frames; t += PAIR) {
    const h = state.h + l.stripBytes * <usize>(t / STRIP) + ((<usize>(t % STRIP)) << 2);
    const row = l.v + l.rowBytes * <usize>t;
    for (let strip = 0; strip < l.binStrips; strip++) {
      multiplyTile(state.w + l.stripBytes * <usize>strip, h, l.templates, 0);
      const from = row + (<usize>strip) * LINE;
      for (let at: usize = 0; at < LINE; at += VECTOR) {
        sum += squaredDifference(v128.load(from + at), v128.load(TILE + at));
        sum += squaredDifference(v128.load(from + l.rowBytes + at), v128.load(TILE + at, 64));
      }
    }
  }
  return sum;
}
