import type { Kernels } from '../../kernels/load.ts';
import { codeOf } from '../divergence.ts';
import type { DictionaryData } from './DictionaryData.ts';
import { taughtCount, withoutCopies } from './pitchShifts.ts';

/**
 * The activation that a shifted copy starts with, as a part of what a taught template starts with: updates multiply, so
 * the taught templates lead.
 */
const COPY_SHARE = 0.03;

/** The cost of a shifted copy, where that of a taught template is 1: it sounds only where no taught template will do. */
const COPY_PENALTY = 1.1;

/**
 * How many templates may sound in a frame where some are shifted copies: the loudest. A threshold relative to the loudest
 * separates up to 5 dB worse.
 */
const KEPT_OF_COPIES = 100;

/** Learned templates in the kernels' memory, ready to activate frames and to mask them. */
export class Dictionary {
  /** Number of templates. */
  readonly count: number;
  /** Where the kernels find it. */
  readonly address: number;
  /** Activations of the frame activated last, one a template. */
  h: Float32Array;
  /** The same without shifted copies: a tenth of the work and less, for frames whose deadline has come. */
  readonly taughtAlone: Dictionary;
  readonly #kernels: Kernels;
  readonly #componentOf: Uint8Array;

  /** May grow the kernels' memory, which detaches every view of it. */
  constructor(kernels: Kernels, data: DictionaryData, bins: number) {
    const { componentOf, divergence } = data;
    const taught = taughtCount(data);
    const hasCopies = taught < componentOf.length;
    this.count = componentOf.length;
    this.#kernels = kernels;
    this.#componentOf = componentOf;
    const kept = hasCopies ? KEPT_OF_COPIES : this.count;
    this.address = kernels.createDictionary(this.count, bins, codeOf(divergence), kept);
    this.#write(data, bins, taught);
    kernels.prepareDictionary(this.address);
    this.taughtAlone = hasCopies ? new Dictionary(kernels, withoutCopies(data, bins), bins) : this;
    this.h = this.#activations();
  }

  /**
   * Any thread; allocates nothing. Fills `h`.
   *
   * @param magnitudes address of a frame, a padded row
   */
  activate(magnitudes: number): void {
    this.#kernels.activateFrame(this.address, magnitudes);
  }

  /** Any thread; allocates nothing. `activations` receives, for each component, the sum over its templates. */
  sumByComponent(activations: Float32Array): void {
    activations.fill(0);
    for (let r = 0; r < this.count; r++) activations[this.#componentOf[r]] += this.h[r];
  }

  /** Makes the views again; to be called where the memory may have grown. */
  renewViews(): void {
    if (this.h.buffer !== this.#kernels.memory.buffer) this.h = this.#activations();
    if (this.taughtAlone !== this) this.taughtAlone.renewViews();
  }

  /** Gives its memory back; not to be used afterwards. */
  release(): void {
    this.#kernels.releaseDictionary(this.address);
    if (this.taughtAlone !== this) this.taughtAlone.release();
  }

  #write({ templates, componentOf }: DictionaryData, bins: number, taught: number): void {
    const kernels = this.#kernels;
    const { buffer } = kernels.memory;
    const first = kernels.dictionaryTemplates(this.address);
    for (let r = 0; r < this.count; r++) {
      const row = new Float32Array(buffer, first + r * kernels.rowBytes(bins), bins);
      row.set(templates.subarray(r * bins, (r + 1) * bins));
    }
    new Uint8Array(buffer, kernels.dictionaryComponents(this.address), this.count).set(componentOf);
    new Float32Array(buffer, kernels.dictionaryPenalties(this.address), this.count).fill(COPY_PENALTY, taught);
    const share = 1 / (taught + COPY_SHARE * (this.count - taught));
    new Float32Array(buffer, kernels.dictionaryShares(this.address), this.count)
      .fill(share)
      .fill(COPY_SHARE * share, taught);
  }

  #activations(): Float32Array {
    return new Float32Array(this.#kernels.memory.buffer, this.#kernels.dictionaryActivations(this.address), this.count);
  }
}
