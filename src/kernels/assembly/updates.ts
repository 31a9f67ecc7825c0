import { VECTOR } from './simd';
import { LINE, multiplyGram, QUAD, STRIP, TILE } from './tiles';

/** Values of W and H below this become zero, long before they are denormal; the largest of V lies between 1 and 2. */
const NEGLIGIBLE: f32 = 1e-24;
/** Diagonals of a Gram matrix below this are lost to rounding: dividing by them would send values anywhere. */
const LOST_SQUARE: f32 = 1e-30;
/** Values of W and H stay below this: products of two must be finite. */
const HUGE: f32 = 1e18;

/**
 * X ← X ∘ attraction / repulsion.
 *
 * Where nothing repels, X has no say in the loss and stays. What is not a number becomes 0: comparisons with it are
 * false.
 */
// @ts-ignore: decorator
@inline
function multiplied(x: v128, attraction: v128, repulsion: v128): v128 {
  const product = f32x4.mul(x, f32x4.div(attraction, repulsion));
  const moved = v128.bitselect(product, x, f32x4.gt(repulsion, f32x4.splat(0)));
  return bounded(moved);
}

/** Zero below NEGLIGIBLE, at most HUGE, zero for what is not a number. */
// @ts-ignore: decorator
@inline
function bounded(x: v128): v128 {
  return f32x4.pmin(v128.and(x, f32x4.ge(x, f32x4.splat(NEGLIGIBLE))), f32x4.splat(HUGE));
}

/**
 * to ← from ∘ attraction / repulsion, on one strip.
 *
 * @param held one i32 a template, or 0: not 0 copies the template
 */
export function updateStrip(from: usize, attraction: usize, repulsion: usize, templates: i32, held: usize, to: usize): void {
  for (let k = 0; k < templates; k++) {
    if (held != 0 && load<i32>(held + ((<usize>k) << 2))) memory.copy(to, from, LINE);
    else {
      for (let at: usize = 0; at < LINE; at += VECTOR) {
        v128.store(to + at, multiplied(v128.load(from + at), v128.load(attraction + at), v128.load(repulsion + at)));
      }
    }
    from += LINE;
    attraction += LINE;
    repulsion += LINE;
    to += LINE;
  }
}

/** out = gram · X, on one strip. */
export function applyGram(gram: usize, paddedTemplates: i32, strip: usize, templates: i32, out: usize): void {
  const gramBytes = (<usize>paddedTemplates) << 2;
  for (let half: usize = 0; half < LINE; half += LINE / 2) {
    for (let k = 0; k < paddedTemplates; k += QUAD) {
      multiplyGram(gram + ((<usize>k) << 2), gramBytes, strip + half, templates);
      const rows = out + (<usize>k) * LINE + half;
      for (let i: usize = 0; i < <usize>QUAD; i++) {
        v128.store(rows + i * LINE, v128.load(TILE + i * VECTOR));
        v128.store(rows + i * LINE, v128.load(TILE + i * VECTOR, 64), 16);
      }
    }
  }
}

/**
 * Hierarchical alternating least squares: each template in turn takes its minimum, the others fixed, in place, on one
 * strip (Cichocki and Phan 2009; several sweeps: Gillis and Glineur, "Accelerated multiplicative updates and
 * hierarchical ALS algorithms", Neural Computation 24, 2012).
 *
 * A template whose partner is as good as zero stays as it is, so it can come back.
 */
export function descendStrip(gram: usize, paddedTemplates: i32, strip: usize, attraction: usize, templates: i32, held: usize, sweeps: i32): void {
  for (let half: usize = 0; half < LINE; half += LINE / 2) {
    for (let sweep = 0; sweep < sweeps; sweep++) {
      for (let k = 0; k < templates; k += QUAD) {
        descendQuad(gram, paddedTemplates, strip + half, attraction + half, templates, k, held);
      }
    }
  }
}

/** Four templates of eight columns: the gradient from all templates, then mended as each of the four moves. */
function descendQuad(gram: usize, paddedTemplates: i32, strip: usize, attraction: usize, templates: i32, first: i32, held: usize): void {
  const gramBytes = (<usize>paddedTemplates) << 2;
  multiplyGram(gram + ((<usize>first) << 2), gramBytes, strip, templates);
  for (let i = 0; i < QUAD; i++) {
    const k = first + i;
    const row = gram + gramBytes * <usize>k + ((<usize>first) << 2);
    const square = load<f32>(row + ((<usize>i) << 2));
    if (square < LOST_SQUARE || (held != 0 && load<i32>(held + ((<usize>k) << 2)))) continue;
    const inverse = f32x4.splat(<f32>1 / square);
    for (let vector: usize = 0; vector < 2; vector++) {
      const offset = (<usize>k) * LINE + vector * VECTOR;
      const tile = TILE + vector * LINE;
      const before = v128.load(strip + offset);
      const slope = f32x4.sub(v128.load(attraction + offset), v128.load(tile + (<usize>i) * VECTOR));
      const after = bounded(f32x4.add(before, f32x4.mul(slope, inverse)));
      v128.store(strip + offset, after);
      const step = f32x4.sub(after, before);
      for (let j = i + 1; j < QUAD; j++) {
        const at = tile + (<usize>j) * VECTOR;
        v128.store(at, f32x4.add(v128.load(at), f32x4.mul(step, v128.load32_splat(row + ((<usize>j) << 2)))));
      }
    }
  }
}

/**
 * What the point ahead keeps of every value at least. Values that shrink do so by the update; going ahead with them too
 * drives those that would turn back so low that it takes them hundreds of iterations. Measured on ten seconds of
 * music with 3 to 32 templates: 0.9 to 0.97 are alike, from 0.8 down some starts end on a plateau.
 */
const LOWEST_FRACTION: f32 = 0.95;

/**
 * to ← current + step · (current − previous): the point ahead on the way that the last iteration went.
 */
export function extrapolate(current: usize, previous: usize, step: f32, bytes: usize, to: usize): void {
  const lowest = f32x4.splat(LOWEST_FRACTION);
  const factor = f32x4.splat(step);
  for (let at: usize = 0; at < bytes; at += VECTOR) {
    const x = v128.load(current + at);
    const ahead = f32x4.add(x, f32x4.mul(factor, f32x4.sub(x, v128.load(previous + at))));
    v128.store(to + at, f32x4.pmax(ahead, f32x4.mul(x, lowest)));
  }
}

/** Every column of every template of the strips gets its template's sum over all columns. */
export function spreadSums(strips: usize, stripBytes: usize, count: i32, templates: i32, out: usize): void {
  for (let k = 0; k < templates; k++) {
    let sum: f64 = 0;
    let at = strips + (<usize>k) * LINE;
    for (let strip = 0; strip < count; strip++) {
      for (let column: usize = 0; column < <usize>STRIP; column++) sum += <f64>load<f32>(at + (column << 2));
      at += stripBytes;
    }
    for (let column: usize = 0; column < <usize>STRIP; column++) {
      store<f32>(out + (<usize>k) * LINE + (column << 2), <f32>sum);
    }
  }
}
