import { describe, expect, it } from 'vitest';
import { suggestionOf, tableOf } from '../../../../src/dsp/learning/suggestion.ts';

describe('the suggested number of components', () => {
  it.each([
    ['where the loss stops falling in steps', [9, 6, 4, 3.6, 3.4, 3.3], 3],
    ['one, where no other helps', [9, 8.7, 8.5, 8.4], 1],
    ['all, where each helps', [16, 8, 4, 2], 4],
    ['what leaves nothing', [5, 0, 0, 0], 2],
    ['one, where one is all that was tried', [7], 1],
  ])('is %s', (_what, losses, expected) => {
    expect(suggestionOf(tableOf(losses))).toBe(expected);
  });

  it('stands beside the gains', () => {
    expect(tableOf([6, 4, 2])).toEqual([
      { components: 1, loss: 6, gain: 0 },
      { components: 2, loss: 4, gain: 0.5 },
      { components: 3, loss: 2, gain: 1 },
    ]);
  });
});
