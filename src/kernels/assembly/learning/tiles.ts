import { QUAD_TEMPLATES } from '../../constants';
import { LINE_BYTES, sumLanes, VECTOR_BYTES } from '../shared/simd';

/**
 * The inner loops of learning: products of W, H and V on tiles of eight vector registers. Layouts are those of
 * `layouts.ts`.
 *
 * JavaScript engines force some rules on these loops, each worth up to a factor of two:
 *
 * - Eight accumulators, four operands against two. More do not fit the sixteen vector registers of x64; with fewer,
 *   additions wait for each other.
 * - One step each time round: V8 moves the accumulators of unrolled loops to memory.
 * - Every load is at a constant offset from a pointer that only moves forward.
 * - Accumulators are stored before anything but addition is done with them. V8 allocates registers for a function as a
 *   whole, and a horizontal sum or a division after the loop makes it move accumulators to memory inside the loop.
 */

const FLOAT_BYTES: usize = 4;

/** Address of the eight accumulators of the last product: 128 bytes, on a cache line. */
export const TILE: usize = memory.data(128, 64);

/**
 * out[k][t] ← Σ_f W[k][f] · rows[t][f] for four templates and two frames.
 *
 * @param quad W as quads, at the four templates
 * @param row the first of the two rows
 * @param usedBytes of a row, up to the last vector with a bin
 * @param out a strip of frames, at the first template and frame
 */
export function correlateTile(quad: usize, row: usize, rowBytes: usize, usedBytes: usize, out: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let a2 = f32x4.splat(0);
  let a3 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  let b2 = f32x4.splat(0);
  let b3 = f32x4.splat(0);
  const end = row + usedBytes;
  let next = row + rowBytes;
  while (row < end) {
    const a = v128.load(row);
    const b = v128.load(next);
    let w = v128.load(quad);
    a0 = addProduct(a0, w, a);
    b0 = addProduct(b0, w, b);
    w = v128.load(quad, 16);
    a1 = addProduct(a1, w, a);
    b1 = addProduct(b1, w, b);
    w = v128.load(quad, 32);
    a2 = addProduct(a2, w, a);
    b2 = addProduct(b2, w, b);
    w = v128.load(quad, 48);
    a3 = addProduct(a3, w, a);
    b3 = addProduct(b3, w, b);
    row += VECTOR_BYTES;
    next += VECTOR_BYTES;
    quad += LINE_BYTES;
  }
  storeTile(a0, a1, a2, a3, b0, b1, b2, b3);
  for (let k: usize = 0; k < <usize>QUAD_TEMPLATES; k++) {
    store<f32>(out + k * LINE_BYTES, sumLanes(v128.load(TILE + k * VECTOR_BYTES)));
    store<f32>(out + k * LINE_BYTES + FLOAT_BYTES, sumLanes(v128.load(TILE + k * VECTOR_BYTES + LINE_BYTES)));
  }
}

/**
 * out[k][f] += Σ_t H[k][t] · rows[t][f] for four templates and eight bins, over whole strips of frames.
 *
 * @param row the first of the rows, at the first bin
 * @param h strips of H, at the first template
 * @param out a strip of bins, at the first template and bin
 */
export function accumulateTile(
  row: usize,
  rowBytes: usize,
  h: usize,
  stripBytes: usize,
  strips: i32,
  out: usize,
): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let a2 = f32x4.splat(0);
  let a3 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  let b2 = f32x4.splat(0);
  let b3 = f32x4.splat(0);
  for (; strips > 0; strips--) {
    const end = h + LINE_BYTES;
    while (h < end) {
      const a = v128.load(row);
      const b = v128.load(row, 16);
      let s = v128.load32_splat(h);
      a0 = addProduct(a0, s, a);
      b0 = addProduct(b0, s, b);
      s = v128.load32_splat(h, 64);
      a1 = addProduct(a1, s, a);
      b1 = addProduct(b1, s, b);
      s = v128.load32_splat(h, 128);
      a2 = addProduct(a2, s, a);
      b2 = addProduct(b2, s, b);
      s = v128.load32_splat(h, 192);
      a3 = addProduct(a3, s, a);
      b3 = addProduct(b3, s, b);
      row += rowBytes;
      h += FLOAT_BYTES;
    }
    h += stripBytes - LINE_BYTES;
  }
  storeTile(a0, a1, a2, a3, b0, b1, b2, b3);
  for (let k: usize = 0; k < <usize>QUAD_TEMPLATES; k++) {
    addVector(out + k * LINE_BYTES, TILE + k * VECTOR_BYTES);
    addVector(out + k * LINE_BYTES + VECTOR_BYTES, TILE + k * VECTOR_BYTES + LINE_BYTES);
  }
}

/**
 * TILE[t][f] ← floor + Σ_k W[k][f] · H[k][t] for one strip of bins and two frames.
 *
 * @param w the strip of bins
 * @param h a strip of frames, at the first of the two
 */
export function multiplyTile(w: usize, h: usize, templates: i32, floor: f32): void {
  let a0 = f32x4.splat(floor);
  let a1 = f32x4.splat(floor);
  let a2 = f32x4.splat(floor);
  let a3 = f32x4.splat(floor);
  let b0 = f32x4.splat(floor);
  let b1 = f32x4.splat(floor);
  let b2 = f32x4.splat(floor);
  let b3 = f32x4.splat(floor);
  const end = w + <usize>templates * LINE_BYTES;
  while (w < end) {
    const a = v128.load32_splat(h);
    const b = v128.load32_splat(h, 4);
    let x = v128.load(w);
    a0 = addProduct(a0, x, a);
    b0 = addProduct(b0, x, b);
    x = v128.load(w, 16);
    a1 = addProduct(a1, x, a);
    b1 = addProduct(b1, x, b);
    x = v128.load(w, 32);
    a2 = addProduct(a2, x, a);
    b2 = addProduct(b2, x, b);
    x = v128.load(w, 48);
    a3 = addProduct(a3, x, a);
    b3 = addProduct(b3, x, b);
    w += LINE_BYTES;
    h += LINE_BYTES;
  }
  storeTile(a0, a1, a2, a3, b0, b1, b2, b3);
}

/**
 * TILE ← Σ_j gram[j][k] · X[j][c] for four templates k and eight columns c of a strip: the first four columns of each
 * template, then the last four of each.
 *
 * @param gram at the first of the four templates
 * @param gramBytes from one row of the Gram matrix to the next
 * @param strip X, at the first of the eight columns
 */
export function multiplyGram(gram: usize, gramBytes: usize, strip: usize, templates: i32): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let a2 = f32x4.splat(0);
  let a3 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  let b2 = f32x4.splat(0);
  let b3 = f32x4.splat(0);
  const end = strip + <usize>templates * LINE_BYTES;
  while (strip < end) {
    const a = v128.load(strip);
    const b = v128.load(strip, 16);
    let s = v128.load32_splat(gram);
    a0 = addProduct(a0, s, a);
    b0 = addProduct(b0, s, b);
    s = v128.load32_splat(gram, 4);
    a1 = addProduct(a1, s, a);
    b1 = addProduct(b1, s, b);
    s = v128.load32_splat(gram, 8);
    a2 = addProduct(a2, s, a);
    b2 = addProduct(b2, s, b);
    s = v128.load32_splat(gram, 12);
    a3 = addProduct(a3, s, a);
    b3 = addProduct(b3, s, b);
    strip += LINE_BYTES;
    gram += gramBytes;
  }
  storeTile(a0, a1, a2, a3, b0, b1, b2, b3);
}

/**
 * TILE ← lanes of Σ_c A[i][c] · B[j][c] for four templates i and two templates j: the four sums of each vector are
 * still to be added. The four vectors of the first j come first.
 *
 * @param a quads, at the four templates
 * @param b quads, at the two templates
 * @param bytes of the quads to read
 */
export function correlateQuads(a: usize, b: usize, bytes: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let a2 = f32x4.splat(0);
  let a3 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  let b2 = f32x4.splat(0);
  let b3 = f32x4.splat(0);
  const end = a + bytes;
  while (a < end) {
    const first = v128.load(b);
    const second = v128.load(b, 16);
    let x = v128.load(a);
    a0 = addProduct(a0, x, first);
    b0 = addProduct(b0, x, second);
    x = v128.load(a, 16);
    a1 = addProduct(a1, x, first);
    b1 = addProduct(b1, x, second);
    x = v128.load(a, 32);
    a2 = addProduct(a2, x, first);
    b2 = addProduct(b2, x, second);
    x = v128.load(a, 48);
    a3 = addProduct(a3, x, first);
    b3 = addProduct(b3, x, second);
    a += LINE_BYTES;
    b += LINE_BYTES;
  }
  storeTile(a0, a1, a2, a3, b0, b1, b2, b3);
}

/** sum + a·b */
// @inline
function addProduct(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

// @inline
function addVector(target: usize, from: usize): void {
  v128.store(target, f32x4.add(v128.load(target), v128.load(from)));
}

// @inline
function storeTile(a0: v128, a1: v128, a2: v128, a3: v128, b0: v128, b1: v128, b2: v128, b3: v128): void {
  v128.store(TILE, a0);
  v128.store(TILE, a1, 16);
  v128.store(TILE, a2, 32);
  v128.store(TILE, a3, 48);
  v128.store(TILE, b0, 64);
  v128.store(TILE, b1, 80);
  v128.store(TILE, b2, 96);
  v128.store(TILE, b3, 112);
}
