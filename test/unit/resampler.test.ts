// The page's resampler: exact for every common rate, and blind to how the sound is cut into blocks.
import { describe, expect, test } from 'vitest';
import { joined, Resampler } from '../../demo/src/sources/Resampler.ts';

const RATE = 44100;

function tone(frequency: number, sampleRate: number, length: number): Float32Array {
  return Float32Array.from({ length }, (_, n) => Math.sin((2 * Math.PI * frequency * n) / sampleRate));
}

describe('the resampler', () => {
  test.each([8000, 11_025, 22_050, 32_000, 44_056, 48_000, 96_000, 192_000])('keeps a tone from %i Hz', (from) => {
    const frequency = 1000;
    const found = new Resampler(from, RATE).process(tone(frequency, from, from / 2));
    const wanted = tone(frequency, RATE, found.length);
    // Near the start the filter still reaches into the silence before it.
    const errors = found.subarray(RATE / 100).map((value, n) => Math.abs(value - wanted[n + RATE / 100]));
    expect(errors.length).toBeGreaterThan(0.45 * RATE);
    expect(Math.max(...errors)).toBeLessThan(1e-3);
  });

  test('removes what the lower rate cannot have', () => {
    const found = new Resampler(96_000, RATE).process(tone(30_000, 96_000, 48_000));
    expect(Math.max(...found.subarray(RATE / 100).map(Math.abs))).toBeLessThan(1e-3);
  });

  test('gives the same samples however the sound is cut', () => {
    const sound = tone(440, 48_000, 10_000);
    const [whole, cut] = [new Resampler(48_000, RATE), new Resampler(48_000, RATE)];
    const blocks: Float32Array[] = [];
    for (let at = 0, size = 1; at < sound.length; at += size, size = (7 * size) % 1009) {
      blocks.push(cut.process(sound.subarray(at, at + size)).slice());
    }
    expect(joined(...blocks)).toEqual(whole.process(sound));
    expect(cut.flush()).toEqual(whole.flush());
  });
});
