import { describe, expect, it } from 'vitest';
import { type CoreLearnOptions, type Learned, learn as learnDictionary } from '../../../../src/dsp/index.ts';
import { centroidOrder, matchingOrder } from '../../../../src/dsp/learning/order.ts';
import type { DictionaryData } from '../../../../src/dsp/live/DictionaryData.ts';
import { correlation, threeSources } from '../../../helpers/signals.ts';

const RATE = 16_000;
const LAYOUT = { sampleRate: RATE, fftSize: 1024, hopSize: 256, window: 'hann' } as const;
const BINS = 513;
const SOURCES = threeSources(RATE, 3);
const MIXTURE = SOURCES[0].map((_, n) => SOURCES.reduce((sum, source) => sum + source[n], 0));

function learn(options: Partial<CoreLearnOptions>, previous: Learned | null = null): Learned {
  const clip = { channels: [MIXTURE], sampleRate: RATE };
  return learnDictionary(clip, { ...LAYOUT, divergence: 'euclidean', iterations: 100, previous, ...options });
}

const spectrumOf = ({ templates, componentOf }: Learned, k: number) => {
  const r = componentOf.indexOf(k);
  return templates.subarray(r * BINS, (r + 1) * BINS);
};

describe('the order of components', () => {
  it('is kept when they are learned again with another seed', () => {
    const first = learn({ seed: 1 });
    for (const seed of [2, 3, 4, 5, 6]) {
      const again = learn({ seed }, first);
      for (const k of [0, 1, 2]) expect(correlation(spectrumOf(first, k), spectrumOf(again, k))).toBeGreaterThan(0.9);
    }
  });

  it('changes with the seed under order: none', () => {
    const orders = [1, 2, 3, 4, 5, 6].map((seed) => {
      const model = learn({ seed, order: 'none' });
      return [0, 1, 2].map((k) => spectrumOf(model, k).indexOf(Math.max(...spectrumOf(model, k)))).join();
    });
    expect(new Set(orders).size).toBeGreaterThan(1);
  });

  it('is by ascending spectral centroid when there is no previous model', () => {
    const model = learn({ seed: 1 });
    const centroids = [0, 1, 2].map((k) => spectrumOf(model, k).reduce((sum, value, f) => sum + f * value, 0));
    expect(centroids).toEqual(centroids.toSorted((a, b) => a - b));
    expect(centroids[2]).toBeGreaterThan(2 * centroids[0]);
  });

  /** One template of two bins for each component */
  const dictionary = (...rows: readonly (readonly number[])[]): DictionaryData => ({
    templates: Float32Array.from(rows.flat()),
    componentOf: Uint8Array.from(rows, (_, k) => k),
    divergence: 'euclidean',
  });

  it('maximises the total similarity to the previous model, not that of the most similar pair', () => {
    const previous = dictionary([0.6, 0.4], [0.9, 0.1]);
    // Both are most similar to the second component. The one that loses least is assigned to the first.
    expect(matchingOrder(dictionary([0.95, 0.05], [0.8, 0.2]), previous, 2, 2)).toEqual([1, 0]);
    expect(matchingOrder(previous, previous, 2, 2)).toEqual([0, 1]);
  });

  it('puts components with zero templates last', () => {
    expect(centroidOrder(dictionary([0, 0], [0.2, 0.8], [0.8, 0.2]), 3, 2)).toEqual([2, 1, 0]);
  });
});
