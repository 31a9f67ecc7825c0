import { firstPass } from './firstPass';
import { lastPassOf4, lastPassOf8 } from './lastPass';
import { middlePass, ROW_TWIDDLE_BYTES } from './middlePass';

/**
 * Complex fast Fourier transform: Stockham's self-sorting algorithm with radix 4 (Van Loan, "Computational Frameworks
 * for the Fast Fourier Transform", 1992, section 1.7), closed by radix 8 where log₂ size is odd. Real and imaginary
 * parts lie in two arrays, so that every SIMD lane does the same.
 *
 * A pass sees the data as x[length][stride], from length = size and stride = 1 on. It takes the rows p, p + length/4,
 * p + length/2 and p + 3·length/4 together, for each p < length/4, and multiplies their sums by powers of the
 * twiddle w = exp(−2πi·p/length). The next pass has a quarter of the length and four times the stride.
 */

/**
 * Transforms in place. The inverse, times `size`, is the same transform with `re` and `im` exchanged.
 *
 * @param re size floats
 * @param im size floats
 * @param scratch 2·size floats
 * @param twiddles those of the first pass (`firstPass.ts`), then those of each middle pass (`middlePass.ts`)
 * @param size a power of two, 64 or more
 */
export function transform(re: usize, im: usize, scratch: usize, twiddles: usize, size: i32): void {
  let fromRe = re;
  let fromIm = im;
  let toRe = scratch;
  let toIm = scratch + ((<usize>size) << 2);
  firstPass(fromRe, fromIm, toRe, toIm, twiddles, size);
  let w = twiddles + <usize>(size >> 2) * ROW_TWIDDLE_BYTES;
  let length = size >> 2;
  let stride = 4;
  while (length > 8) {
    let swap = fromRe;
    fromRe = toRe;
    toRe = swap;
    swap = fromIm;
    fromIm = toIm;
    toIm = swap;
    middlePass(fromRe, fromIm, toRe, toIm, w, length, stride);
    w += <usize>(length >> 2) * ROW_TWIDDLE_BYTES;
    length >>= 2;
    stride <<= 2;
  }
  // The last pass may run in place, so it brings the data home from wherever it is.
  if (length === 8) lastPassOf8(toRe, toIm, re, im, stride);
  else lastPassOf4(toRe, toIm, re, im, stride);
}
