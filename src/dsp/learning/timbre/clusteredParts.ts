import { toShares } from '../shares.ts';
import type { Factors } from '../solvers/Learner.ts';

/** A spectrogram, the factors that several starts found for it, and the source of each template. */
export interface ClusteredPool {
  /** frames × bins, row-major */
  readonly values: Float32Array;
  readonly frames: number;
  readonly bins: number;
  readonly starts: readonly Factors[];
  /** The source of every template, start after start. */
  readonly sourceOf: Uint8Array;
}

/** A spectrogram taken apart. */
export interface ClusteredParts {
  /** What belongs to each source: frames × bins, row-major. */
  readonly parts: readonly Float32Array[];
  /**
   * How much the starts disagree: the variance of their masks, summed over the sources, in the mean over all that sounds.
   * 0 where all have the same masks.
   */
  readonly disagreement: number;
}

/** Takes a spectrogram apart by the masks of all starts, averaged and then squared: the likeliest source gets more of it. */
export function clusteredParts(pool: ClusteredPool, sources: number): ClusteredParts {
  const { values, frames, bins, starts } = pool;
  const parts = Array.from({ length: sources }, () => new Float32Array(values.length));
  const mask = new Float64Array(sources * bins);
  const means = new Float64Array(sources * bins);
  const squares = new Float64Array(sources * bins);
  let sounding = 0;
  let varying = 0;
  for (let t = 0; t < frames; t++) {
    const row = values.subarray(t * bins, (t + 1) * bins);
    means.fill(0);
    squares.fill(0);
    starts.forEach((_, start) => {
      maskOf(pool, start, t, mask);
      for (let i = 0; i < mask.length; i++) {
        means[i] += mask[i] / starts.length;
        squares[i] += (mask[i] * mask[i]) / starts.length;
      }
    });
    for (let f = 0; f < bins; f++) sounding += row[f];
    for (let i = 0; i < mask.length; i++) {
      varying += row[i % bins] * (squares[i] - means[i] * means[i]);
      mask[i] = means[i] * means[i];
    }
    toShares(mask, bins);
    parts.forEach((part, k) => {
      for (let f = 0; f < bins; f++) part[t * bins + f] = row[f] * mask[k * bins + f];
    });
  }
  return { parts, disagreement: sounding > 0 ? varying / sounding : 0 };
}

/** The share that each source has of each bin by one start, with exponent 1: sources × bins. */
function maskOf({ bins, starts, sourceOf }: ClusteredPool, start: number, t: number, mask: Float64Array): void {
  const { templates, activations } = starts[start];
  const count = templates.length / bins;
  mask.fill(0);
  for (let r = 0; r < count; r++) {
    const h = activations[t * count + r];
    const to = sourceOf[start * count + r] * bins;
    const from = r * bins;
    if (h > 0) for (let f = 0; f < bins; f++) mask[to + f] += h * templates[from + f];
  }
  toShares(mask, bins);
}
