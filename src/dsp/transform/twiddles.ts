import { memoized } from '../numeric/memoized.ts';
import { cosPi, sinPi } from '../numeric/trigonometry.ts';

/** Columns of the first pass that SIMD lanes take together. */
const LANES = 4;

/** The closing pass of 8 or of 4 points needs none. */
const LAST_LENGTH = 8;

/** The factors exp(−2πi·m·p/length), m = 1, 2, 3, of all passes of a transform, as the passes in `kernels/assembly/shared/fft/` read them. */
export const twiddlesOf = memoized((size: number): Float32Array => {
  const twiddles: number[] = [];
  for (let p = 0; p < size / 4; p += LANES) {
    const columns = Array.from({ length: LANES }, (_, lane) => factors(p + lane, size));
    for (let i = 0; i < columns[0].length; i++) for (const column of columns) twiddles.push(column[i]);
  }
  for (let length = size / 4; length > LAST_LENGTH; length /= 4) {
    for (let p = 0; p < length / 4; p++) twiddles.push(...factors(p, length));
  }
  return Float32Array.from(twiddles);
});

/** Real and imaginary parts, for m = 1, 2, 3. */
function factors(p: number, length: number): number[] {
  return [1, 2, 3].flatMap((m) => {
    const angle = (-2 * m * p) / length;
    return [cosPi(angle), sinPi(angle)];
  });
}
