import { describe, expect, it } from 'vitest';
import type { Sound } from '../../../../src/dsp/learning/clips.ts';
import type { LearnRequest } from '../../../../src/dsp/learning/LearnRequest.ts';
import { learnModel } from '../../../../src/dsp/learning/learnModel.ts';
import type { Progress } from '../../../../src/dsp/learning/progress.ts';
import { threeSources } from '../../../helpers/signals.ts';

const SAMPLE_RATE = 16_000;
const BINS = 129;
const sources = threeSources(SAMPLE_RATE, 2);
const sound = (...parts: Float32Array[]): Sound => ({
  channels: [parts[0].map((_, n) => parts.reduce((sum, part) => sum + part[n], 0))],
  sampleRate: SAMPLE_RATE,
});

function request(changes: Partial<LearnRequest>): LearnRequest {
  return {
    clips: [sound(...sources)],
    supervised: false,
    components: 3,
    sampleRate: SAMPLE_RATE,
    fftSize: 256,
    hopSize: 64,
    window: 'hann',
    divergence: 'kullback-leibler',
    solver: 'fast',
    clustering: 'none',
    templatesPerComponent: 1,
    templatesPerSource: 8,
    pitchShifts: 0,
    iterations: 50,
    tolerance: 0,
    restarts: 4,
    seed: 0,
    order: 'centroid',
    hold: [],
    previous: null,
    ...changes,
  };
}

const ignoreProgress = () => {};
const rows = (templates: Float32Array, from: number, to: number) => templates.subarray(from * BINS, to * BINS);

describe('progress', () => {
  it('is reported for each initialisation in order, and ends with the returned loss', () => {
    const reports: Progress[] = [];
    const reply = learnModel(request({}), (progress) => reports.push(progress));
    expect(reports[0]).toMatchObject({ iteration: 1, iterations: 50, restart: 1, restarts: 4 });
    const last = reports[reports.length - 1];
    expect(last).toMatchObject({ iteration: 50, iterations: 50, restart: 4, restarts: 4 });
    expect(Math.fround(last.loss)).toBe(reply.loss[49]);
    const places = reports.map(({ restart, iteration }) => restart * 1000 + iteration);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(new Set(reports.map(({ restart }) => restart)).size).toBe(4);
    // It is tried on fewer frames, but told as of the whole clip.
    const alone = learnModel(request({ restarts: 1 }), ignoreProgress).loss[0];
    expect(Math.abs(reports[0].loss / alone - 1)).toBeLessThan(0.1);
  });

  it.each([256, 1024])(
    'tells losses of starts tried on fewer frames and bands as of the whole clip, fftSize %i',
    (fftSize) => {
      const reports: Progress[] = [];
      learnModel(request({ fftSize }), (progress) => reports.push({ ...progress }));
      const trialEnds = reports
        .filter(({ restart, iteration }) => restart < 4 && iteration === 20)
        .map(({ loss }) => loss);
      const kept = reports.filter(({ restart }) => restart === 4).map(({ loss }) => loss);
      expect(trialEnds).toHaveLength(3);
      // The one that is kept goes on from where it was best, so no start that was tried can have come much further.
      const ratio = Math.min(...trialEnds) / kept[19];
      expect([ratio > 0.9, ratio < 2]).toEqual([true, true]);
    },
  );
});

describe('the start of several that is kept', () => {
  it('is as good as the best, though it was found from some of the frames', () => {
    const lossOf = (changes: Partial<LearnRequest>) => learnModel(request(changes), ignoreProgress).loss.at(-1)!;
    const alone = [0, 1, 2, 3, 4, 5].map((seed) => lossOf({ restarts: 1, seed }));
    expect(Math.max(...alone)).toBeGreaterThan(1.1 * Math.min(...alone));
    for (const seed of [0, 1, 2]) expect(lossOf({ restarts: 6, seed })).toBeLessThan(1.05 * Math.min(...alone));
  });
});

describe('held components', () => {
  // With more bins, starts are compared in bands that hold several.
  it.each([256, 1024])('stay the same bit for bit when the others are learned again, fftSize %i', (fftSize) => {
    const first = learnModel(request({ fftSize }), ignoreProgress);
    const again = { fftSize, order: 'match', hold: [1], restarts: 3 } as const;
    const rows = (templates: Float32Array, from: number, to: number) =>
      templates.subarray((from * (fftSize + 2)) / 2, (to * (fftSize + 2)) / 2);
    const second = learnModel(request({ ...again, previous: first.dictionary }), ignoreProgress);
    const third = learnModel(request({ ...again, previous: second.dictionary, seed: 9 }), ignoreProgress);
    for (const { dictionary } of [second, third]) {
      expect([...dictionary.componentOf]).toEqual([0, 1, 2]);
      expect(rows(dictionary.templates, 1, 2)).toEqual(rows(first.dictionary.templates, 1, 2));
    }
    expect(rows(third.dictionary.templates, 0, 1)).not.toEqual(rows(first.dictionary.templates, 0, 1));
  });
});

describe('supervised learning', () => {
  it('learns each component from its training clip, and keeps the components without one', () => {
    const clips = sources.map((source) => sound(source));
    const options = { supervised: true, templatesPerComponent: 4, restarts: 1 } as const;
    const all = learnModel(request({ ...options, clips }), ignoreProgress);
    expect([...all.dictionary.componentOf]).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]);
    const one = learnModel(
      request({ ...options, clips: [null, clips[0], null], previous: all.dictionary, seed: 3 }),
      ignoreProgress,
    );
    expect(rows(one.dictionary.templates, 0, 4)).toEqual(rows(all.dictionary.templates, 0, 4));
    expect(rows(one.dictionary.templates, 8, 12)).toEqual(rows(all.dictionary.templates, 8, 12));
    expect(rows(one.dictionary.templates, 4, 8)).not.toEqual(rows(all.dictionary.templates, 4, 8));
    for (let r = 0; r < 12; r++) {
      expect(rows(one.dictionary.templates, r, r + 1).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 4);
    }
  });
});
