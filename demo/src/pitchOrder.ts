import type { NMFModel } from 'nmf-separator-node';

/** Names from low to high, for each number of components that has words of its own. */
const NAMES: readonly (readonly string[])[] = [
  [],
  ['Everything'],
  ['Low', 'High'],
  ['Low', 'Middle', 'High'],
  ['Low', 'Lower middle', 'Upper middle', 'High'],
];

/** The centre of gravity of each component's templates, in Hz. */
export function spectralCentroids(model: NMFModel): number[] {
  const { templates, componentOf, fftSize, sampleRate, components } = model;
  const bins = fftSize / 2 + 1;
  const weights = new Float64Array(components);
  const moments = new Float64Array(components);
  for (const [template, component] of componentOf.entries()) {
    for (let bin = 0; bin < bins; bin++) {
      const magnitude = templates[template * bins + bin];
      weights[component] += magnitude;
      moments[component] += magnitude * bin;
    }
  }
  return Array.from(moments, (moment, k) => ((moment / (weights[k] || 1)) * sampleRate) / fftSize);
}

/** A name for each component, by the order of the centroids. */
export function namesByPitch(centroids: readonly number[]): string[] {
  const names = NAMES[centroids.length] ?? centroids.map((_, rank) => `Part ${rank + 1}`);
  const ascending = centroids.map((_, k) => k).sort((a, b) => centroids[a] - centroids[b]);
  return centroids.map((_, k) => names[ascending.indexOf(k)]);
}

/** @returns such as `180 Hz` or `2.4 kHz` */
export function formatFrequency(hertz: number): string {
  return hertz < 1000 ? `${Math.round(hertz)} Hz` : `${(hertz / 1000).toFixed(1)} kHz`;
}
