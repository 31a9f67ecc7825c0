import { reverseLanes, VECTOR } from './simd';

/**
 * What lies between samples and spectra. Two real signals a and b ride in one complex transform as a + i·b. Its
 * spectrum Z stands for both: A[f] = (Z[f] + Z*[N−f])/2 and i·B[f] = (Z[f] − Z*[N−f])/2. A mask that treats f and
 * N−f alike filters both signals at once, so spectra are only taken apart where their magnitudes are wanted.
 *
 * "Bins" below are the size/2 + 1 frequencies of a real signal; arrays of bins are padded with zeros to whole lines.
 */

/**
 * out[n] = window[n] · ring[(start + n) mod length]
 *
 * @param start and `length` are multiples of 4 samples
 * @returns whether anything but zeros came out
 */
export function windowFrame(ring: usize, length: i32, start: i32, window: usize, size: i32, out: usize): bool {
  const tail = min(length - start, size);
  const bytes = (<usize>tail) << 2;
  const before = multiply(ring + ((<usize>start) << 2), window, tail, out);
  const after = multiply(ring, window + bytes, size - tail, out + bytes);
  return before || after;
}

/** Returns whether any product is not zero. */
function multiply(a: usize, b: usize, count: i32, out: usize): bool {
  const end = a + ((<usize>count) << 2);
  let any = f32x4.splat(0);
  while (a < end) {
    const product = f32x4.mul(v128.load(a), v128.load(b));
    any = v128.or(any, f32x4.ne(product, f32x4.splat(0)));
    v128.store(out, product);
    a += VECTOR;
    b += VECTOR;
    out += VECTOR;
  }
  return v128.any_true(any);
}

/**
 * magnitudes[f] += scale · (|A[f]| + |B[f]|) for the bins of a + i·b.
 *
 * @param re, im size floats
 * @param magnitudes size/2 + 1 floats
 */
export function addMagnitudes(re: usize, im: usize, size: i32, scale: f32, magnitudes: usize): void {
  const half = size >> 1;
  storeMagnitude(re, im, re, im, scale, magnitudes);
  // Bins 1 … half−1 with their mirrors; lanes hold f … f+3 against N−f … N−f−3. The last trip may reach past the
  // middle, so the rest goes one by one.
  let f = 1;
  const halves = f32x4.splat(<f32>0.5 * scale);
  for (; f + 4 <= half; f += 4) {
    const at = (<usize>f) << 2;
    const mirror = (<usize>(size - f - 3)) << 2;
    const zRe = v128.load(re + at);
    const zIm = v128.load(im + at);
    const mRe = reverseLanes(v128.load(re + mirror));
    const mIm = reverseLanes(v128.load(im + mirror));
    const first = length(f32x4.add(zRe, mRe), f32x4.sub(zIm, mIm));
    const second = length(f32x4.sub(zRe, mRe), f32x4.add(zIm, mIm));
    const sum = f32x4.mul(halves, f32x4.add(first, second));
    v128.store(magnitudes + at, f32x4.add(v128.load(magnitudes + at), sum));
  }
  for (; f <= half; f++) {
    const at = (<usize>f) << 2;
    const mirror = (<usize>(size - f)) << 2;
    storeMagnitude(re + at, im + at, re + mirror, im + mirror, scale, magnitudes + at);
  }
}

// @ts-ignore: decorator
@inline
function length(x: v128, y: v128): v128 {
  return f32x4.sqrt(f32x4.add(f32x4.mul(x, x), f32x4.mul(y, y)));
}

function storeMagnitude(re: usize, im: usize, mirrorRe: usize, mirrorIm: usize, scale: f32, to: usize): void {
  const sumRe = load<f32>(re) + load<f32>(mirrorRe);
  const sumIm = load<f32>(im) + load<f32>(mirrorIm);
  const differenceRe = load<f32>(re) - load<f32>(mirrorRe);
  const differenceIm = load<f32>(im) - load<f32>(mirrorIm);
  const first = sqrt(sumRe * sumRe + differenceIm * differenceIm);
  const second = sqrt(differenceRe * differenceRe + sumIm * sumIm);
  store<f32>(to, load<f32>(to) + <f32>0.5 * scale * (first + second));
}

/** magnitudes[f] += scale · |Z[f]| for the bins of a real signal that rides alone. */
export function addLoneMagnitudes(re: usize, im: usize, size: i32, scale: f32, magnitudes: usize): void {
  const scales = f32x4.splat(scale);
  const middle = (<usize>(size >> 1)) << 2;
  for (let at: usize = 0; at < middle; at += VECTOR) {
    const sum = f32x4.mul(scales, length(v128.load(re + at), v128.load(im + at)));
    v128.store(magnitudes + at, f32x4.add(v128.load(magnitudes + at), sum));
  }
  const x = load<f32>(re + middle);
  const y = load<f32>(im + middle);
  store<f32>(magnitudes + middle, load<f32>(magnitudes + middle) + scale * sqrt(x * x + y * y));
}

/** Takes the spectrum of a + i·b apart into the bins of a and of b. */
export function splitSpectrum(re: usize, im: usize, size: i32, aRe: usize, aIm: usize, bRe: usize, bIm: usize): void {
  const half: f32 = 0.5;
  for (let f = 0; f <= size >> 1; f++) {
    const at = (<usize>f) << 2;
    const mirror = (<usize>((size - f) & (size - 1))) << 2;
    const zRe = load<f32>(re + at);
    const zIm = load<f32>(im + at);
    const mRe = load<f32>(re + mirror);
    const mIm = load<f32>(im + mirror);
    store<f32>(aRe + at, half * (zRe + mRe));
    store<f32>(aIm + at, half * (zIm - mIm));
    store<f32>(bRe + at, half * (zIm + mIm));
    store<f32>(bIm + at, half * (mRe - zRe));
  }
}

/** The opposite of `splitSpectrum`. The imaginary parts of the first and the last bin count as zero. */
export function joinSpectra(aRe: usize, aIm: usize, bRe: usize, bIm: usize, size: i32, re: usize, im: usize): void {
  const half = size >> 1;
  for (let f = 0; f <= half; f++) {
    const at = (<usize>f) << 2;
    const mirror = (<usize>((size - f) & (size - 1))) << 2;
    const real = f == 0 || f == half;
    const xIm = real ? <f32>0 : load<f32>(aIm + at);
    const yIm = real ? <f32>0 : load<f32>(bIm + at);
    store<f32>(re + mirror, load<f32>(aRe + at) + yIm);
    store<f32>(im + mirror, load<f32>(bRe + at) - xIm);
    store<f32>(re + at, load<f32>(aRe + at) - yIm);
    store<f32>(im + at, load<f32>(bRe + at) + xIm);
  }
}

/**
 * out = mask · Z: one mask for both signals that ride in Z.
 *
 * @param mask size/2 + 1 floats, used for f and N−f alike
 */
export function maskSpectrum(re: usize, im: usize, mask: usize, size: i32, outRe: usize, outIm: usize): void {
  const half = size >> 1;
  multiply(re, mask, half, outRe);
  multiply(im, mask, half, outIm);
  const middle = (<usize>half) << 2;
  // Upper half, in order: bins half … size−1 want mask half, half−1, … 1; lanes come four at a time, backwards.
  let m = mask + middle - 3 * sizeof<f32>();
  const end = (<usize>size) << 2;
  for (let at = middle; at < end; at += VECTOR) {
    const lanes = reverseLanes(v128.load(m));
    v128.store(outRe + at, f32x4.mul(v128.load(re + at), lanes));
    v128.store(outIm + at, f32x4.mul(v128.load(im + at), lanes));
    m -= VECTOR;
  }
}

/** out = (maskA + i·maskB) · Z, where one real signal rides in Z: two components of it in one inverse transform. */
export function maskSpectrumTwice(re: usize, im: usize, maskA: usize, maskB: usize, size: i32, outRe: usize, outIm: usize): void {
  const middle = (<usize>(size >> 1)) << 2;
  for (let at: usize = 0; at < middle; at += VECTOR) {
    storeTwice(re + at, im + at, v128.load(maskA + at), v128.load(maskB + at), outRe + at, outIm + at);
  }
  let mirror = middle - 3 * sizeof<f32>();
  const end = (<usize>size) << 2;
  for (let at = middle; at < end; at += VECTOR) {
    const a = reverseLanes(v128.load(maskA + mirror));
    const b = reverseLanes(v128.load(maskB + mirror));
    storeTwice(re + at, im + at, a, b, outRe + at, outIm + at);
    mirror -= VECTOR;
  }
}

// @ts-ignore: decorator
@inline
function storeTwice(re: usize, im: usize, a: v128, b: v128, outRe: usize, outIm: usize): void {
  const zRe = v128.load(re);
  const zIm = v128.load(im);
  v128.store(outRe, f32x4.sub(f32x4.mul(a, zRe), f32x4.mul(b, zIm)));
  v128.store(outIm, f32x4.add(f32x4.mul(a, zIm), f32x4.mul(b, zRe)));
}

/**
 * ring[(start + n) mod length] += window[n] · frame[n] for n < count.
 *
 * @param start, count and `length` are multiples of 4 samples; count ≤ length
 */
export function overlapAdd(frame: usize, window: usize, count: i32, ring: usize, length: i32, start: i32): void {
  const tail = min(length - start, count);
  multiplyAdd(frame, window, tail, ring + ((<usize>start) << 2));
  const bytes = (<usize>tail) << 2;
  multiplyAdd(frame + bytes, window + bytes, count - tail, ring);
}

/** ring[(start + n) mod length] += frame[n], as `overlapAdd`. */
export function addFrame(frame: usize, count: i32, ring: usize, length: i32, start: i32): void {
  const tail = min(length - start, count);
  add(frame, tail, ring + ((<usize>start) << 2));
  add(frame + ((<usize>tail) << 2), count - tail, ring);
}

function add(values: usize, count: i32, sum: usize): void {
  const end = values + ((<usize>count) << 2);
  while (values < end) {
    v128.store(sum, f32x4.add(v128.load(sum), v128.load(values)));
    values += VECTOR;
    sum += VECTOR;
  }
}

function multiplyAdd(a: usize, b: usize, count: i32, sum: usize): void {
  const end = a + ((<usize>count) << 2);
  while (a < end) {
    v128.store(sum, f32x4.add(v128.load(sum), f32x4.mul(v128.load(a), v128.load(b))));
    a += VECTOR;
    b += VECTOR;
    sum += VECTOR;
  }
}

/**
 * Hands out and clears `count` samples of each ring; what is left of the input goes to the last stream, so that all
 * streams add up to the input exactly.
 *
 * @param delayed count samples of input
 * @param rings `streams − 1` rings, `ringBytes` apart; taken at `start`
 * @param out `streams` arrays of `count` samples, `outBytes` apart
 */
export function emit(delayed: usize, rings: usize, ringBytes: usize, start: i32, streams: i32, count: i32, out: usize, outBytes: usize): void {
  const bytes = (<usize>count) << 2;
  const last = out + outBytes * <usize>(streams - 1);
  memory.copy(last, delayed, bytes);
  let ring = rings + ((<usize>start) << 2);
  for (let k = 1; k < streams; k++) {
    for (let at: usize = 0; at < bytes; at += VECTOR) {
      const samples = v128.load(ring + at);
      v128.store(out + at, samples);
      v128.store(last + at, f32x4.sub(v128.load(last + at), samples));
    }
    memory.fill(ring, 0, bytes);
    ring += ringBytes;
    out += outBytes;
  }
}
