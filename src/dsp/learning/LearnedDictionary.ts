import type { DictionaryData } from '../live/DictionaryData.ts';
import type { LearnRequest } from './LearnRequest.ts';
import type { Clustering } from './timbre/gate.ts';

/** W, H and the component of each template, while they are learned. */
export interface LearnedDictionary {
  /** templates × bins, row-major */
  readonly templates: Float32Array;
  /** frames × templates, row-major. Of several clips: their frames one after the other. */
  readonly activations: Float32Array;
  readonly componentOf: Uint8Array;
  /** The left channel's part of each template, where all that was learned from has two channels. */
  readonly panning?: Float32Array | undefined;
  readonly frames: number;
  /** ΣV, of all that was learned from. */
  readonly sum: number;
  readonly clustering: Clustering;
  /** One value an iteration. */
  readonly loss: Float32Array;
  readonly iterations: number;
}

/** A template whose sum differs from 1 by less is left alone, so that templates kept from the model before keep every bit. */
const ROUNDING = 1e-6;

/** Every template sums to 1; the activations take the scale. A template that vanished becomes flat, and silent. */
export function withUnitTemplates(learned: LearnedDictionary, bins: number): LearnedDictionary {
  const count = learned.componentOf.length;
  const templates = learned.templates.slice();
  const activations = learned.activations.slice();
  for (let r = 0; r < count; r++) {
    const row = templates.subarray(r * bins, (r + 1) * bins);
    const sum = row.reduce((total, value) => total + value, 0);
    if (Math.abs(sum - 1) < ROUNDING) continue;
    const vanished = !(sum > Number.MIN_VALUE);
    for (let f = 0; f < bins; f++) row[f] = vanished ? 1 / bins : row[f] / sum;
    for (let t = 0; t < learned.frames; t++) activations[t * count + r] *= vanished ? 0 : sum;
  }
  return { ...learned, templates, activations };
}

/** Renames the components and sorts the templates by component. @param placeOf for every component its new place */
export function reordered(learned: LearnedDictionary, placeOf: readonly number[]): LearnedDictionary {
  const count = learned.componentOf.length;
  const bins = learned.templates.length / count;
  const rows = Array.from({ length: count }, (_, r) => r);
  rows.sort((a, b) => placeOf[learned.componentOf[a]] - placeOf[learned.componentOf[b]] || a - b);
  const templates = new Float32Array(learned.templates.length);
  const activations = new Float32Array(learned.activations.length);
  rows.forEach((from, to) => {
    templates.set(learned.templates.subarray(from * bins, (from + 1) * bins), to * bins);
    for (let t = 0; t < learned.frames; t++) activations[t * count + to] = learned.activations[t * count + from];
  });
  const { panning } = learned;
  return {
    ...learned,
    templates,
    activations,
    panning: panning && Float32Array.from(rows, (r) => panning[r]),
    componentOf: Uint8Array.from(rows, (r) => placeOf[learned.componentOf[r]]),
  };
}

/** The templates that a dictionary has for some components. */
export function templatesOf(dictionary: DictionaryData | null, components: readonly number[], bins: number) {
  if (!dictionary) return { templates: new Float32Array(0), componentOf: new Uint8Array(0), panning: undefined };
  const rows = Array.from(dictionary.componentOf.keys()).filter((r) => components.includes(dictionary.componentOf[r]));
  const templates = new Float32Array(rows.length * bins);
  rows.forEach((r, i) => {
    templates.set(dictionary.templates.subarray(r * bins, (r + 1) * bins), i * bins);
  });
  const { componentOf, panning } = dictionary;
  return {
    templates,
    componentOf: Uint8Array.from(rows, (r) => componentOf[r]),
    panning: panning && Float32Array.from(rows, (r) => panning[r]),
  };
}

/** The components that are learned, and not held. */
export function freeComponents({ components, hold }: LearnRequest): number[] {
  return Array.from({ length: components }, (_, k) => k).filter((k) => !hold.includes(k));
}

export function sumOf(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}
