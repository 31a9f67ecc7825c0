import { Activator } from './activate.ts';
import type { Divergence } from './divergence.ts';

/** What the live chain needs of a model. */
export interface DictionaryData {
  /** templates × bins, row-major */
  readonly templates: Float32Array;
  /** The component each template belongs to. */
  readonly componentOf: Uint8Array;
  readonly divergence: Divergence;
  /** For each of the last templates, which are shifted copies: the template it is a copy of. */
  readonly shiftedFrom?: Uint16Array;
}

/** Learned templates, ready to activate frames and to mask them. */
export class Dictionary {
  /** Number of templates. */
  readonly count: number;
  /** Number of those that are not shifted copies; the first ones. */
  readonly taught: number;
  readonly #bins: number;
  /** Templates that `activate` uses. */
  readonly #used: number;
  readonly #activator: Activator;
  readonly #templates: Float32Array;
  readonly #componentOf: Uint8Array;
  readonly #shiftedFrom: Uint16Array;

  /** @param use which templates `activate` uses: all, or those that were taught and no shifted copies */
  constructor(data: DictionaryData, bins: number, use: 'all' | 'taught' = 'all') {
    const { templates, componentOf, divergence, shiftedFrom } = data;
    this.count = componentOf.length;
    this.#bins = bins;
    this.#shiftedFrom = shiftedFrom ?? new Uint16Array(0);
    this.taught = this.count - this.#shiftedFrom.length;
    this.#used = use === 'all' ? this.count : this.taught;
    this.#activator = new Activator(
      templates.subarray(0, this.#used * bins),
      bins,
      divergence,
      this.#used - this.taught,
    );
    this.#templates = templates;
    this.#componentOf = componentOf;
  }

  /** Any thread; allocates nothing. `h` receives `count` values. */
  activate(magnitudes: Float32Array, h: Float32Array): void {
    h.fill(0, this.#used, this.count);
    this.#activator.activate(magnitudes, h);
  }

  /** Any thread; allocates nothing. `activations` receives, for each component, the sum over its templates. */
  sumByComponent(h: Float32Array, activations: Float32Array): void {
    activations.fill(0);
    for (let r = 0; r < this.count; r++) activations[this.#componentOf[r]] += h[r];
  }

  /** The activations of the taught templates, each with those of its copies. */
  withoutCopies(h: Float32Array): Float32Array {
    const activations = h.slice(0, this.taught);
    this.#shiftedFrom.forEach((from, i) => {
      activations[from] += h[this.taught + i];
    });
    return activations;
  }

  /**
   * The mask of component k is (Σ of W_r·h_r over its templates)^p / Σ over all components of the same; 0/0 gives 1/K.
   * Any thread; allocates nothing.
   *
   * @param masks receives components × bins, row-major
   */
  mask(h: Float32Array, components: number, exponent: number, masks: Float32Array): void {
    const bins = this.#bins;
    masks.fill(0);
    for (let r = 0; r < this.count; r++) {
      const row = this.#componentOf[r] * bins;
      if (h[r] > 0) for (let f = 0; f < bins; f++) masks[row + f] += this.#templates[r * bins + f] * h[r];
    }
    for (let f = 0; f < bins; f++) normalise(masks, f, bins, components, exponent);
  }
}

/** Relative to the loudest component, so that no exponent overflows. */
function normalise(masks: Float32Array, first: number, stride: number, components: number, exponent: number): void {
  let loudest = 0;
  const end = first + components * stride;
  for (let i = first; i < end; i += stride) loudest = Math.max(loudest, masks[i]);
  let sum = 0;
  for (let i = first; i < end; i += stride) {
    masks[i] = loudest > 0 ? (masks[i] / loudest) ** exponent : 1;
    sum += masks[i];
  }
  for (let i = first; i < end; i += stride) masks[i] /= sum;
}
