import type { NMFModel } from 'nmf-separator-node';
import type { Grouping } from '../audio/Grouping.ts';

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

/**
 * A name for each component: the model's own label, or else by pitch, or by its place; a group is called by all its
 * members.
 */
export function namesOf(grouping: Grouping): string[] {
  const { learned, groupOf } = grouping;
  const sounding = groupOf.map((_, k) => k).filter((k) => learned.componentOf.includes(k));
  const pitches = pitchesOf(learned);
  const ascending = [...sounding].sort((a, b) => pitches[a] - pitches[b]);
  const byPitch = NAMES[sounding.length];
  const nameOf = (k: number) => byPitch?.[ascending.indexOf(k)] ?? `Part ${sounding.indexOf(k) + 1}`;
  const own = groupOf.map((_, k) => labelGiven(learned, k) ?? nameOf(k));
  return groupOf.map((_, k) =>
    grouping
      .membersOf(k)
      .map((member) => own[member])
      .join(' + '),
  );
}

/** A label that somebody gave: the package's own ones are numbers. */
function labelGiven({ labels }: NMFModel, component: number): string | null {
  return labels[component] === `Component ${component + 1}` ? null : labels[component];
}

/** @returns such as `180 Hz` or `2.4 kHz` */
export function formatFrequency(hertz: number): string {
  return hertz < 1000 ? `${Math.round(hertz)} Hz` : `${(hertz / 1000).toFixed(1)} kHz`;
}
