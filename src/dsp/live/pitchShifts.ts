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
/** More than the rounding errors of a coefficient. */
const ROUNDING = 1e-3;
/** Bins of a band in which templates are compared first. */
const BAND = 16;

/**
 * A dictionary with copies of its templates up to some semitones each way, because sources play notes that the clips
 * they were learned from did not have. The copies follow the taught templates. Where they would be too many, the farthest
 * shifts are left out.
 *
 * A template moves along the frequency axis by linear interpolation. A copy whose Bhattacharyya coefficient with a taught
 * template of another component is high is dropped.
 */
export function withPitchShifts(dictionary: DictionaryData, bins: number, semitones: number): DictionaryData {
  const steps = pitchShiftSteps(dictionary, bins, semitones);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** `withPitchShifts`, one copy a step: a large dictionary takes seconds. The dictionary must not change meanwhile. */
export function* pitchShiftSteps(
  dictionary: DictionaryData,
  bins: number,
  semitones: number,
): Generator<void, DictionaryData> {
  if (semitones === 0) return dictionary;
  const { templates, componentOf } = dictionary;
  const rivals = new Rivals(dictionary, bins);
  const copies: Copy[] = [];
  for (let shift = 1; shift <= semitones; shift++) {
    const room = MAXIMUM_TEMPLATES - componentOf.length - copies.length;
    const ring: Copy[] = [];
    for (const by of [shift, -shift]) {
      const ratio = by > 0 ? powerOf(SEMITONE, by) : 1 / powerOf(SEMITONE, -by);
      for (let from = 0; from < componentOf.length && ring.length <= room; from++) {
        const template = stretched(templates.subarray(from * bins, (from + 1) * bins), ratio);
        if (!rivals.resemble(template, componentOf[from])) ring.push({ template, from });
        yield;
      }
    }
    if (ring.length > room) break;
    copies.push(...ring);
  }
  return withCopies(dictionary, bins, copies);
}

/** A template moved by some semitones, and the index of the one it is a copy of. */
interface Copy {
  readonly template: Float32Array;
  readonly from: number;
}

function withCopies(dictionary: DictionaryData, bins: number, copies: readonly Copy[]): DictionaryData {
  const { templates, componentOf, panning } = dictionary;
  const all = new Float32Array(templates.length + copies.length * bins);
  all.set(templates);
  copies.forEach(({ template }, i) => {
    all.set(template, templates.length + i * bins);
  });
  return {
    ...dictionary,
    templates: all,
    componentOf: Uint8Array.from([...componentOf, ...copies.map(({ from }) => componentOf[from])]),
    ...(panning && { panning: Float32Array.from([...panning, ...copies.map(({ from }) => panning[from])]) }),
    shiftedFrom: Uint16Array.from(copies, ({ from }) => from),
  };
}

/** The taught templates, and room for so many copies. */
export function withRoomForNamed(dictionary: DictionaryData, bins: number, room: number): DictionaryData {
  const { templates, componentOf, panning } = dictionary;
  const taught = taughtCount(dictionary);
  const all = new Float32Array((taught + room) * bins);
  all.set(templates.subarray(0, taught * bins));
  const components = new Uint8Array(taught + room);
  components.set(componentOf.subarray(0, taught));
  const shiftedFrom = new Uint16Array(room);
  const parts = { templates: all, componentOf: components, panning: panning?.subarray(0, taught), shiftedFrom };
  return { ...dictionary, ...parts };
}

/** How many templates are not shifted copies; they come first. */
export function taughtCount({ componentOf, shiftedFrom }: DictionaryData): number {
  return componentOf.length - (shiftedFrom?.length ?? 0);
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

/** The taught templates, to be compared with copies of those of other components. */
class Rivals {
  readonly #componentOf: Uint8Array;
  readonly #bins: number;
  /** √(w/Σw) of every template: their inner products are Bhattacharyya coefficients. */
  readonly #roots: Float32Array;
  /** √ of the part of a template's sum in each band: their inner products are bounds of the coefficients, from above. */
  readonly #bands: Float32Array;
  readonly #root: Float32Array;
  readonly #band: Float32Array;

  constructor({ templates, componentOf }: DictionaryData, bins: number) {
    const bands = Math.ceil(bins / BAND);
    this.#componentOf = componentOf;
    this.#bins = bins;
    this.#roots = new Float32Array(templates.length);
    this.#bands = new Float32Array(componentOf.length * bands);
    this.#root = new Float32Array(bins);
    this.#band = new Float32Array(bands);
    for (let r = 0; r < componentOf.length; r++) {
      const root = this.#roots.subarray(r * bins, (r + 1) * bins);
      squareRoot(templates.subarray(r * bins, (r + 1) * bins), root);
      bandRoots(root, this.#bands.subarray(r * bands, (r + 1) * bands));
    }
  }

  /** Whether a template is too alike to one of another component. */
  resemble(template: Float32Array, component: number): boolean {
    squareRoot(template, this.#root);
    bandRoots(this.#root, this.#band);
    for (let r = 0; r < this.#componentOf.length; r++) {
      if (this.#componentOf[r] === component) continue;
      // By the Cauchy-Schwarz inequality in each band, the coefficient is no higher than that of the bands.
      if (innerProduct(this.#bands, r * this.#band.length, this.#band) < TOO_ALIKE - ROUNDING) continue;
      if (innerProduct(this.#roots, r * this.#bins, this.#root) > TOO_ALIKE) return true;
    }
    return false;
  }
}

/** Fills `root` with √(w/Σw), zero for a template of zeros. */
function squareRoot(template: Float32Array, root: Float32Array): void {
  let sum = 0;
  for (let f = 0; f < template.length; f++) sum += template[f];
  for (let f = 0; f < template.length; f++) root[f] = sum > 0 ? Math.sqrt(template[f] / sum) : 0;
}

function bandRoots(root: Float32Array, bands: Float32Array): void {
  for (let band = 0; band < bands.length; band++) {
    let sum = 0;
    const end = Math.min(root.length, (band + 1) * BAND);
    for (let f = band * BAND; f < end; f++) sum += root[f] * root[f];
    bands[band] = Math.sqrt(sum);
  }
}

function innerProduct(rows: Float32Array, offset: number, row: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += rows[offset + i] * row[i];
  return sum;
}
