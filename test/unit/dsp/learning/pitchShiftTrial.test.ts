import { describe, expect, it } from 'vitest';
import { learnRequest } from '../../../../src/dsp/learning/LearnRequest.ts';
import { learnModel } from '../../../../src/dsp/learning/learnModel.ts';
import { noise } from '../../../helpers/signals.ts';

const RATE = 8000;
const TARGET = {
  ...{ components: 2, sampleRate: RATE, fftSize: 512, hopSize: 128 },
  ...({ window: 'hann', divergence: 'kullback-leibler', affordsPitchShifts: true, previous: null } as const),
};
const sound = (samples: Float32Array) => ({ channels: [samples], sampleRate: RATE });

/** Decaying notes of 0.25 s, in semitones above 220 Hz. The amplitude of harmonic i is timbre(i). */
function melody(notes: readonly number[], timbre: (harmonic: number) => number): Float32Array<ArrayBuffer> {
  const length = RATE / 4;
  return Float32Array.from({ length: notes.length * length }, (_, n) => {
    const frequency = 220 * 2 ** (notes[Math.floor(n / length)] / 12);
    let sum = 0;
    for (let i = 1; i * frequency < RATE / 2; i++)
      sum += timbre(i) * Math.sin((2 * Math.PI * i * frequency * n) / RATE);
    return 0.1 * Math.exp((-3 * (n % length)) / length) * sum;
  });
}

/** Bursts of noise through the filter 1 + colour·z⁻¹ */
function bursts(seed: number, colour: number): Float32Array<ArrayBuffer> {
  const samples = noise(2 * RATE, seed);
  for (let n = samples.length - 1; n > 0; n--) {
    samples[n] = Math.exp((-8 * (n % 2000)) / 2000) * (samples[n] + colour * samples[n - 1]);
  }
  return samples;
}

const bright = (harmonic: number) => (harmonic % 2 ? 1 : 0.1) / harmonic ** 0.5;
const dull = (harmonic: number) => 1 / harmonic ** 2;

/** The second half of each clip, on which the trial scores, has other notes than the first half. */
const MELODIES = [melody([0, 2, 4, 5, 1, 3, 6, 7], bright), melody([16, 19, 21, 14, 18, 20, 15, 17], dull)];
const DRUMS = [bursts(1, 0.95), bursts(2, -0.95)];

describe('the trial of pitch-shifted copies', () => {
  it.each([
    ['accepts copies for sources that play new notes', MELODIES, {}, 7],
    ['rejects copies for noise', DRUMS, {}, 0],
    ['is skipped when the latency mode has no time for copies', MELODIES, { affordsPitchShifts: false }, 0],
  ])('%s', (_what, clips, target, expected) => {
    const request = learnRequest(clips.map(sound), { templatesPerComponent: 8 }, { ...TARGET, ...target });
    expect(learnModel(request, () => {}).pitchShifts).toBe(expected);
  });

  it('is skipped when the number of semitones is given, and in blind learning', () => {
    const options = { templatesPerComponent: 2, iterations: 2 };
    const given = learnRequest(
      DRUMS.map(sound),
      { ...options, pitchShifts: 3 },
      { ...TARGET, affordsPitchShifts: false },
    );
    expect(learnModel(given, () => {}).pitchShifts).toBe(3);
    expect(learnModel(learnRequest(sound(DRUMS[0]), options, TARGET), () => {}).pitchShifts).toBe(0);
  });
});
