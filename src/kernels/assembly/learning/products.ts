import { QUAD_TEMPLATES, STRIP_COLUMNS } from '../../constants';
import { LINE_BYTES, VECTOR_BYTES } from '../shared/simd';
import { LearnerMemory } from './LearnerMemory';
import { HALF_LINE_BYTES, TILE_FRAMES } from './layouts';
import { accumulateTile, correlateTile, multiplyGram, TILE } from './tiles';

/** Products of whole blocks and strips, tile by tile. */

/**
 * out ← WᵀX for a block of frames of X, where the quads hold W. Each quad stays in the nearest cache for all frames.
 *
 * @param rows X, one row for each frame
 * @param out strips of frames
 */
export function correlateBlock(l: LearnerMemory, rows: usize, strips: i32, out: usize): void {
  const usedBytes = <usize>l.binVectors * VECTOR_BYTES;
  const quadBytes = <usize>l.binVectors * LINE_BYTES;
  for (let k = 0; k < l.templates; k += QUAD_TEMPLATES) {
    const quad = l.quads + quadBytes * <usize>(k / QUAD_TEMPLATES);
    const line = <usize>k * LINE_BYTES;
    for (let t = 0; t < strips * STRIP_COLUMNS; t += TILE_FRAMES) {
      const tile = columnInStrips(out, l.stripBytes, t) + line;
      correlateTile(quad, rows + l.rowBytes * <usize>t, l.rowBytes, usedBytes, tile);
    }
  }
}

/**
 * out += X·Hᵀ for a block of frames and one strip of bins.
 *
 * @param rows X, one row for each frame, at the strip's first bin
 * @param h strips of frames
 * @param out the strip of bins
 */
export function accumulateStrip(
  rows: usize,
  rowBytes: usize,
  h: usize,
  stripBytes: usize,
  strips: i32,
  templates: i32,
  out: usize,
): void {
  for (let half: usize = 0; half < LINE_BYTES; half += HALF_LINE_BYTES) {
    for (let k = 0; k < templates; k += QUAD_TEMPLATES) {
      const offset = <usize>k * LINE_BYTES;
      accumulateTile(rows + half, rowBytes, h + offset, stripBytes, strips, out + offset + half);
    }
  }
}

/** out ← gram·X for one strip of X, which is H or Wᵀ. */
export function applyGram(gram: usize, paddedTemplates: i32, strip: usize, templates: i32, out: usize): void {
  const gramBytes = (<usize>paddedTemplates) << 2;
  for (let half: usize = 0; half < LINE_BYTES; half += HALF_LINE_BYTES) {
    for (let k = 0; k < paddedTemplates; k += QUAD_TEMPLATES) {
      multiplyGram(gram + ((<usize>k) << 2), gramBytes, strip + half, templates);
      const rows = out + <usize>k * LINE_BYTES + half;
      for (let i: usize = 0; i < <usize>QUAD_TEMPLATES; i++) {
        v128.store(rows + i * LINE_BYTES, v128.load(TILE + i * VECTOR_BYTES));
        v128.store(rows + i * LINE_BYTES, v128.load(TILE + i * VECTOR_BYTES, 64), 16);
      }
    }
  }
}

/** The address of a column of the first template. */
// @inline
export function columnInStrips(strips: usize, stripBytes: usize, column: i32): usize {
  return strips + stripBytes * <usize>(column / STRIP_COLUMNS) + ((<usize>(column % STRIP_COLUMNS)) << 2);
}
