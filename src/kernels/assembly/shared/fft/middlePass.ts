import { VECTOR_BYTES } from '../simd';
import { productIm, productRe } from './complexProduct';

/** Bytes of the twiddles of one row: Re w, Im w, Re w², Im w², Re w³, Im w³. */
export const ROW_TWIDDLE_BYTES: usize = 6 * sizeof<f32>();

/**
 * A radix-4 pass over x[length][stride] (`transform.ts`). Lanes run along the stride and share the twiddles of their
 * row.
 *
 * @param w 6·length/4 floats, row by row
 * @param stride a multiple of 4
 */
export function middlePass(
  fromRe: usize,
  fromIm: usize,
  toRe: usize,
  toIm: usize,
  w: usize,
  length: i32,
  stride: i32,
): void {
  const rowBytes = (<usize>stride) << 2;
  const quarter = rowBytes * <usize>(length >> 2);
  const quarter2 = quarter * 2;
  const quarter3 = quarter * 3;
  const end = fromRe + quarter;
  while (fromRe < end) {
    const rowEnd = fromRe + rowBytes;
    const w1Re = v128.load_splat<f32>(w);
    const w1Im = v128.load_splat<f32>(w, 4);
    const w2Re = v128.load_splat<f32>(w, 8);
    const w2Im = v128.load_splat<f32>(w, 12);
    const w3Re = v128.load_splat<f32>(w, 16);
    const w3Im = v128.load_splat<f32>(w, 20);
    do {
      const aRe = v128.load(fromRe);
      const aIm = v128.load(fromIm);
      const cRe = v128.load(fromRe + quarter2);
      const cIm = v128.load(fromIm + quarter2);
      const evenRe = f32x4.add(aRe, cRe);
      const evenIm = f32x4.add(aIm, cIm);
      const oddRe = f32x4.sub(aRe, cRe);
      const oddIm = f32x4.sub(aIm, cIm);
      const bRe = v128.load(fromRe + quarter);
      const bIm = v128.load(fromIm + quarter);
      const dRe = v128.load(fromRe + quarter3);
      const dIm = v128.load(fromIm + quarter3);
      const sumRe = f32x4.add(bRe, dRe);
      const sumIm = f32x4.add(bIm, dIm);
      const differenceRe = f32x4.sub(bRe, dRe);
      const differenceIm = f32x4.sub(bIm, dIm);

      v128.store(toRe, f32x4.add(evenRe, sumRe));
      v128.store(toIm, f32x4.add(evenIm, sumIm));
      const u2Re = f32x4.sub(evenRe, sumRe);
      const u2Im = f32x4.sub(evenIm, sumIm);
      v128.store(toRe + rowBytes * 2, productRe(u2Re, u2Im, w2Re, w2Im));
      v128.store(toIm + rowBytes * 2, productIm(u2Re, u2Im, w2Re, w2Im));
      const u1Re = f32x4.add(oddRe, differenceIm);
      const u1Im = f32x4.sub(oddIm, differenceRe);
      v128.store(toRe + rowBytes, productRe(u1Re, u1Im, w1Re, w1Im));
      v128.store(toIm + rowBytes, productIm(u1Re, u1Im, w1Re, w1Im));
      const u3Re = f32x4.sub(oddRe, differenceIm);
      const u3Im = f32x4.add(oddIm, differenceRe);
      v128.store(toRe + rowBytes * 3, productRe(u3Re, u3Im, w3Re, w3Im));
      v128.store(toIm + rowBytes * 3, productIm(u3Re, u3Im, w3Re, w3Im));
      fromRe += VECTOR_BYTES;
      fromIm += VECTOR_BYTES;
      toRe += VECTOR_BYTES;
      toIm += VECTOR_BYTES;
    } while (fromRe < rowEnd);
    toRe += rowBytes * 3;
    toIm += rowBytes * 3;
    w += ROW_TWIDDLE_BYTES;
  }
}
