import type { NMFModel } from 'nmf-separator-node';

/**
 * The spectral centroid of each component in Hz: the energy-weighted mean of the logarithm of frequency over its
 * templates, because pitch perception is logarithmic.
 */
export function pitchesOf(model: NMFModel): number[] {
  const { templates, componentOf, fftSize, sampleRate, components } = model;
  const bins = fftSize / 2 + 1;
  const energies = new Float64Array(components);
  const moments = new Float64Array(components);
  for (const [template, component] of componentOf.entries()) {
    for (let bin = 1; bin < bins; bin++) {
      const energy = templates[template * bins + bin] ** 2;
      energies[component] += energy;
      moments[component] += energy * Math.log(bin);
    }
  }
  return Array.from(moments, (moment, k) => (Math.exp(moment / (energies[k] || 1)) * sampleRate) / fftSize);
}

/** Components by ascending pitch, those without templates last. */
export function orderByPitch(model: NMFModel): number[] {
  const pitches = pitchesOf(model);
  const pitchOf = (k: number) => (model.componentOf.includes(k) ? pitches[k] : Number.MAX_VALUE);
  return Array.from({ length: model.components }, (_, k) => k).sort((a, b) => pitchOf(a) - pitchOf(b) || a - b);
}

/** @returns for example `180 Hz` or `2.4 kHz` */
export function formatFrequency(hertz: number): string {
  return hertz < 1000 ? `${Math.round(hertz)} Hz` : `${(hertz / 1000).toFixed(1)} kHz`;
}
