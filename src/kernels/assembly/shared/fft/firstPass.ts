import { VECTOR_BYTES } from '../simd';
import { productIm, productRe } from './complexProduct';

/**
 * The radix-4 pass over the input as it comes (`transform.ts`). The stride is 1, so lanes run along the rows: each
 * has a twiddle of its own, and the results are stored transposed.
 *
 * Longer than a screen, as all passes are: the sixteen or more values that a step works on stay in registers only
 * within one function.
 *
 * @param w 6·size/4 floats, in groups of 4 rows: 4 lanes each of Re w, Im w, Re w², Im w², Re w³, Im w³
 */
export function firstPass(fromRe: usize, fromIm: usize, toRe: usize, toIm: usize, w: usize, size: i32): void {
  const quarter = <usize>size;
  const end = fromRe + quarter;
  const quarter2 = quarter * 2;
  const quarter3 = quarter * 3;
  while (fromRe < end) {
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

    const y0Re = f32x4.add(evenRe, sumRe);
    const y0Im = f32x4.add(evenIm, sumIm);
    const u1Re = f32x4.add(oddRe, differenceIm);
    const u1Im = f32x4.sub(oddIm, differenceRe);
    const u2Re = f32x4.sub(evenRe, sumRe);
    const u2Im = f32x4.sub(evenIm, sumIm);
    const u3Re = f32x4.sub(oddRe, differenceIm);
    const u3Im = f32x4.add(oddIm, differenceRe);
    const w1Re = v128.load(w);
    const w1Im = v128.load(w, VECTOR_BYTES);
    const w2Re = v128.load(w, 2 * VECTOR_BYTES);
    const w2Im = v128.load(w, 3 * VECTOR_BYTES);
    const w3Re = v128.load(w, 4 * VECTOR_BYTES);
    const w3Im = v128.load(w, 5 * VECTOR_BYTES);
    storeTransposed(
      toRe,
      y0Re,
      productRe(u1Re, u1Im, w1Re, w1Im),
      productRe(u2Re, u2Im, w2Re, w2Im),
      productRe(u3Re, u3Im, w3Re, w3Im),
    );
    storeTransposed(
      toIm,
      y0Im,
      productIm(u1Re, u1Im, w1Re, w1Im),
      productIm(u2Re, u2Im, w2Re, w2Im),
      productIm(u3Re, u3Im, w3Re, w3Im),
    );
    w += 6 * VECTOR_BYTES;
    fromRe += VECTOR_BYTES;
    fromIm += VECTOR_BYTES;
    toRe += 4 * VECTOR_BYTES;
    toIm += 4 * VECTOR_BYTES;
  }
}

/** Stores the 4 × 4 matrix of these rows by columns. */
// @inline
function storeTransposed(to: usize, a: v128, b: v128, c: v128, d: v128): void {
  const abLow = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cdLow = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(abLow, cdLow, 0, 1, 4, 5));
  v128.store(to, v128.shuffle<f32>(abLow, cdLow, 2, 3, 6, 7), VECTOR_BYTES);
  v128.store(to, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5), 2 * VECTOR_BYTES);
  v128.store(to, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7), 3 * VECTOR_BYTES);
}
