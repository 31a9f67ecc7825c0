import { expect, it } from 'vitest';
import { weightedClusters } from '../../../../../src/dsp/learning/timbre/weightedClusters.ts';
import { Random } from '../../../../../src/dsp/numeric/random.ts';

/** Points around some centres in the plane, in turn. */
function pointsAround(centres: readonly (readonly number[])[], count: number, radius: number) {
  const random = new Random(1);
  const values = Float64Array.from({ length: 2 * count }, (_, i) => {
    const centre = centres[Math.floor(i / 2) % centres.length];
    return centre[i % 2] + radius * (random.next() - 0.5);
  });
  return { values, dimensions: 2, weights: new Float64Array(count).fill(1) };
}

it('finds groups that lie apart', () => {
  const centres = [
    [0, 0],
    [5, 0],
    [0, 5],
  ];
  const clusterOf = weightedClusters(pointsAround(centres, 60, 1), 3, 0);
  clusterOf.forEach((cluster, p) => {
    expect(cluster).toBe(clusterOf[p % 3]);
  });
  expect(new Set(clusterOf).size).toBe(3);
});

it('gives heavy points their own cluster, and light ones no say', () => {
  const values = Float64Array.of(0, 1, 10, 12);
  const cluster = (weights: readonly number[]) =>
    Array.from(weightedClusters({ values, dimensions: 1, weights: Float64Array.from(weights) }, 2, 0));
  const even = cluster([1, 1, 1, 1]);
  expect(even[0]).toBe(even[1]);
  expect(even[2]).toBe(even[3]);
  const heavy = cluster([1e-6, 1e-6, 1e3, 1e3]);
  expect(heavy[2]).not.toBe(heavy[3]);
});

it('gives the same for the same seed, and copes with fewer points than clusters and with points of no weight', () => {
  const points = pointsAround([[0, 0]], 40, 1);
  expect(weightedClusters(points, 4, 7)).toEqual(weightedClusters(points, 4, 7));
  const single = { values: Float64Array.of(1), dimensions: 1, weights: Float64Array.of(0) };
  expect(weightedClusters(single, 3, 0)).toEqual(Uint8Array.of(0));
});
