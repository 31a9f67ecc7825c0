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

/**
 * The spectrum of a' + i·b', where Z is that of a + i·b, a' is a filtered by maskA, and b' is b filtered by maskB:
 *
 *     out[f] ← (maskA[f] + maskB[f])/2 · Z[f] + (maskA[f] − maskB[f])/2 · conj(Z[N−f])
 */
export function maskChannels(
  re: usize,
  im: usize,
  maskA: usize,
  maskB: usize,
  size: i32,
  outRe: usize,
  outIm: usize,
): void {
  const half = size >> 1;
  maskOneBin(re, im, 0, 0, load<f32>(maskA), load<f32>(maskB), outRe, outIm);
  const halves = f32x4.splat(0.5);
  let f = 1;
  for (; f + 4 <= half; f += 4) {
    const at = (<usize>f) << 2;
    const mirror = (<usize>(size - f - 3)) << 2;
    const a = f32x4.mul(halves, v128.load(maskA + at));
    const b = f32x4.mul(halves, v128.load(maskB + at));
    const sum = f32x4.add(a, b);
    const difference = f32x4.sub(a, b);
    const zRe = v128.load(re + at);
    const zIm = v128.load(im + at);
    const mRe = reverseLanes(v128.load(re + mirror));
    const mIm = reverseLanes(v128.load(im + mirror));
    v128.store(outRe + at, f32x4.add(f32x4.mul(sum, zRe), f32x4.mul(difference, mRe)));
    v128.store(outIm + at, f32x4.sub(f32x4.mul(sum, zIm), f32x4.mul(difference, mIm)));
    v128.store(outRe + mirror, reverseLanes(f32x4.add(f32x4.mul(sum, mRe), f32x4.mul(difference, zRe))));
    v128.store(outIm + mirror, reverseLanes(f32x4.sub(f32x4.mul(sum, mIm), f32x4.mul(difference, zIm))));
  }
  for (; f <= half; f++) {
    const at = (<usize>f) << 2;
    const mirror = (<usize>(size - f)) << 2;
    const a = load<f32>(maskA + at);
    const b = load<f32>(maskB + at);
    maskOneBin(re, im, at, mirror, a, b, outRe, outIm);
    maskOneBin(re, im, mirror, at, a, b, outRe, outIm);
  }
}

/** One bin of `maskChannels`: `at` and `mirror` are the bytes before f and before N−f. */
function maskOneBin(re: usize, im: usize, at: usize, mirror: usize, a: f32, b: f32, outRe: usize, outIm: usize): void {
  const sum = <f32>0.5 * (a + b);
  const difference = <f32>0.5 * (a - b);
  store<f32>(outRe + at, sum * load<f32>(re + at) + difference * load<f32>(re + mirror));
  store<f32>(outIm + at, sum * load<f32>(im + at) - difference * load<f32>(im + mirror));
}

/** out ← (a + i·b) · Z for four bins. */
// @inline
function storeProduct(re: usize, im: usize, a: v128, b: v128, outRe: usize, outIm: usize): void {
  const zRe = v128.load(re);
  const zIm = v128.load(im);
  v128.store(outRe, f32x4.sub(f32x4.mul(a, zRe), f32x4.mul(b, zIm)));
  v128.store(outIm, f32x4.add(f32x4.mul(a, zIm), f32x4.mul(b, zRe)));
}
