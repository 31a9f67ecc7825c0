import type { NMFModel } from 'nmf-separator-node';

/** Names from low to high, for each number of components that has words of its own. */
const NAMES: readonly (readonly string[])[] = [
  [],
  ['Everything'],
  ['Low', 'High'],
  ['Low', 'Middle', 'High'],
  ['Low', 'Lower middle', 'Upper middle', 'High'],
];

/**
 * How high each component sounds, in Hz: the mean of its templates' energy on a logarithmic frequency axis, as pitch is
 * heard.
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

/** A name for each component, by the order of their pitches. */
export function namesByPitch(pitches: readonly number[]): string[] {
  const names = NAMES[pitches.length] ?? pitches.map((_, rank) => `Part ${rank + 1}`);
  const ascending = pitches.map((_, k) => k).sort((a, b) => pitches[a] - pitches[b]);
  return pitches.map((_, k) => names[ascending.indexOf(k)]);
}

/** @returns such as `180 Hz` or `2.4 kHz` */
export function formatFrequency(hertz: number): string {
  return hertz < 1000 ? `${Math.round(hertz)} Hz` : `${(hertz / 1000).toFixed(1)} kHz`;
}
