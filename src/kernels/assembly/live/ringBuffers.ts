import { VECTOR_BYTES } from '../shared/simd';
import { addArray, addProducts, multiplyArrays } from './elementwise';

/** Reading and writing ring buffers of samples. Positions, counts and lengths are multiples of 4 samples. */

/**
 * out[n] ← window[n] · ring[(start + n) mod length] for n < size, where size ≤ length.
 *
 * @returns whether any of the result is not zero
 */
export function windowFrame(ring: usize, length: i32, start: i32, window: usize, size: i32, out: usize): bool {
  const tail = min(length - start, size);
  const bytes = (<usize>tail) << 2;
  const before = multiplyArrays(ring + ((<usize>start) << 2), window, tail, out);
  const after = multiplyArrays(ring, window + bytes, size - tail, out + bytes);
  return before || after;
}

/** ring[(start + n) mod length] += window[n] · frame[n] for n < count, where count ≤ length. */
export function overlapAdd(frame: usize, window: usize, count: i32, ring: usize, length: i32, start: i32): void {
  const tail = min(length - start, count);
  addProducts(frame, window, tail, ring + ((<usize>start) << 2));
  const bytes = (<usize>tail) << 2;
  addProducts(frame + bytes, window + bytes, count - tail, ring);
}

/** ring[(start + n) mod length] += frame[n] for n < count, where count ≤ length. */
export function overlapAddUnwindowed(frame: usize, count: i32, ring: usize, length: i32, start: i32): void {
  const tail = min(length - start, count);
  addArray(frame, tail, ring + ((<usize>start) << 2));
  addArray(frame + ((<usize>tail) << 2), count - tail, ring);
}

/**
 * Moves `count` samples of each ring to an output and clears them in the ring. The last output gets the input minus
 * all others, so that the outputs add up to the input exactly.
 *
 * @param input `count` samples
 * @param rings `outputs − 1` rings, `ringBytes` apart, all read at `start`
 * @param out `outputs` arrays of `count` samples, `outBytes` apart
 */
export function takeFromRings(
  input: usize,
  rings: usize,
  ringBytes: usize,
  start: i32,
  outputs: i32,
  count: i32,
  out: usize,
  outBytes: usize,
): void {
  const bytes = (<usize>count) << 2;
  const last = out + outBytes * <usize>(outputs - 1);
  memory.copy(last, input, bytes);
  let ring = rings + ((<usize>start) << 2);
  for (let k = 1; k < outputs; k++) {
    for (let at: usize = 0; at < bytes; at += VECTOR_BYTES) {
      const samples = v128.load(ring + at);
      v128.store(out + at, samples);
      v128.store(last + at, f32x4.sub(v128.load(last + at), samples));
    }
    memory.fill(ring, 0, bytes);
    ring += ringBytes;
    out += outBytes;
  }
}
