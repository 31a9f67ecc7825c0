import { expect, it } from 'vitest';
import { learnRequest } from '../../../src/node/clips/learnRequest.ts';

const FRAMES = 40;
const BINS = 129;
const LAYOUT = { sampleRate: 44100, fftSize: 256, hopSize: 128, window: 'hann' };
const TARGET = {
  ...LAYOUT,
  components: 2,
  affordsPitchShifts: true,
  model: null,
  divergence: 'kullback-leibler',
} as const;

const makeSpectrogram = () => ({
  ...LAYOUT,
  magnitudes: Float32Array.from({ length: FRAMES * BINS }, (_, i) => 1 + (i % 7)),
  frames: FRAMES,
  bins: BINS,
});

it.each([true, false])('a spectrogram is copied unless it is nobody else’s: handed over %s', (handsOver) => {
  const spectrogram = makeSpectrogram();
  const [clip] = learnRequest(spectrogram, {}, { ...TARGET, handsOver }).clips;
  const { magnitudes } = clip as typeof spectrogram;
  expect(magnitudes === spectrogram.magnitudes).toBe(handsOver);
  expect(magnitudes).toEqual(spectrogram.magnitudes);
});
