/**
 * Two real signals a and b in one complex transform, as a + i·b. Its spectrum Z holds the spectra A and B of both:
 * with N = size and * for the conjugate,
 *
 *     A[f] = (Z[f] + Z*[N−f]) / 2        i·B[f] = (Z[f] − Z*[N−f]) / 2
 *
 * Spectra of real signals have size/2 + 1 bins.
 */

/** Takes the spectrum Z (size values) of a + i·b apart into A and B (size/2 + 1 values each). */
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

/** The inverse of `splitSpectrum`. The first and the last bin are real: their imaginary parts are ignored. */
export function joinSpectra(aRe: usize, aIm: usize, bRe: usize, bIm: usize, size: i32, re: usize, im: usize): void {
  const half = size >> 1;
  for (let f = 0; f <= half; f++) {
    const at = (<usize>f) << 2;
    const mirror = (<usize>((size - f) & (size - 1))) << 2;
    const real = f === 0 || f === half;
    const xIm = real ? <f32>0 : load<f32>(aIm + at);
    const yIm = real ? <f32>0 : load<f32>(bIm + at);
    store<f32>(re + mirror, load<f32>(aRe + at) + yIm);
    store<f32>(im + mirror, load<f32>(bRe + at) - xIm);
    store<f32>(re + at, load<f32>(aRe + at) - yIm);
    store<f32>(im + at, load<f32>(bRe + at) + xIm);
  }
}
