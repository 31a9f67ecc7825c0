import { QUAD_TEMPLATES } from '../../constants';
import { getFloat, getInt } from '../shared/arrays';
import { LINE_BYTES, VECTOR_BYTES } from '../shared/simd';
import { limited } from './factorLimits';
import { HALF_LINE_BYTES } from './layouts';
import { multiplyGram, TILE } from './tiles';

/**
 * Hierarchical alternating least squares: each template in turn takes its best value, with the others fixed. For the
 * row k of H, and likewise for the column k of W (Cichocki and Phan, "Fast local algorithms for large scale nonnegative
 * matrix and tensor factorizations", IEICE Transactions on Fundamentals E92-A, 2009),
 *
 *     H_k ← max(0, H_k + (WᵀV − WᵀW·H)_k / (WᵀW)_kk)
 *
 * Several sweeps over a factor use the same products WᵀV and WᵀW (Gillis and Glineur, "Accelerated multiplicative
 * updates and hierarchical ALS algorithms for nonnegative matrix factorization", Neural Computation 24, 2012).
 */

/**
 * Where (WᵀW)_kk is less, only rounding errors are left of template k, and the quotient may be anything. The template
 * stays as it is, so that it can come back.
 */
const SMALLEST_SQUARE: f32 = 1e-30;

/**
 * Sweeps over one strip of a factor, in place.
 *
 * @param gram the Gram matrix of the other factor, float32
 * @param numerator the strip of the product of the other factor with V
 * @param held as in `updateStrip`
 */
export function sweepStrip(
  gram: usize,
  paddedTemplates: i32,
  strip: usize,
  numerator: usize,
  templates: i32,
  held: usize,
  sweeps: i32,
): void {
  for (let half: usize = 0; half < LINE_BYTES; half += HALF_LINE_BYTES) {
    for (let sweep = 0; sweep < sweeps; sweep++) {
      for (let k = 0; k < templates; k += QUAD_TEMPLATES) {
        updateQuad(gram, paddedTemplates, strip + half, numerator + half, templates, k, held);
      }
    }
  }
}

/**
 * Four templates of eight columns. TILE gets their rows of WᵀW·H once; after each of the four has moved, the rows of
 * those that follow are corrected.
 */
function updateQuad(
  gram: usize,
  paddedTemplates: i32,
  strip: usize,
  numerator: usize,
  templates: i32,
  first: i32,
  held: usize,
): void {
  const gramBytes = (<usize>paddedTemplates) << 2;
  multiplyGram(gram + ((<usize>first) << 2), gramBytes, strip, templates);
  for (let i = 0; i < QUAD_TEMPLATES; i++) {
    const k = first + i;
    const row = gram + gramBytes * <usize>k + ((<usize>first) << 2);
    const square = getFloat(row, i);
    if (square < SMALLEST_SQUARE || (held !== 0 && getInt(held, k))) continue;
    const inverse = f32x4.splat(<f32>1 / square);
    for (let vector: usize = 0; vector < 2; vector++) {
      const offset = <usize>k * LINE_BYTES + vector * VECTOR_BYTES;
      const tile = TILE + vector * LINE_BYTES;
      const before = v128.load(strip + offset);
      const slope = f32x4.sub(v128.load(numerator + offset), v128.load(tile + <usize>i * VECTOR_BYTES));
      const after = limited(f32x4.add(before, f32x4.mul(slope, inverse)));
      v128.store(strip + offset, after);
      const step = f32x4.sub(after, before);
      for (let j = i + 1; j < QUAD_TEMPLATES; j++) {
        const at = tile + <usize>j * VECTOR_BYTES;
        v128.store(at, f32x4.add(v128.load(at), f32x4.mul(step, v128.load32_splat(row + ((<usize>j) << 2)))));
      }
    }
  }
}
