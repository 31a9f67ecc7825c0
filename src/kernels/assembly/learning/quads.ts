import { QUAD_TEMPLATES } from '../../constants';
import { LINE_BYTES, VECTOR_BYTES } from '../shared/simd';

/**
 * Copies strips to quads (`layouts.ts`).
 *
 * @param vectors ⌈columns / 4⌉
 */
export function packQuads(strips: usize, paddedTemplates: i32, vectors: i32, quads: usize): void {
  const stripBytes = <usize>paddedTemplates * LINE_BYTES;
  for (let k = 0; k < paddedTemplates; k += QUAD_TEMPLATES) {
    const rows = strips + <usize>k * LINE_BYTES;
    for (let vector = 0; vector < vectors; vector++) {
      const from = rows + stripBytes * <usize>(vector >> 2) + <usize>(vector & 3) * VECTOR_BYTES;
      v128.store(quads, v128.load(from));
      v128.store(quads, v128.load(from, 64), 16);
      v128.store(quads, v128.load(from, 128), 32);
      v128.store(quads, v128.load(from, 192), 48);
      quads += LINE_BYTES;
    }
  }
}
