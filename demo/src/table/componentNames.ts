import type { NMFModel } from 'nmf-separator-node';
import type { Grouping } from '../audio/Grouping.ts';

/** Names by ascending pitch. The index is the number of components. */
const NAMES: readonly (readonly string[])[] = [
  [],
  ['Everything'],
  ['Low', 'High'],
  ['Low', 'Middle', 'High'],
  ['Low', 'Lower middle', 'Upper middle', 'High'],
];

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

/**
 * A name for each component: the model's label, or else a name by pitch, or else a number. The name of a group joins the
 * names of its members.
 */
export function namesOf(grouping: Grouping): string[] {
  const { learned, groupOf } = grouping;
  const sounding = groupOf.map((_, k) => k).filter((k) => learned.componentOf.includes(k));
  const pitches = pitchesOf(learned);
  const ascending = [...sounding].sort((a, b) => pitches[a] - pitches[b]);
  const byPitch = NAMES[sounding.length];
  const nameOf = (k: number) => byPitch?.[ascending.indexOf(k)] ?? `Part ${sounding.indexOf(k) + 1}`;
  const own = groupOf.map((_, k) => customLabelOf(learned, k) ?? nameOf(k));
  return groupOf.map((_, k) =>
    grouping
      .membersOf(k)
      .map((member) => own[member])
      .join(' + '),
  );
}

/** The label, or null if it is only the package's default, "Component n". */
function customLabelOf({ labels }: NMFModel, component: number): string | null {
  return labels[component] === `Component ${component + 1}` ? null : labels[component];
}

/** @returns for example `180 Hz` or `2.4 kHz` */
export function formatFrequency(hertz: number): string {
  return hertz < 1000 ? `${Math.round(hertz)} Hz` : `${(hertz / 1000).toFixed(1)} kHz`;
}
