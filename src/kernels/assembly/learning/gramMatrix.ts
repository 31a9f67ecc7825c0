import { QUAD_TEMPLATES } from '../../constants';
import { LINE_BYTES, VECTOR_BYTES } from '../shared/simd';
import { HALF_LINE_BYTES } from './layouts';
import { sumLanesPrecisely } from './precision';
import { correlateQuads, TILE } from './tiles';

/** Vectors of four columns whose products are summed in float32, before their sum is added in float64. */
const SEGMENT_VECTORS: usize = 32;

/**
 * gram[i][j] ← Σ_c X[i][c] · X[j][c]: WᵀW or HHᵀ. In float64, as losses are small differences of such sums.
 *
 * @param quads X as quads
 * @param vectors ⌈columns / 4⌉
 * @param gram paddedTemplates × paddedTemplates of float64
 */
export function fillFactorGram(quads: usize, vectors: i32, paddedTemplates: i32, gram: usize): void {
  const quadBytes = <usize>vectors * LINE_BYTES;
  const rowBytes = (<usize>paddedTemplates) << 3;
  memory.fill(gram, 0, rowBytes * <usize>paddedTemplates);
  const groups = paddedTemplates / QUAD_TEMPLATES;
  for (let i = 0; i < groups; i++) {
    for (let j = 0; j <= i; j++) {
      for (let pair: usize = 0; pair < 2; pair++) {
        let a = quads + quadBytes * <usize>i;
        let b = quads + quadBytes * <usize>j + pair * HALF_LINE_BYTES;
        const end = a + quadBytes;
        const corner =
          gram + rowBytes * <usize>(i * QUAD_TEMPLATES) + ((<usize>(j * QUAD_TEMPLATES)) << 3) + (pair << 4);
        while (a < end) {
          const length = min(SEGMENT_VECTORS * LINE_BYTES, end - a);
          correlateQuads(a, b, length);
          addTileSums(corner, rowBytes);
          a += length;
          b += length;
        }
      }
    }
  }
  for (let i = 0; i < paddedTemplates; i++) {
    for (let j = 0; j < i; j++) {
      store<f64>(
        gram + rowBytes * <usize>j + ((<usize>i) << 3),
        load<f64>(gram + rowBytes * <usize>i + ((<usize>j) << 3)),
      );
    }
  }
}

/** corner[i][j] += the sums of the lanes in TILE, for four i and two j. */
function addTileSums(corner: usize, rowBytes: usize): void {
  for (let i: usize = 0; i < <usize>QUAD_TEMPLATES; i++) {
    const at = corner + rowBytes * i;
    store<f64>(at, load<f64>(at) + sumLanesPrecisely(v128.load(TILE + i * VECTOR_BYTES)));
    store<f64>(at, load<f64>(at, 8) + sumLanesPrecisely(v128.load(TILE + i * VECTOR_BYTES + LINE_BYTES)), 8);
  }
}

/** Rounds a Gram matrix from float64 to float32. */
export function roundGram(precise: usize, paddedTemplates: i32, rounded: usize): void {
  const count = <usize>(paddedTemplates * paddedTemplates);
  for (let i: usize = 0; i < count; i++) store<f32>(rounded + (i << 2), <f32>load<f64>(precise + (i << 3)));
}
