import { MAXIMUM_TEMPLATES } from '../limits.ts';
import type { DictionaryData } from './DictionaryData.ts';

/** 2^(1/12). A literal, since `Math.pow` may differ in the last place from engine to engine. */
const SEMITONE = 1.0594630943592953;
/** Keeps every bin of a copy above zero, so that its activation can still grow. */
const FLOOR = 1e-9;
/**
 * A copy whose Bhattacharyya coefficient with a template taught by another source is higher than this is left out: it would
 * take that source's notes.
 */
const TOO_ALIKE = 0.75;

/**
 * A dictionary with copies of its templates up to some semitones each way, because sources play notes that the clips
 * they were learned from did not have. The copies follow the taught templates. Where they would be too many, the farthest
 * shifts are left out.
 *
 * A template moves along the frequency axis by linear interpolation. A copy whose Bhattacharyya coefficient with a taught
 * template of another component is high is dropped.
 */
export function withPitchShifts(dictionary: DictionaryData, bins: number, semitones: number): DictionaryData {
  if (semitones === 0) return dictionary;
  const { templates, componentOf } = dictionary;
  const roots = squareRoots(templates, bins);
  const copies: Float32Array[] = [];
  const shiftedFrom: number[] = [];
  for (let shift = 1; shift <= semitones; shift++) {
    const ring = [shift, -shift].flatMap((by) => shiftedCopies(dictionary, bins, by, roots));
    if (componentOf.length + copies.length + ring.length > MAXIMUM_TEMPLATES) break;
    for (const { template, from } of ring) {
      copies.push(template);
      shiftedFrom.push(from);
    }
  }
  const all = new Float32Array(templates.length + copies.length * bins);
  all.set(templates);
  copies.forEach((template, i) => {
    all.set(template, templates.length + i * bins);
  });
  return {
    ...dictionary,
    templates: all,
    componentOf: Uint8Array.from([...componentOf, ...shiftedFrom.map((r) => componentOf[r])]),
    shiftedFrom: Uint16Array.from(shiftedFrom),
  };
}

/** Every template moved by some semitones, but for those too alike to what others taught. */
function shiftedCopies({ templates, componentOf }: DictionaryData, bins: number, by: number, roots: Float32Array) {
  const copies: { template: Float32Array; from: number }[] = [];
  const ratio = by > 0 ? powerOf(SEMITONE, by) : 1 / powerOf(SEMITONE, -by);
  for (let from = 0; from < componentOf.length; from++) {
    const template = stretched(templates.subarray(from * bins, (from + 1) * bins), ratio);
    const root = squareRoots(template, bins);
    const isRival = (r: number) => componentOf[r] !== componentOf[from] && likeness(roots, r * bins, root) > TOO_ALIKE;
    if (!componentOf.some((_, r) => isRival(r))) copies.push({ template, from });
  }
  return copies;
}

/** The taught templates alone. */
export function withoutCopies(dictionary: DictionaryData, bins: number): DictionaryData {
  const { templates, componentOf, divergence } = dictionary;
  const taught = taughtCount(dictionary);
  return { templates: templates.subarray(0, taught * bins), componentOf: componentOf.subarray(0, taught), divergence };
}

/** How many templates are not shifted copies; they come first. */
export function taughtCount({ componentOf, shiftedFrom }: DictionaryData): number {
  return componentOf.length - (shiftedFrom?.length ?? 0);
}

/** The activations of the taught templates, each with those of its copies. */
export function foldCopies(h: Float32Array, dictionary: DictionaryData): Float32Array {
  const taught = taughtCount(dictionary);
  const activations = h.slice(0, taught);
  dictionary.shiftedFrom?.forEach((from, i) => {
    activations[from] += h[taught + i];
  });
  return activations;
}

function powerOf(base: number, exponent: number): number {
  let power = 1;
  for (let i = 0; i < exponent; i++) power *= base;
  return power;
}

/** w(f / ratio), as good as zero above the last bin; sums to 1 as every template does. */
function stretched(template: Float32Array, ratio: number): Float32Array {
  let sum = 0;
  const copy = template.map((_, f) => {
    const position = f / ratio;
    const below = Math.floor(position);
    const share = position - below;
    const inside = below + 1 < template.length;
    const value = FLOOR + (inside ? template[below] * (1 - share) + template[below + 1] * share : 0);
    sum += value;
    return value;
  });
  return copy.map((value) => value / sum);
}

/** √(w/Σw) of every template: their inner products are Bhattacharyya coefficients. */
function squareRoots(templates: Float32Array, bins: number): Float32Array {
  const roots = new Float32Array(templates.length);
  for (let start = 0; start < templates.length; start += bins) {
    let sum = 0;
    for (let f = 0; f < bins; f++) sum += templates[start + f];
    if (sum > 0) for (let f = 0; f < bins; f++) roots[start + f] = Math.sqrt(templates[start + f] / sum);
  }
  return roots;
}

function likeness(roots: Float32Array, offset: number, root: Float32Array): number {
  let sum = 0;
  for (let f = 0; f < root.length; f++) sum += roots[offset + f] * root[f];
  return sum;
}
