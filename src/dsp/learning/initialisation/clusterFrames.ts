import { Random } from '../../numeric/random.ts';
import type { LearnerShape } from '../solvers/Learner.ts';

/** Frames that are clustered, evenly spread: more of them do not make better initial templates. */
const LARGEST_SAMPLE = 256;
const ROUNDS = 8;
/** Frames drawn for each centre, of which the one least like the centres before it is taken. */
const CANDIDATES = 8;

/**
 * Spherical k-means: directions that the frames of V cluster around, whatever their level (Wild, Curry and Dougherty,
 * "Improving non-negative matrix factorizations through structured initialization", Pattern Recognition 37, 2004).
 * Each frame counts with its level, so silence has no say.
 *
 * @param V frames × bins, row-major
 * @returns count × bins, row-major, each row of unit length or all zero
 */
export function clusterFrames(V: Float32Array, { frames, bins, count }: LearnerShape, seed: number): Float32Array {
  const sample = sampledFrames(V, frames, bins);
  const centres = spreadCentres(sample, count, bins, new Random(seed));
  for (let round = 0; round < ROUNDS; round++) {
    const sums = new Float64Array(count * bins);
    for (const frame of sample) addTo(sums, nearest(frame, centres, count) * bins, frame);
    for (let k = 0; k < count; k++) {
      const direction = normalised(sums.subarray(k * bins, (k + 1) * bins));
      // A cluster that lost all its frames keeps its centre.
      if (direction) centres.set(direction, k * bins);
    }
  }
  return centres;
}

/** Those of up to LARGEST_SAMPLE frames that are not silent. */
function sampledFrames(V: Float32Array, frames: number, bins: number): Float32Array[] {
  const size = Math.min(frames, LARGEST_SAMPLE);
  const sample = Array.from({ length: size }, (_, i) => {
    const t = Math.floor((i * frames) / size);
    return V.subarray(t * bins, (t + 1) * bins);
  });
  return sample.filter((frame) => normalised(frame) !== undefined);
}

/** Directions of frames that are far from each other. */
function spreadCentres(sample: readonly Float32Array[], count: number, bins: number, random: Random): Float32Array {
  const centres = new Float32Array(count * bins);
  if (sample.length === 0) return centres;
  for (let k = 0; k < count; k++) {
    const candidates = Array.from({ length: CANDIDATES }, () => sample[Math.floor(random.next() * sample.length)]);
    const directions = candidates.map((frame) => normalised(frame)!);
    const likeness = directions.map((direction) =>
      k > 0 ? similarity(direction, centres, nearest(direction, centres, k)) : 0,
    );
    centres.set(directions[likeness.indexOf(Math.min(...likeness))], k * bins);
  }
  return centres;
}

/** The centre with the smallest angle to a frame. */
function nearest(frame: Float32Array, centres: Float32Array, count: number): number {
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < count; k++) {
    const value = similarity(frame, centres, k);
    if (value > most) {
      most = value;
      best = k;
    }
  }
  return best;
}

function similarity(frame: Float32Array, centres: Float32Array, k: number): number {
  const row = k * frame.length;
  let sum = 0;
  for (let f = 0; f < frame.length; f++) sum += frame[f] * centres[row + f];
  return sum;
}

function addTo(sums: Float64Array, row: number, frame: Float32Array): void {
  for (let f = 0; f < frame.length; f++) sums[row + f] += frame[f];
}

/** The same direction with unit length; nothing for a vector that has none. */
function normalised(values: Float32Array | Float64Array): Float32Array | undefined {
  let energy = 0;
  for (let f = 0; f < values.length; f++) energy += values[f] * values[f];
  if (!(energy > 0 && energy < Number.POSITIVE_INFINITY)) return undefined;
  const scale = 1 / Math.sqrt(energy);
  return Float32Array.from(values, (value) => value * scale);
}
