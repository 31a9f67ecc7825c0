import { describe, expect, it } from 'vitest';
import { clusteringByLoss, clusteringByParts } from '../../../../../src/dsp/learning/timbre/gate.ts';

describe('the loss at K', () => {
  it.each([
    [0.02, 'none'],
    [0.15, 'none'],
    [0.2, undefined],
    [0.3, undefined],
    [0.4, 'timbre'],
    // Silence leaves nothing to divide by.
    [Number.NaN, undefined],
  ] as const)('%d means %s', (relativeLoss, clustering) => {
    expect(clusteringByLoss(relativeLoss)).toBe(clustering);
  });
});

describe('the clusters', () => {
  /** Two parts of one bin, by their levels. */
  const parts = (a: number[], b: number[]) => [Float32Array.from(a), Float32Array.from(b)];
  const alternating = parts([1, 0, 1, 0], [0, 1, 0, 1]);
  const together = parts([1, 0, 1, 0], [2, 0, 2, 0]);
  const unrelated = parts([1, 0, 1, 0], [1, 1, 0, 0]);

  it('are sources where the starts agree on parts that go their own ways', () => {
    expect(clusteringByParts({ parts: alternating, disagreement: 0.02 }, 4)).toBe('timbre');
    expect(clusteringByParts({ parts: unrelated, disagreement: 0.02 }, 4)).toBe('timbre');
  });

  it('are none where the starts disagree, or where one source was cut in two', () => {
    expect(clusteringByParts({ parts: alternating, disagreement: 0.08 }, 4)).toBe('none');
    expect(clusteringByParts({ parts: together, disagreement: 0.02 }, 4)).toBe('none');
  });

  it('are one source, and parts that do not change, without a NaN', () => {
    expect(clusteringByParts({ parts: alternating.slice(0, 1), disagreement: 0 }, 4)).toBe('timbre');
    expect(clusteringByParts({ parts: parts([1, 1], [0, 0]), disagreement: 0 }, 2)).toBe('timbre');
  });
});
