import { expect, test } from 'vitest';
import { BLOCK } from '../../../../src/dsp/live/LiveLayout.ts';
import { type ProcessBlock, QuantumAdapter, quantumDelay } from '../../../../src/dsp/live/QuantumAdapter.ts';
import { noise } from '../../../helpers/signals.ts';

const SIZES = [1, 2, 3, 64, 96, 100, 127, 128, 129, 192, 256, 384, 441, 512, 1000, 1024, 4096, 16_384];
const CHANNELS = 2;
const COMPONENTS = 3;

/** Component k is the input, k + 1 times as loud. */
const amplify: ProcessBlock = (_taken, input, output) => {
  for (const [k, streams] of output.entries()) {
    for (const [c, samples] of streams.entries()) samples.set(input[c].map((sample) => (k + 1) * sample));
  }
};

function streams(length: number): Float32Array[] {
  return Array.from({ length: CHANNELS }, () => new Float32Array(length));
}

test.each(SIZES)('quanta of %d samples come out later by the delay that is told', (size) => {
  const adapter = new QuantumAdapter(size, COMPONENTS, CHANNELS);
  const quanta = Math.ceil((10 * BLOCK) / size) + 3;
  const signals = [noise(quanta * size, 1), noise(quanta * size, 2)];
  const output = Array.from({ length: COMPONENTS }, () => streams(size));
  const delay = quantumDelay(size);
  for (let start = 0; start < signals[0].length; start += size) {
    adapter.process(
      signals.map((signal) => signal.subarray(start, start + size)),
      output,
      amplify,
    );
    for (let k = 0; k < COMPONENTS; k++) {
      for (let c = 0; c < CHANNELS; c++) {
        const expected = output[k][c].map((_, n) => (k + 1) * (signals[c][start + n - delay] ?? 0));
        expect(output[k][c]).toEqual(expected);
      }
    }
  }
});

test.each(SIZES)('the delay for quanta of %d samples is the least there can be', (size) => {
  // What is left over after n quanta, when whole blocks have been taken
  const leftOver = Array.from({ length: BLOCK }, (_, n) => (n * size) % BLOCK);
  expect(quantumDelay(size)).toBe(Math.max(...leftOver));
});

test('blocks are told how much of the quantum they have taken, and missing channels are silent', () => {
  const adapter = new QuantumAdapter(200, 1, CHANNELS);
  const taken: number[] = [];
  const heard: number[] = [];
  for (let q = 0; q < 4; q++) {
    adapter.process([new Float32Array(200).fill(1)], [streams(200)], (count, input) => {
      taken.push(count);
      heard.push(input[0][0], input[1][0]);
    });
  }
  expect(taken).toEqual([128, 56, 184, 112, 40, 168]);
  expect(new Set(heard.filter((_, i) => i % 2 === 0))).toEqual(new Set([1]));
  expect(new Set(heard.filter((_, i) => i % 2 === 1))).toEqual(new Set([0]));
});
