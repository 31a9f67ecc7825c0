import type { DictionaryData } from '../live/DictionaryData.ts';
import { bestAssignment } from '../numeric/assignment.ts';

/** Places by spectral centroid, low first. */
export function centroidOrder(dictionary: DictionaryData, components: number, bins: number): number[] {
  const spectra = spectraOf(dictionary, components, bins);
  const centroids = spectra.map((spectrum) => {
    let weighted = 0;
    let sum = 0;
    spectrum.forEach((value, f) => {
      weighted += f * value;
      sum += value;
    });
    return sum > 0 ? weighted / sum : bins;
  });
  const sorted = centroids.map((_, k) => k).sort((a, b) => centroids[a] - centroids[b] || a - b);
  return sorted.map((_, k) => sorted.indexOf(k));
}

/** Places that keep the meaning of the streams: those where the spectra are most alike in sum (Bhattacharyya coefficients). */
export function matchingOrder(
  dictionary: DictionaryData,
  previous: DictionaryData,
  components: number,
  bins: number,
): number[] {
  const now = spectraOf(dictionary, components, bins);
  const before = spectraOf(previous, components, bins);
  const likenesses = now.flatMap((a) => before.map((b) => bhattacharyya(a, b)));
  const componentAt = bestAssignment(likenesses, components);
  return componentAt.map((_, k) => componentAt.indexOf(k));
}

/** The sum of each component's templates, scaled to sum to 1. */
function spectraOf({ templates, componentOf }: DictionaryData, components: number, bins: number): Float64Array[] {
  const spectra = Array.from({ length: components }, () => new Float64Array(bins));
  componentOf.forEach((k, r) => {
    for (let f = 0; f < bins; f++) spectra[k][f] += templates[r * bins + f];
  });
  for (const spectrum of spectra) {
    const sum = spectrum.reduce((total, value) => total + value, 0);
    if (sum > 0) for (let f = 0; f < bins; f++) spectrum[f] /= sum;
  }
  return spectra;
}

function bhattacharyya(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, f) => sum + Math.sqrt(value * b[f]), 0);
}
