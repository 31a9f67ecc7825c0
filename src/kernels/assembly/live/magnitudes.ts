import { reverseLanes, VECTOR_BYTES } from '../shared/simd';

/** Magnitudes of the spectra of real signals: size/2 + 1 bins, in padded rows. */

/**
 * magnitudes[f] += scale · (|A[f]| + |B[f]|), where A and B are the spectra of the real signals a and b and Z that of
 * a + i·b (`shared/fft/realPairs.ts`).
 *
 * @param re Re Z, size floats
 * @param im Im Z, size floats
 */
export function addPairMagnitudes(re: usize, im: usize, size: i32, scale: f32, magnitudes: usize): void {
  const half = size >> 1;
  addOneMagnitude(re, im, re, im, scale, magnitudes);
  // Lanes hold the bins f … f+3 of Z, and of its mirror N−f … N−f−3. Bins that would share a vector with the middle
  // follow one by one.
  let f = 1;
  const halves = f32x4.splat(<f32>0.5 * scale);
  for (; f + 4 <= half; f += 4) {
    const at = (<usize>f) << 2;
    const mirror = (<usize>(size - f - 3)) << 2;
    const first = firstMagnitudes(re + at, im + at, re + mirror, im + mirror);
    const second = secondMagnitudes(re + at, im + at, re + mirror, im + mirror);
    const sum = f32x4.mul(halves, f32x4.add(first, second));
    v128.store(magnitudes + at, f32x4.add(v128.load(magnitudes + at), sum));
  }
  for (; f <= half; f++) {
    const at = (<usize>f) << 2;
    const mirror = (<usize>(size - f)) << 2;
    addOneMagnitude(re + at, im + at, re + mirror, im + mirror, scale, magnitudes + at);
  }
}

/** first[f] ← |A[f]|, second[f] ← |B[f]|, with A, B and Z as above. */
export function splitPairMagnitudes(re: usize, im: usize, size: i32, first: usize, second: usize): void {
  const half = size >> 1;
  splitOneMagnitude(re, im, re, im, first, second);
  let f = 1;
  const halves = f32x4.splat(0.5);
  for (; f + 4 <= half; f += 4) {
    const at = (<usize>f) << 2;
    const mirror = (<usize>(size - f - 3)) << 2;
    const a = firstMagnitudes(re + at, im + at, re + mirror, im + mirror);
    const b = secondMagnitudes(re + at, im + at, re + mirror, im + mirror);
    v128.store(first + at, f32x4.mul(halves, a));
    v128.store(second + at, f32x4.mul(halves, b));
  }
  for (; f <= half; f++) {
    const at = (<usize>f) << 2;
    const mirror = (<usize>(size - f)) << 2;
    splitOneMagnitude(re + at, im + at, re + mirror, im + mirror, first + at, second + at);
  }
}

function splitOneMagnitude(re: usize, im: usize, mirrorRe: usize, mirrorIm: usize, first: usize, second: usize): void {
  store<f32>(first, <f32>0.5 * firstMagnitude(re, im, mirrorRe, mirrorIm));
  store<f32>(second, <f32>0.5 * secondMagnitude(re, im, mirrorRe, mirrorIm));
}

function addOneMagnitude(re: usize, im: usize, mirrorRe: usize, mirrorIm: usize, scale: f32, to: usize): void {
  const first = firstMagnitude(re, im, mirrorRe, mirrorIm);
  const second = secondMagnitude(re, im, mirrorRe, mirrorIm);
  store<f32>(to, load<f32>(to) + <f32>0.5 * scale * (first + second));
}

/** 2·|A| of a bin, from that bin of Z and its mirror. */
// @inline
function firstMagnitude(re: usize, im: usize, mirrorRe: usize, mirrorIm: usize): f32 {
  const x = load<f32>(re) + load<f32>(mirrorRe);
  const y = load<f32>(im) - load<f32>(mirrorIm);
  return sqrt(x * x + y * y);
}

/** 2·|B| of a bin. */
// @inline
function secondMagnitude(re: usize, im: usize, mirrorRe: usize, mirrorIm: usize): f32 {
  const x = load<f32>(re) - load<f32>(mirrorRe);
  const y = load<f32>(im) + load<f32>(mirrorIm);
  return sqrt(x * x + y * y);
}

/** The same of four bins; the mirrored ones stand in reverse. */
// @inline
function firstMagnitudes(re: usize, im: usize, mirrorRe: usize, mirrorIm: usize): v128 {
  const x = f32x4.add(v128.load(re), reverseLanes(v128.load(mirrorRe)));
  const y = f32x4.sub(v128.load(im), reverseLanes(v128.load(mirrorIm)));
  return absoluteValue(x, y);
}

// @inline
function secondMagnitudes(re: usize, im: usize, mirrorRe: usize, mirrorIm: usize): v128 {
  const x = f32x4.sub(v128.load(re), reverseLanes(v128.load(mirrorRe)));
  const y = f32x4.add(v128.load(im), reverseLanes(v128.load(mirrorIm)));
  return absoluteValue(x, y);
}

/** √(x² + y²) */
// @inline
function absoluteValue(x: v128, y: v128): v128 {
  return f32x4.sqrt(f32x4.add(f32x4.mul(x, x), f32x4.mul(y, y)));
}

/** magnitudes[f] += scale · |Z[f]|, where Z is the spectrum of a single real signal. */
export function addSingleMagnitudes(re: usize, im: usize, size: i32, scale: f32, magnitudes: usize): void {
  const scales = f32x4.splat(scale);
  const middle = (<usize>(size >> 1)) << 2;
  for (let at: usize = 0; at < middle; at += VECTOR_BYTES) {
    const sum = f32x4.mul(scales, absoluteValue(v128.load(re + at), v128.load(im + at)));
    v128.store(magnitudes + at, f32x4.add(v128.load(magnitudes + at), sum));
  }
  const x = load<f32>(re + middle);
  const y = load<f32>(im + middle);
  store<f32>(magnitudes + middle, load<f32>(magnitudes + middle) + scale * sqrt(x * x + y * y));
}
