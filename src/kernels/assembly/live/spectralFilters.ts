import { reverseLanes, VECTOR_BYTES } from '../shared/simd';
import { multiplyArrays } from './elementwise';

/**
 * Masks applied to spectra. A mask has size/2 + 1 floats, and filters the bins f and N−f alike. So it filters both
 * real signals of a pair at once, and the spectrum need not be split.
 */

/** out ← mask ∘ Z */
export function maskSpectrum(re: usize, im: usize, mask: usize, size: i32, outRe: usize, outIm: usize): void {
  const half = size >> 1;
  multiplyArrays(re, mask, half, outRe);
  multiplyArrays(im, mask, half, outIm);
  const middle = (<usize>half) << 2;
  // The bins half … size−1 take the mask of the bins half, half−1, … 1: four at a time, reversed.
  let mirror = mask + middle - 3 * sizeof<f32>();
  const end = (<usize>size) << 2;
  for (let at = middle; at < end; at += VECTOR_BYTES) {
    const lanes = reverseLanes(v128.load(mirror));
    v128.store(outRe + at, f32x4.mul(v128.load(re + at), lanes));
    v128.store(outIm + at, f32x4.mul(v128.load(im + at), lanes));
    mirror -= VECTOR_BYTES;
  }
}

/**
 * out ← (maskA + i·maskB) ∘ Z, where Z is the spectrum of a single real signal: the real part of the inverse transform
 * is the signal filtered by maskA, the imaginary part the signal filtered by maskB.
 */
export function maskSpectrumTwice(
  re: usize,
  im: usize,
  maskA: usize,
  maskB: usize,
  size: i32,
  outRe: usize,
  outIm: usize,
): void {
  const middle = (<usize>(size >> 1)) << 2;
  for (let at: usize = 0; at < middle; at += VECTOR_BYTES) {
    storeProduct(re + at, im + at, v128.load(maskA + at), v128.load(maskB + at), outRe + at, outIm + at);
  }
  let mirror = middle - 3 * sizeof<f32>();
  const end = (<usize>size) << 2;
  for (let at = middle; at < end; at += VECTOR_BYTES) {
    const a = reverseLanes(v128.load(maskA + mirror));
    const b = reverseLanes(v128.load(maskB + mirror));
    storeProduct(re + at, im + at, a, b, outRe + at, outIm + at);
    mirror -= VECTOR_BYTES;
  }
}

/** out ← (a + i·b) · Z for four bins. */
// @inline
function storeProduct(re: usize, im: usize, a: v128, b: v128, outRe: usize, outIm: usize): void {
  const zRe = v128.load(re);
  const zIm = v128.load(im);
  v128.store(outRe, f32x4.sub(f32x4.mul(a, zRe), f32x4.mul(b, zIm)));
  v128.store(outIm, f32x4.add(f32x4.mul(a, zIm), f32x4.mul(b, zRe)));
}
