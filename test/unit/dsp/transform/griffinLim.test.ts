import { describe, expect, it } from 'vitest';
import { griffinLim, magnitudes, stft } from '../../../../src/dsp/index.ts';
import { difference, levelBelow, threeSources } from '../../../helpers/signals.ts';

const LAYOUT = { fftSize: 1024, hopSize: 256 };

/** Level in dB of the difference between the magnitudes of the result and the given ones */
function inconsistency(wanted: Float32Array, frames: number, iterations?: number): number {
  const signal = griffinLim(wanted, frames, { ...LAYOUT, iterations });
  return levelBelow(wanted, difference(magnitudes(stft(signal, LAYOUT)), wanted));
}

describe('Griffin-Lim', () => {
  const [low, mid] = threeSources(16_000, 1);
  const spectrogram = stft(
    low.map((value, n) => value + mid[n]),
    LAYOUT,
  );
  const wanted = magnitudes(spectrogram);

  it('approaches the given magnitudes, to −20 dB with the default number of iterations', () => {
    const levels = [0, 4, 16].map((iterations) => inconsistency(wanted, spectrogram.frames, iterations));
    expect(levels[1]).toBeLessThan(levels[0] - 3);
    expect(levels[2]).toBeLessThan(levels[1] - 3);
    expect(inconsistency(wanted, spectrogram.frames)).toBeLessThan(-20);
  });

  it('gives (frames − 1) · hopSize samples, the same for the same seed', () => {
    const run = (seed: number) => griffinLim(wanted, spectrogram.frames, { ...LAYOUT, iterations: 2, seed });
    expect(run(1)).toHaveLength((spectrogram.frames - 1) * LAYOUT.hopSize);
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  it('gives silence for zero magnitudes', () => {
    expect(griffinLim(new Float32Array(5 * 513), 5, LAYOUT)).toEqual(new Float32Array(4 * 256));
  });
});
