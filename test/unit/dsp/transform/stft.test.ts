import { describe, expect, it } from 'vitest';
import { istft, magnitudes, stft, type WindowName } from '../../../../src/dsp/index.ts';
import { difference, levelBelow, noise } from '../../../helpers/signals.ts';

const WINDOWS: WindowName[] = ['hann', 'blackman-harris', 'asymmetric-512'];

describe('the short-time Fourier transform', () => {
  it.each(WINDOWS)('is inverted by istft to −120 dB: %s', (window) => {
    const signal = noise(20_000);
    const spectrogram = stft(signal, { fftSize: 2048, hopSize: 256, window });
    expect(spectrogram.frames).toBe(1 + Math.floor(20_000 / 256));
    const restored = istft(spectrogram);
    expect(restored).toHaveLength(20_000);
    expect(levelBelow(signal, difference(restored, signal))).toBeLessThan(-120);
  });

  it('is a windowed discrete Fourier transform', () => {
    const size = 256;
    const signal = noise(size);
    const { re, im, frames, bins } = stft(signal, { fftSize: size, hopSize: 128, pad: false });
    expect([frames, bins]).toEqual([1, 129]);
    for (const f of [0, 1, 17, 128]) {
      let [x, y] = [0, 0];
      for (let n = 0; n < size; n++) {
        const windowed = signal[n] * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size));
        x += windowed * Math.cos((2 * Math.PI * f * n) / size);
        y -= windowed * Math.sin((2 * Math.PI * f * n) / size);
      }
      expect(re[f]).toBeCloseTo(x, 4);
      expect(im[f]).toBeCloseTo(y, 4);
    }
  });

  it('has its peak at the bin of a sine', () => {
    const signal = Float32Array.from({ length: 8192 }, (_, n) => Math.sin((2 * Math.PI * 32 * n) / 1024));
    const spectrogram = stft(signal, { fftSize: 1024, hopSize: 512 });
    const middle = magnitudes(spectrogram).subarray(4 * 513, 5 * 513);
    expect(middle.indexOf(Math.max(...middle))).toBe(32);
    // Half the sum of the Hann window: fftSize/4.
    expect(middle[32]).toBeCloseTo(256, 1);
  });

  it('throws for an unknown window', () => {
    expect(() => stft(noise(4096), { fftSize: 1024, hopSize: 256, window: 'kaiser' as WindowName })).toThrow(/kaiser/);
  });
});
