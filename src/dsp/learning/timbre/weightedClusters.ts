import { Random } from '../../numeric/random.ts';

/** Of which the tightest clusters are kept. */
const STARTS = 10;
const ROUNDS = 100;

/** Points, one after the other. */
export interface WeightedPoints {
  /** points × dimensions, row-major */
  readonly values: Float64Array;
  readonly dimensions: number;
  /** How much each point counts: not negative. */
  readonly weights: Float64Array;
}

/**
 * Weighted k-means (Lloyd, "Least squares quantization in PCM", 1982) from starts by k-means++ (Arthur and Vassilvitskii,
 * SODA 2007).
 *
 * @returns the cluster of each point, from 0 to count − 1
 */
export function weightedClusters(points: WeightedPoints, count: number, seed: number): Uint8Array {
  const random = new Random(seed);
  let best = cluster(points, count, random);
  for (let start = 1; start < STARTS; start++) {
    const next = cluster(points, count, random);
    if (next.spread < best.spread) best = next;
  }
  return best.clusterOf;
}

interface Clustering {
  readonly clusterOf: Uint8Array;
  /** Σ weight · squared distance from the centre. */
  readonly spread: number;
}

function cluster(points: WeightedPoints, count: number, random: Random): Clustering {
  const { weights } = points;
  const centres = spreadCentres(points, count, random);
  const clusterOf = new Uint8Array(weights.length);
  for (let round = 0; ; round++) {
    let changed = round === 0;
    let spread = 0;
    for (let p = 0; p < weights.length; p++) {
      const { index, distance } = nearest(points, p, centres);
      changed ||= index !== clusterOf[p];
      clusterOf[p] = index;
      spread += weights[p] * distance;
    }
    if (!changed || round === ROUNDS) return { clusterOf, spread };
    moveToMeans(points, clusterOf, centres);
  }
}

/** Points as first centres, each drawn with a probability that grows with its distance from those before. */
function spreadCentres(points: WeightedPoints, count: number, random: Random): Float64Array {
  const { values, weights, dimensions } = points;
  const centres = new Float64Array(count * dimensions);
  let chances = weights;
  for (let k = 0; k < count; k++) {
    const p = drawn(chances, random);
    centres.set(values.subarray(p * dimensions, (p + 1) * dimensions), k * dimensions);
    const soFar = centres.subarray(0, (k + 1) * dimensions);
    chances = weights.map((weight, i) => weight * nearest(points, i, soFar).distance);
  }
  return centres;
}

/** An index, with a probability proportional to its value. */
function drawn(chances: Float64Array, random: Random): number {
  const total = chances.reduce((sum, value) => sum + value, 0);
  let rest = random.next() * total;
  for (let p = 0; p < chances.length; p++) {
    rest -= chances[p];
    if (rest < 0) return p;
  }
  return Math.floor(random.next() * chances.length);
}

function nearest({ values, dimensions }: WeightedPoints, point: number, centres: Float64Array) {
  let index = 0;
  let distance = Number.POSITIVE_INFINITY;
  for (let k = 0; k * dimensions < centres.length; k++) {
    let sum = 0;
    for (let d = 0; d < dimensions; d++) {
      const difference = values[point * dimensions + d] - centres[k * dimensions + d];
      sum += difference * difference;
    }
    if (sum < distance) {
      distance = sum;
      index = k;
    }
  }
  return { index, distance };
}

/** A cluster that lost all its points keeps its centre. */
function moveToMeans(points: WeightedPoints, clusterOf: Uint8Array, centres: Float64Array): void {
  const { values, weights, dimensions: size } = points;
  const sums = new Float64Array(centres.length);
  const totals = new Float64Array(centres.length / size);
  clusterOf.forEach((k, p) => {
    totals[k] += weights[p];
    for (let d = 0; d < size; d++) sums[k * size + d] += weights[p] * values[p * size + d];
  });
  totals.forEach((total, k) => {
    for (let d = 0; total > 0 && d < size; d++) centres[k * size + d] = sums[k * size + d] / total;
  });
}
