import { describe, expect, it } from 'vitest';
import { resample } from '../../../../src/dsp/transform/resample.ts';
import { difference, levelBelow } from '../../../helpers/signals.ts';

function sine(rate: number, frequency: number, seconds = 0.5): Float32Array {
  return Float32Array.from({ length: rate * seconds }, (_, n) => Math.sin((2 * Math.PI * frequency * n) / rate));
}

/** Without the ends, where the interpolation kernel lacks samples on one side */
const middle = (samples: Float32Array) => samples.subarray(2000, -2000);

describe('the resampler', () => {
  it.each([
    [48000, 44100],
    [44100, 48000],
    [22050, 44100],
    [96000, 44100],
    [44100, 44099.5],
  ])('keeps a tone: %d → %d Hz', (from, to) => {
    const result = resample(sine(from, 1000), from, to);
    expect(result).toHaveLength(Math.ceil((sine(from, 1000).length * to) / from));
    const expected = Float32Array.from(result, (_, n) => Math.sin((2 * Math.PI * 1000 * n) / to));
    expect(levelBelow(middle(expected), difference(middle(result), middle(expected)))).toBeLessThan(-70);
  });

  it('removes frequencies above half the new rate', () => {
    const result = resample(sine(96000, 30_000), 96000, 44100);
    expect(levelBelow(middle(sine(44100, 1000)), middle(result))).toBeLessThan(-70);
  });

  it('returns the same array when the rates are equal', () => {
    const samples = sine(44100, 440);
    expect(resample(samples, 44100, 44100)).toBe(samples);
  });
});
