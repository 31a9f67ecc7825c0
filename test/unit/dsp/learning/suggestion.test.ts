import { describe, expect, it } from 'vitest';
import { learnRequest } from '../../../../src/dsp/learning/LearnRequest.ts';
import { patternCount, tableOf } from '../../../../src/dsp/learning/patternCount.ts';
import { suggest } from '../../../../src/dsp/learning/suggest.ts';
import { sumOf } from '../../../helpers/rendering.ts';
import { threeSources, twoInstruments } from '../../../helpers/signals.ts';

describe('the suggested number of components', () => {
  it.each([
    ['the last one that lowers the loss clearly', [9, 6, 4, 3.6, 3.4, 3.3], 3],
    ['1 when more components lower the loss only a little', [9, 8.7, 8.5, 8.4], 1],
    ['the largest when each component lowers the loss clearly', [16, 8, 4, 2], 4],
    ['the first with a loss of 0', [5, 0, 0, 0], 2],
    ['1 when only 1 was tried', [7], 1],
  ])('is %s', (_what, losses, expected) => {
    expect(patternCount(tableOf(losses))).toBe(expected);
  });

  it('is based on the gain of each additional component', () => {
    expect(tableOf([6, 4, 2])).toEqual([
      { components: 1, loss: 6, gain: 0 },
      { components: 2, loss: 4, gain: 0.5 },
      { components: 3, loss: 2, gain: 1 },
    ]);
  });
});

describe('the suggestion for a clip', () => {
  const RATE = 22_050;
  const suggestionFor = (samples: Float32Array<ArrayBuffer>, components = 6) => {
    const layout = { sampleRate: RATE, fftSize: 1024, hopSize: 256, window: 'hann' } as const;
    const rest = { divergence: 'kullback-leibler', affordsPitchShifts: false, previous: null } as const;
    return suggest(learnRequest({ channels: [samples], sampleRate: RATE }, {}, { ...layout, components, ...rest }));
  };
  const instruments = twoInstruments(RATE, 5);

  it('is the number of instruments, although each plays more notes', () => {
    const { suggestion, table } = suggestionFor(sumOf(instruments));
    expect(suggestion).toBe(2);
    expect(table).toHaveLength(6);
    expect(patternCount(table)).toBeGreaterThan(2);
  });

  it('is the number of patterns where these explain the clip', () => {
    expect(suggestionFor(sumOf(threeSources(RATE, 5))).suggestion).toBe(3);
  });

  it('is at most what is asked for', () => {
    expect(suggestionFor(sumOf(instruments), 1).suggestion).toBe(1);
  });
});
