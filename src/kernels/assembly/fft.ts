import { VECTOR } from './simd';

/**
 * Complex FFT, Stockham's self-sorting radix 4 (Van Loan, "Computational Frameworks for the FFT", 1992, section 1.7)
 * with a closing radix 8 where log₂(size) is odd. Real and imaginary parts lie in two arrays, so that every SIMD lane
 * does the same. The inverse is the same transform with the two arrays exchanged.
 *
 * A pass sees the data as x[length][stride] and, for column p of the first quarter, twiddles w = exp(−2πi·p/length).
 * The first pass has stride 1: its lanes run along p, and its results are transposed. In all others the lanes run
 * along the stride and share one twiddle.
 *
 * Twiddles, one pass after the other: for the first pass groups of 4 lanes [w re, w im, w² re, w² im, w³ re, w³ im],
 * 96 bytes each; for the others the same six numbers once a column, 24 bytes. The last pass needs none.
 */
const TWIDDLES: usize = 6 * sizeof<f32>();

/** √½, the only factor in the closing radix 8. */
const HALF_ROOT: f32 = 0.70710678118654752;

/**
 * Transforms in place.
 *
 * @param re size floats
 * @param im size floats
 * @param scratch 2·size floats
 * @param twiddles as above
 * @param size a power of two, 64 or more
 */
export function transform(re: usize, im: usize, scratch: usize, twiddles: usize, size: i32): void {
  let fromRe = re;
  let fromIm = im;
  let toRe = scratch;
  let toIm = scratch + ((<usize>size) << 2);
  firstPass(fromRe, fromIm, toRe, toIm, twiddles, size);
  let w = twiddles + (<usize>(size >> 2)) * TWIDDLES;
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
    w += (<usize>(length >> 2)) * TWIDDLES;
    length >>= 2;
    stride <<= 2;
  }
  // The last pass reads and writes the same places, so it may run in place or bring the data home.
  if (length == 8) lastPassOf8(toRe, toIm, re, im, stride);
  else lastPassOf4(toRe, toIm, re, im, stride);
}

function firstPass(fromRe: usize, fromIm: usize, toRe: usize, toIm: usize, w: usize, size: i32): void {
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
    const w1Im = v128.load(w, VECTOR);
    const w2Re = v128.load(w, 2 * VECTOR);
    const w2Im = v128.load(w, 3 * VECTOR);
    const w3Re = v128.load(w, 4 * VECTOR);
    const w3Im = v128.load(w, 5 * VECTOR);
    storeTransposed(toRe, y0Re, productRe(u1Re, u1Im, w1Re, w1Im), productRe(u2Re, u2Im, w2Re, w2Im), productRe(u3Re, u3Im, w3Re, w3Im));
    storeTransposed(toIm, y0Im, productIm(u1Re, u1Im, w1Re, w1Im), productIm(u2Re, u2Im, w2Re, w2Im), productIm(u3Re, u3Im, w3Re, w3Im));
    w += 6 * VECTOR;
    fromRe += VECTOR;
    fromIm += VECTOR;
    toRe += 4 * VECTOR;
    toIm += 4 * VECTOR;
  }
}

function middlePass(fromRe: usize, fromIm: usize, toRe: usize, toIm: usize, w: usize, length: i32, stride: i32): void {
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
      fromRe += VECTOR;
      fromIm += VECTOR;
      toRe += VECTOR;
      toIm += VECTOR;
    } while (fromRe < rowEnd);
    toRe += rowBytes * 3;
    toIm += rowBytes * 3;
    w += TWIDDLES;
  }
}

function lastPassOf4(fromRe: usize, fromIm: usize, toRe: usize, toIm: usize, stride: i32): void {
  const row = (<usize>stride) << 2;
  const end = fromRe + row;
  while (fromRe < end) {
    const aRe = v128.load(fromRe);
    const aIm = v128.load(fromIm);
    const bRe = v128.load(fromRe + row);
    const bIm = v128.load(fromIm + row);
    const cRe = v128.load(fromRe + row * 2);
    const cIm = v128.load(fromIm + row * 2);
    const dRe = v128.load(fromRe + row * 3);
    const dIm = v128.load(fromIm + row * 3);
    const evenRe = f32x4.add(aRe, cRe);
    const evenIm = f32x4.add(aIm, cIm);
    const oddRe = f32x4.sub(aRe, cRe);
    const oddIm = f32x4.sub(aIm, cIm);
    const sumRe = f32x4.add(bRe, dRe);
    const sumIm = f32x4.add(bIm, dIm);
    const differenceRe = f32x4.sub(bRe, dRe);
    const differenceIm = f32x4.sub(bIm, dIm);
    v128.store(toRe, f32x4.add(evenRe, sumRe));
    v128.store(toIm, f32x4.add(evenIm, sumIm));
    v128.store(toRe + row, f32x4.add(oddRe, differenceIm));
    v128.store(toIm + row, f32x4.sub(oddIm, differenceRe));
    v128.store(toRe + row * 2, f32x4.sub(evenRe, sumRe));
    v128.store(toIm + row * 2, f32x4.sub(evenIm, sumIm));
    v128.store(toRe + row * 3, f32x4.sub(oddRe, differenceIm));
    v128.store(toIm + row * 3, f32x4.add(oddIm, differenceRe));
    fromRe += VECTOR;
    fromIm += VECTOR;
    toRe += VECTOR;
    toIm += VECTOR;
  }
}

function lastPassOf8(fromRe: usize, fromIm: usize, toRe: usize, toIm: usize, stride: i32): void {
  const row = (<usize>stride) << 2;
  const end = fromRe + row;
  const root = f32x4.splat(HALF_ROOT);
  while (fromRe < end) {
    // The even rows make one transform of 4, the odd rows another.
    const x0Re = v128.load(fromRe);
    const x0Im = v128.load(fromIm);
    const x4Re = v128.load(fromRe + row * 4);
    const x4Im = v128.load(fromIm + row * 4);
    const x2Re = v128.load(fromRe + row * 2);
    const x2Im = v128.load(fromIm + row * 2);
    const x6Re = v128.load(fromRe + row * 6);
    const x6Im = v128.load(fromIm + row * 6);
    const s04Re = f32x4.add(x0Re, x4Re);
    const s04Im = f32x4.add(x0Im, x4Im);
    const d04Re = f32x4.sub(x0Re, x4Re);
    const d04Im = f32x4.sub(x0Im, x4Im);
    const s26Re = f32x4.add(x2Re, x6Re);
    const s26Im = f32x4.add(x2Im, x6Im);
    const d26Re = f32x4.sub(x2Re, x6Re);
    const d26Im = f32x4.sub(x2Im, x6Im);
    const e0Re = f32x4.add(s04Re, s26Re);
    const e0Im = f32x4.add(s04Im, s26Im);
    const e1Re = f32x4.add(d04Re, d26Im);
    const e1Im = f32x4.sub(d04Im, d26Re);
    const e2Re = f32x4.sub(s04Re, s26Re);
    const e2Im = f32x4.sub(s04Im, s26Im);
    const e3Re = f32x4.sub(d04Re, d26Im);
    const e3Im = f32x4.add(d04Im, d26Re);

    const x1Re = v128.load(fromRe + row);
    const x1Im = v128.load(fromIm + row);
    const x5Re = v128.load(fromRe + row * 5);
    const x5Im = v128.load(fromIm + row * 5);
    const x3Re = v128.load(fromRe + row * 3);
    const x3Im = v128.load(fromIm + row * 3);
    const x7Re = v128.load(fromRe + row * 7);
    const x7Im = v128.load(fromIm + row * 7);
    const s15Re = f32x4.add(x1Re, x5Re);
    const s15Im = f32x4.add(x1Im, x5Im);
    const d15Re = f32x4.sub(x1Re, x5Re);
    const d15Im = f32x4.sub(x1Im, x5Im);
    const s37Re = f32x4.add(x3Re, x7Re);
    const s37Im = f32x4.add(x3Im, x7Im);
    const d37Re = f32x4.sub(x3Re, x7Re);
    const d37Im = f32x4.sub(x3Im, x7Im);
    const o0Re = f32x4.add(s15Re, s37Re);
    const o0Im = f32x4.add(s15Im, s37Im);
    v128.store(toRe, f32x4.add(e0Re, o0Re));
    v128.store(toIm, f32x4.add(e0Im, o0Im));
    v128.store(toRe + row * 4, f32x4.sub(e0Re, o0Re));
    v128.store(toIm + row * 4, f32x4.sub(e0Im, o0Im));
    const o2Re = f32x4.sub(s15Re, s37Re);
    const o2Im = f32x4.sub(s15Im, s37Im);
    v128.store(toRe + row * 2, f32x4.add(e2Re, o2Im));
    v128.store(toIm + row * 2, f32x4.sub(e2Im, o2Re));
    v128.store(toRe + row * 6, f32x4.sub(e2Re, o2Im));
    v128.store(toIm + row * 6, f32x4.add(e2Im, o2Re));
    // Times exp(−πi/4) = √½·(1 − i), and exp(−3πi/4) = −√½·(1 + i).
    const o1Re = f32x4.add(d15Re, d37Im);
    const o1Im = f32x4.sub(d15Im, d37Re);
    const t1Re = f32x4.mul(root, f32x4.add(o1Re, o1Im));
    const t1Im = f32x4.mul(root, f32x4.sub(o1Im, o1Re));
    v128.store(toRe + row, f32x4.add(e1Re, t1Re));
    v128.store(toIm + row, f32x4.add(e1Im, t1Im));
    v128.store(toRe + row * 5, f32x4.sub(e1Re, t1Re));
    v128.store(toIm + row * 5, f32x4.sub(e1Im, t1Im));
    const o3Re = f32x4.sub(d15Re, d37Im);
    const o3Im = f32x4.add(d15Im, d37Re);
    const t3Re = f32x4.mul(root, f32x4.sub(o3Im, o3Re));
    const t3Im = f32x4.mul(root, f32x4.add(o3Re, o3Im));
    v128.store(toRe + row * 3, f32x4.add(e3Re, t3Re));
    v128.store(toIm + row * 3, f32x4.sub(e3Im, t3Im));
    v128.store(toRe + row * 7, f32x4.sub(e3Re, t3Re));
    v128.store(toIm + row * 7, f32x4.add(e3Im, t3Im));
    fromRe += VECTOR;
    fromIm += VECTOR;
    toRe += VECTOR;
    toIm += VECTOR;
  }
}

// @ts-ignore: decorator
@inline
function productRe(aRe: v128, aIm: v128, bRe: v128, bIm: v128): v128 {
  return f32x4.sub(f32x4.mul(aRe, bRe), f32x4.mul(aIm, bIm));
}

// @ts-ignore: decorator
@inline
function productIm(aRe: v128, aIm: v128, bRe: v128, bIm: v128): v128 {
  return f32x4.add(f32x4.mul(aRe, bIm), f32x4.mul(aIm, bRe));
}

/** Stores the 4 × 4 matrix of these rows by columns. */
// @ts-ignore: decorator
@inline
function storeTransposed(to: usize, a: v128, b: v128, c: v128, d: v128): void {
  const abLow = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cdLow = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(abLow, cdLow, 0, 1, 4, 5));
  v128.store(to, v128.shuffle<f32>(abLow, cdLow, 2, 3, 6, 7), VECTOR);
  v128.store(to, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5), 2 * VECTOR);
  v128.store(to, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7), 3 * VECTOR);
}
