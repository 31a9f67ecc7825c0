import type { NMFModel } from 'nmf-separator-node';

/** The sum of a component's templates, one value for each bin */
export function spectrumOf({ templates, componentOf, fftSize }: NMFModel, component: number): Float32Array {
  const bins = fftSize / 2 + 1;
  const sum = new Float32Array(bins);
  for (const [r, k] of componentOf.entries()) {
    if (k === component) for (let f = 0; f < bins; f++) sum[f] += templates[r * bins + f];
  }
  return sum;
}
