import { VECTOR_BYTES } from '../simd';

/**
 * The closing passes (`transform.ts`), over x[4][stride] or x[8][stride]: all twiddles are 1. Each step reads and
 * writes the same places, so that these passes may run in place.
 */

const ROOT_HALF: f32 = 0.70710678;

/** Radix 4: butterflies of the rows a, b, c and d. */
export function lastPassOf4(fromRe: usize, fromIm: usize, toRe: usize, toIm: usize, stride: i32): void {
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
    fromRe += VECTOR_BYTES;
    fromIm += VECTOR_BYTES;
    toRe += VECTOR_BYTES;
    toIm += VECTOR_BYTES;
  }
}

/**
 * Radix 8: a transform of the four even rows (e) and one of the four odd rows (o), joined with the factors
 * exp(−2πi·k/8). Sums and differences of rows are called s04, d04, and so on.
 */
export function lastPassOf8(fromRe: usize, fromIm: usize, toRe: usize, toIm: usize, stride: i32): void {
  const row = (<usize>stride) << 2;
  const end = fromRe + row;
  const root = f32x4.splat(ROOT_HALF);
  while (fromRe < end) {
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
    fromRe += VECTOR_BYTES;
    fromIm += VECTOR_BYTES;
    toRe += VECTOR_BYTES;
    toIm += VECTOR_BYTES;
  }
}
