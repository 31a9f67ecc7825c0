import type { ClusteredParts } from './clusteredParts.ts';

/**
 * Whether a mixture is made of sources that need several templates each, or of K patterns. None of the signs is certain;
 * the limits are those that lose least on 92 mixtures of one to four instruments, drums, voices and recordings.
 */

/**
 * What K patterns leave of the Kullback-Leibler divergence, as a part of all that sounds. Below: drums and single notes,
 * which are K patterns. Above: melodies and voices, which are not.
 */
const PATTERNS_BELOW = 0.16;
const SOURCES_ABOVE = 0.35;
/** The highest disagreement of the starts where clusters are those of sources: notes of one timbre fall anyhow. */
const MOST_DISAGREEMENT = 0.05;
/** The highest correlation of the parts' levels: what rises and falls together is one source cut in two. */
const MOST_CORRELATION = 0.1;

/** What components are taken for: sources found by their timbre, or patterns. */
export type Clustering = 'timbre' | 'none';

/** What the loss at K alone tells; nothing where it lies between the limits. */
export function clusteringByLoss(relativeLoss: number): Clustering | undefined {
  if (relativeLoss < PATTERNS_BELOW) return 'none';
  return relativeLoss > SOURCES_ABOVE ? 'timbre' : undefined;
}

/** What the clusters tell. */
export function clusteringByParts({ parts, disagreement }: ClusteredParts, frames: number): Clustering {
  return agreesOnSources({ disagreement }) && meanCorrelation(parts, frames) < MOST_CORRELATION ? 'timbre' : 'none';
}

/** Whether the starts found the same clusters. */
export function agreesOnSources({ disagreement }: Pick<ClusteredParts, 'disagreement'>): boolean {
  return disagreement < MOST_DISAGREEMENT;
}

/** Of the squared levels of two parts each, as a mean over the pairs; −1 for a single part. */
function meanCorrelation(parts: readonly Float32Array[], frames: number): number {
  const envelopes = parts.map((part) => centred(squaredLevels(part, frames)));
  let sum = 0;
  let pairs = 0;
  envelopes.forEach((a, i) => {
    for (const b of envelopes.slice(0, i)) {
      const scale = Math.sqrt(innerProduct(a, a) * innerProduct(b, b));
      if (scale > 0) sum += innerProduct(a, b) / scale;
      pairs++;
    }
  });
  return pairs > 0 ? sum / pairs : -1;
}

function squaredLevels(part: Float32Array, frames: number): Float64Array {
  const bins = part.length / frames;
  return Float64Array.from({ length: frames }, (_, t) => {
    let sum = 0;
    for (let f = 0; f < bins; f++) sum += part[t * bins + f];
    return sum * sum;
  });
}

function centred(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

function innerProduct(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
