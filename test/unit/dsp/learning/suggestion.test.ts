import { describe, expect, it } from 'vitest';
import { suggestionOf, tableOf } from '../../../../src/dsp/learning/suggestion.ts';

describe('the suggested number of components', () => {
  it.each([
    ['the last one that lowers the loss clearly', [9, 6, 4, 3.6, 3.4, 3.3], 3],
    ['1 when more components lower the loss only a little', [9, 8.7, 8.5, 8.4], 1],
    ['the largest when each component lowers the loss clearly', [16, 8, 4, 2], 4],
    ['the first with a loss of 0', [5, 0, 0, 0], 2],
    ['1 when only 1 was tried', [7], 1],
  ])('is %s', (_what, losses, expected) => {
    expect(suggestionOf(tableOf(losses))).toBe(expected);
  });

  it('is based on the gain of each additional component', () => {
    expect(tableOf([6, 4, 2])).toEqual([
      { components: 1, loss: 6, gain: 0 },
      { components: 2, loss: 4, gain: 0.5 },
      { components: 3, loss: 2, gain: 1 },
    ]);
  });
});
