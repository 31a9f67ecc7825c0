import { expect, it } from 'vitest';
import { checkHeard } from '../../../../src/node/clips/checkHeard.ts';

const [RATE, HOP, BINS] = [8000, 100, 5];

/** So many frames of sound between so many of silence. */
function heard(sounding: number, silent: number) {
  const magnitudes = new Float32Array((sounding + silent) * BINS);
  for (let t = 0; t < sounding; t++) magnitudes[(t + Math.floor(silent / 2)) * BINS + 2] = 0.1;
  return {
    magnitudes,
    frames: sounding + silent,
    bins: BINS,
    sampleRate: RATE,
    fftSize: 8,
    hopSize: HOP,
    window: 'hann',
  };
}

it('a second of sound is enough to learn from, wherever it lies', () => {
  checkHeard(heard(80, 0));
  checkHeard(heard(80, 700));
});

it.each([
  [0, 0, '0.00'],
  [79, 0, '0.99'],
  [40, 700, '0.50'],
])(
  '%i frames of sound and %i of silence are not, and the error says how much was heard',
  (sounding, silent, seconds) => {
    expect(() => checkHeard(heard(sounding, silent))).toThrow(RangeError);
    expect(() => checkHeard(heard(sounding, silent))).toThrow(`${seconds} seconds of sound were heard`);
  },
);
