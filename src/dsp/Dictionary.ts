import { Activator } from './activate.ts';
import type { Divergence } from './divergence.ts';

/** What the live chain needs of a model. */
export interface DictionaryData {
  /** templates × bins, row-major */
  readonly templates: Float32Array;
  /** The component each template belongs to. */
  readonly componentOf: Uint8Array;
  readonly divergence: Divergence;
}

/** Learned templates, ready to activate frames and to mask them. */
export class Dictionary {
  /** Number of templates. */
  readonly count: number;
  readonly #bins: number;
  readonly #activator: Activator;
  readonly #templates: Float32Array;
  readonly #componentOf: Uint8Array;

  constructor({ templates, componentOf, divergence }: DictionaryData, bins: number) {
    this.count = componentOf.length;
    this.#bins = bins;
    this.#activator = new Activator(templates, bins, divergence);
    this.#templates = templates;
    this.#componentOf = componentOf;
  }

  /** Any thread; allocates nothing. `h` receives `count` values. */
  activate(magnitudes: Float32Array, h: Float32Array): void {
    this.#activator.activate(magnitudes, h);
  }

  /** Any thread; allocates nothing. `activations` receives, for each component, the sum over its templates. */
  sumByComponent(h: Float32Array, activations: Float32Array): void {
    activations.fill(0);
    for (let r = 0; r < this.count; r++) activations[this.#componentOf[r]] += h[r];
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
