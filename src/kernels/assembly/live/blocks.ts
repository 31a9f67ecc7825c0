import { BLOCK } from '../../constants';
import { VECTOR_BYTES } from '../shared/simd';
import { BLOCK_BYTES, ChainMemory, historyOf, ringOf } from './ChainMemory';
import { takeFromRings } from './ringBuffers';

/** What the audio thread does with every block: input into the history, output from the rings. */

/**
 * 2^48, 289 dB above full scale. Louder samples would overflow the squared magnitudes of a spectrum of 16384 samples,
 * so they count as not finite.
 */
const LOUDEST_SAMPLE: f32 = 281474976710656;
/** Samples below this, 600 dB below full scale, count as zero: denormal numbers would slow every loop a hundredfold. */
const SOFTEST_SAMPLE: f32 = 1e-30;

/**
 * Takes the input block into the history.
 *
 * @param position samples into the history, a multiple of 128
 * @returns the number of samples that are not finite; they count as zero
 */
export function listenBlock(chain: usize, position: i32): i32 {
  const c = changetype<ChainMemory>(chain);
  const loudest = f32x4.splat(LOUDEST_SAMPLE);
  const softest = f32x4.splat(SOFTEST_SAMPLE);
  let refused = 0;
  for (let channel = 0; channel < c.channels; channel++) {
    const from = c.input + BLOCK_BYTES * <usize>channel;
    const to = historyOf(c, channel) + ((<usize>position) << 2);
    for (let at: usize = 0; at < BLOCK_BYTES; at += VECTOR_BYTES) {
      const samples = v128.load(from + at);
      const level = f32x4.abs(samples);
      // The comparison is false for NaN, too.
      const finite = f32x4.lt(level, loudest);
      refused += 4 - popcnt(i32x4.bitmask(finite));
      v128.store(to + at, v128.and(samples, v128.and(finite, f32x4.ge(level, softest))));
    }
  }
  return refused;
}

/**
 * Hands out a block of every component.
 *
 * @param position samples into the rings, a multiple of 128
 * @param delayed samples into the history, where the same block of input is
 */
export function emitBlock(chain: usize, position: i32, delayed: i32): void {
  const c = changetype<ChainMemory>(chain);
  const ringBytes = (<usize>c.support) << 2;
  for (let channel = 0; channel < c.channels; channel++) {
    const input = historyOf(c, channel) + ((<usize>delayed) << 2);
    const out = c.output + BLOCK_BYTES * <usize>channel;
    const outBytes = BLOCK_BYTES * <usize>c.channels;
    takeFromRings(input, ringOf(c, channel, 0), ringBytes, position, c.components, BLOCK, out, outBytes);
  }
}
