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

/** A source between two loudspeakers. @param left the left channel's part */
const panned = (samples: Float32Array, left: number) => ({
  channels: [left, 1 - left].map((gain) => samples.map((value) => 2 * gain * value)),
  sampleRate: RATE,
});

describe('the trial of panning', () => {
  const options = { templatesPerComponent: 8, pitchShifts: 0 };

  it('accepts it for sources that lie apart, and tells where they lie', () => {
    const clips = [panned(MELODIES[0], 0.8), panned(MELODIES[1], 0.3)];
    const { dictionary, pitchShifts } = learnModel(learnRequest(clips, options, TARGET), () => {});
    expect(pitchShifts).toBe(0);
    for (const [r, left] of dictionary.panning!.entries()) {
      expect(left).toBeCloseTo(dictionary.componentOf[r] === 0 ? 0.8 : 0.3, 4);
    }
  });

  it.each([
    ['sources in the same place', [panned(MELODIES[0], 0.6), panned(MELODIES[1], 0.6)]],
    ['a source with one channel', [panned(MELODIES[0], 0.8), sound(MELODIES[1])]],
  ])('rejects it for %s', (_what, clips) => {
    expect(learnModel(learnRequest(clips, options, TARGET), () => {}).dictionary.panning).toBeUndefined();
  });

  it('comes beside that of the copies', () => {
    const clips = [panned(MELODIES[0], 0.6), panned(MELODIES[1], 0.4)];
    const { dictionary, pitchShifts } = learnModel(learnRequest(clips, { templatesPerComponent: 8 }, TARGET), () => {});
    expect(pitchShifts).toBe(7);
    expect(dictionary.panning).toHaveLength(16);
  });

  it('keeps what was learned before, for a null clip', () => {
    const clips = [panned(MELODIES[0], 0.8), panned(MELODIES[1], 0.2)];
    const first = learnModel(learnRequest(clips, options, TARGET), () => {}).dictionary;
    const again = learnRequest([clips[0], null], options, { ...TARGET, previous: first });
    expect(learnModel(again, () => {}).dictionary.panning!.slice(8)).toEqual(first.panning!.slice(8));
    const { panning, ...unpanned } = first;
    const mono = learnRequest([clips[0], null], options, { ...TARGET, previous: unpanned });
    expect(learnModel(mono, () => {}).dictionary.panning).toBeUndefined();
  });

  it('leaves the templates as they are', () => {
    const clips = [panned(MELODIES[0], 0.8), panned(MELODIES[1], 0.2)];
    const stereo = learnModel(learnRequest(clips, options, TARGET), () => {});
    const mono = learnModel(learnRequest(MELODIES.map(sound), options, TARGET), () => {});
    expect(mono.dictionary.panning).toBeUndefined();
    expect(stereo.dictionary.componentOf).toEqual(mono.dictionary.componentOf);
    stereo.dictionary.templates.forEach((value, i) => {
      expect(Math.abs(value - mono.dictionary.templates[i])).toBeLessThan(1e-3);
    });
  });
});

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
