import { expect, it } from 'vitest';
import { clusteredParts } from '../../../../../src/dsp/learning/timbre/clusteredParts.ts';

const bins = 2;

/** One frame of two bins, with a template for each bin. */
function poolWith(sourceOf: readonly number[], values = [3, 5]) {
  const start = { templates: Float32Array.of(1, 0, 0, 1), activations: Float32Array.of(3, 5) };
  const starts = Array.from({ length: sourceOf.length / 2 }, () => start);
  return { values: Float32Array.from(values), frames: 1, bins, starts, sourceOf: Uint8Array.from(sourceOf) };
}

it('gives every source what its templates explain, where the starts agree', () => {
  const { parts, disagreement } = clusteredParts(poolWith([0, 1, 0, 1]), 2);
  expect(parts).toEqual([Float32Array.of(3, 0), Float32Array.of(0, 5)]);
  expect(disagreement).toBe(0);
});

it('averages the masks of the starts, then squares them', () => {
  // Three of four starts give the first bin to source 0: shares of 3/4 and 1/4. Their squares are as 9 to 1.
  const { parts } = clusteredParts(poolWith([0, 1, 0, 1, 0, 1, 1, 1]), 2);
  expect(parts[0][0]).toBeCloseTo(2.7, 6);
  expect(parts[1][0]).toBeCloseTo(0.3, 6);
  expect(parts[1][1]).toBeCloseTo(5, 6);
});

it('tells how much the starts disagree: the variance of their masks, weighted with the sound', () => {
  // Half of the starts have it the other way round: a variance of ¼ for each of two sources.
  expect(clusteredParts(poolWith([0, 1, 1, 0]), 2).disagreement).toBeCloseTo(0.5, 12);
  // Only the first bin is disputed, and it has 3/8 of the sound.
  expect(clusteredParts(poolWith([0, 1, 1, 1]), 2).disagreement).toBeCloseTo((0.5 * 3) / 8, 12);
});

it('gives nothing to anyone where no template sounds, and never a NaN', () => {
  const pool = { ...poolWith([0, 1]), starts: [{ templates: new Float32Array(4), activations: new Float32Array(2) }] };
  const { parts } = clusteredParts(pool, 2);
  expect(parts).toEqual([new Float32Array(2), new Float32Array(2)]);
  expect(clusteredParts(poolWith([0, 1], [0, 0]), 2).disagreement).toBe(0);
});
