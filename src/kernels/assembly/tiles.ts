/**
 * The inner loops of learning: products of W, H and V on register tiles.
 *
 * Three layouts, all of float32, padded with zeros so that no loop has a remainder:
 *
 * - Rows, for V and for what has its shape: `rows[t][f]`, each a whole number of 64-byte lines.
 * - Strips, for W, H and what has their shape: `strips[c/16][k][c%16]`, where c is a bin of W or a frame of H. Sixteen
 *   columns of one template are one line, and one strip holds all templates of sixteen columns.
 * - Quads, a copy of W or H for dot products along bins or frames: `quads[k/4][c/4][k%4][c%4]`. A line holds four
 *   columns of four templates, so that four dot products read one stream.
 *
 * Rules that the engines force on the loops, each worth up to a factor of two:
 *
 * - Eight accumulators, four operands against two: more do not fit the sixteen registers of x64, fewer leave the
 *   adders waiting.
 * - One step a trip: unrolled loops make V8 spill.
 * - Every load is a constant offset from a pointer that only moves forward.
 * - Accumulators are stored before anything but addition is done with them. V8 allocates registers for the whole
 *   function, and a horizontal sum or a division after the loop makes it spill inside the loop.
 */
import { sumLanes, VECTOR } from './simd';

/** Columns in a strip. */
export const STRIP: i32 = 16;
/** Bytes of sixteen columns of one template in a strip, or of four columns of four templates in quads. */
export const LINE: usize = 64;
/** Templates in a quad. */
export const QUAD: i32 = 4;
/** Frames, or pairs of columns, that a tile has. */
export const PAIR: i32 = 2;

const FLOAT: usize = 4;
const HALF_LINE: usize = 32;

/** Eight accumulators. */
export const TILE: usize = memory.data(128, 64);

// @ts-ignore: decorator
@inline
function addProduct(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

/** out[k][t] = Σ_f W[k][f] · rows[t][f] for four templates and two frames. */
export function correlate(quad: usize, row: usize, rowBytes: usize, usedBytes: usize, out: usize): void {
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
    row += VECTOR;
    next += VECTOR;
    quad += LINE;
  }
  storeTile(a0, a1, a2, a3, b0, b1, b2, b3);
  for (let k: usize = 0; k < <usize>QUAD; k++) {
    store<f32>(out + k * LINE, sumLanes(v128.load(TILE + k * VECTOR)));
    store<f32>(out + k * LINE + FLOAT, sumLanes(v128.load(TILE + k * VECTOR + LINE)));
  }
}

/**
 * out[k][f] += Σ_t H[k][t] · rows[t][f] for four templates and eight bins, over whole strips of frames.
 *
 * @param h strips of H, at the first of the four templates
 * @param out strip of bins, at the same template and at the first of the eight bins
 */
export function accumulate(row: usize, rowBytes: usize, h: usize, stripBytes: usize, strips: i32, out: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let a2 = f32x4.splat(0);
  let a3 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  let b2 = f32x4.splat(0);
  let b3 = f32x4.splat(0);
  for (; strips > 0; strips--) {
    const end = h + LINE;
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
      h += FLOAT;
    }
    h += stripBytes - LINE;
  }
  storeTile(a0, a1, a2, a3, b0, b1, b2, b3);
  for (let k: usize = 0; k < <usize>QUAD; k++) {
    addTo(out + k * LINE, TILE + k * VECTOR);
    addTo(out + k * LINE + VECTOR, TILE + k * VECTOR + LINE);
  }
}

/**
 * TILE[t][f] = floor + Σ_k W[k][f] · H[k][t] for one strip of bins and two frames.
 *
 * @param h strip of H, at the first of the two frames
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
  const end = w + (<usize>templates) * LINE;
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
    w += LINE;
    h += LINE;
  }
  storeTile(a0, a1, a2, a3, b0, b1, b2, b3);
}

/**
 * TILE[k][c] = Σ_j gram[j][k] · X[j][c] for four templates and eight columns of a strip: templates in rows of four,
 * the first four columns, then the last.
 *
 * @param gram at the first of the four templates
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
  const end = strip + (<usize>templates) * LINE;
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
    strip += LINE;
    gram += gramBytes;
  }
  storeTile(a0, a1, a2, a3, b0, b1, b2, b3);
}

/** Columns whose products are summed in float32 before float64 takes over, in vectors. */
const GRAM_SEGMENT: usize = 32;

/**
 * gram[i][j] = Σ_c X[i][c] · X[j][c], symmetric, in float64: losses are small differences of such sums.
 *
 * @param vectors columns / 4
 * @param gram paddedTemplates × paddedTemplates of float64
 */
export function fillGram(quads: usize, vectors: i32, paddedTemplates: i32, gram: usize): void {
  const quadBytes = (<usize>vectors) * LINE;
  const rowBytes = (<usize>paddedTemplates) << 3;
  memory.fill(gram, 0, rowBytes * <usize>paddedTemplates);
  const groups = paddedTemplates / QUAD;
  for (let i = 0; i < groups; i++) {
    for (let j = 0; j <= i; j++) {
      for (let pair: usize = 0; pair < 2; pair++) {
        let a = quads + quadBytes * <usize>i;
        let b = quads + quadBytes * <usize>j + pair * HALF_LINE;
        const end = a + quadBytes;
        const corner = gram + rowBytes * <usize>(i * QUAD) + (<usize>(j * QUAD) << 3) + (pair << 4);
        while (a < end) {
          const length = min(GRAM_SEGMENT * LINE, end - a);
          correlateQuads(a, b, length);
          addSums(corner, rowBytes);
          a += length;
          b += length;
        }
      }
    }
  }
  for (let i = 0; i < paddedTemplates; i++) {
    for (let j = 0; j < i; j++) {
      store<f64>(gram + rowBytes * <usize>j + (<usize>i << 3), load<f64>(gram + rowBytes * <usize>i + (<usize>j << 3)));
    }
  }
}

/** TILE = lanes of the products of four templates of `a` with two of `b`. */
function correlateQuads(a: usize, b: usize, bytes: usize): void {
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
    a += LINE;
    b += LINE;
  }
  storeTile(a0, a1, a2, a3, b0, b1, b2, b3);
}

/** corner[i][j] += the sums that TILE holds, for four i and two j. */
function addSums(corner: usize, rowBytes: usize): void {
  for (let i: usize = 0; i < <usize>QUAD; i++) {
    const at = corner + rowBytes * i;
    store<f64>(at, load<f64>(at) + preciseSum(v128.load(TILE + i * VECTOR)));
    store<f64>(at, load<f64>(at, 8) + preciseSum(v128.load(TILE + i * VECTOR + LINE)), 8);
  }
}

/** Adds the lanes, in float64. */
// @ts-ignore: decorator
@inline
export function preciseSum(a: v128): f64 {
  const pairs = f64x2.add(f64x2.promote_low_f32x4(a), f64x2.promote_low_f32x4(v128.shuffle<f32>(a, a, 2, 3, 0, 1)));
  return f64x2.extract_lane(pairs, 0) + f64x2.extract_lane(pairs, 1);
}

/** Copies strips to quads. */
export function packQuads(strips: usize, paddedTemplates: i32, vectors: i32, quads: usize): void {
  const stripBytes = (<usize>paddedTemplates) * LINE;
  for (let k = 0; k < paddedTemplates; k += QUAD) {
    const rows = strips + (<usize>k) * LINE;
    for (let vector = 0; vector < vectors; vector++) {
      const from = rows + stripBytes * <usize>(vector >> 2) + (<usize>(vector & 3)) * VECTOR;
      v128.store(quads, v128.load(from));
      v128.store(quads, v128.load(from, 64), 16);
      v128.store(quads, v128.load(from, 128), 32);
      v128.store(quads, v128.load(from, 192), 48);
      quads += LINE;
    }
  }
}

// @ts-ignore: decorator
@inline
function addTo(target: usize, from: usize): void {
  v128.store(target, f32x4.add(v128.load(target), v128.load(from)));
}

// @ts-ignore: decorator
@inline
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
