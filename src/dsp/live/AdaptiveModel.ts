import type { SpectrogramLayout } from '../transform/StftLayout.ts';
import { Adaptation, type AdaptationOptions } from './Adaptation.ts';
import type { DictionaryData } from './DictionaryData.ts';

/** The model in force, and what it becomes while it is to follow what is heard. Any thread but that of live audio. */
export class AdaptiveModel {
  readonly #layout: SpectrogramLayout;
  #model: DictionaryData | null = null;
  #options: AdaptationOptions | null = null;
  #adaptation: Adaptation | null = null;

  constructor(layout: SpectrogramLayout) {
    this.#layout = layout;
  }

  /** Another model is in force; it is followed from its own beginning. */
  setModel(model: DictionaryData | null): void {
    this.#model = model;
    this.#restart();
  }

  /** From now on it follows what is heard; null: no longer. */
  adapt(options: AdaptationOptions | null): void {
    this.#options = options;
    this.#restart();
  }

  /** The next frame. @returns the dictionary as it is from now on, where it is time for a new one */
  add(sequence: number, magnitudes: Float32Array): DictionaryData | null {
    return this.#adaptation?.add(sequence, magnitudes) ?? null;
  }

  get isAdapting(): boolean {
    return this.#adaptation !== null;
  }

  release(): void {
    this.#adaptation?.release();
    this.#adaptation = null;
  }

  #restart(): void {
    this.release();
    if (this.#model && this.#options) this.#adaptation = new Adaptation(this.#model, this.#layout, this.#options);
  }
}
