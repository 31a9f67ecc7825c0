import type { Kernels } from '../../kernels/load.ts';
import { DIVERGENCES, type Divergence } from '../divergence.ts';
import { withoutCopies } from './pitchShifts.ts';

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

/** What a shifted copy has of the start for each part that a taught template has: what was taught comes first. */
const COPY_SHARE = 0.03;

/** What a shifted copy costs more than a template that was taught, so that it sounds only where none of those will do. */
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
  /** What to use where there is little time: the same without shifted copies. */
  readonly inAHurry: Dictionary;
  readonly #kernels: Kernels;
  readonly #componentOf: Uint8Array;

  /** May grow the kernels' memory, which detaches every view of it. */
  constructor(kernels: Kernels, data: DictionaryData, bins: number) {
    const { templates, componentOf, divergence, shiftedFrom } = data;
    this.count = componentOf.length;
    this.#kernels = kernels;
    this.#componentOf = componentOf;
    const copies = shiftedFrom?.length ?? 0;
    const kept = copies > 0 ? KEPT_OF_COPIES : this.count;
    this.address = kernels.createDictionary(this.count, bins, DIVERGENCES.indexOf(divergence), kept);
    const { buffer } = kernels.memory;
    const first = kernels.dictionaryTemplates(this.address);
    for (let r = 0; r < this.count; r++) {
      const row = new Float32Array(buffer, first + r * kernels.rowBytes(bins), bins);
      row.set(templates.subarray(r * bins, (r + 1) * bins));
    }
    new Uint8Array(buffer, kernels.dictionaryComponents(this.address), this.count).set(componentOf);
    const taught = this.count - copies;
    new Float32Array(buffer, kernels.dictionaryPenalties(this.address), this.count).fill(COPY_PENALTY, taught);
    const share = 1 / (taught + COPY_SHARE * copies);
    new Float32Array(buffer, kernels.dictionaryShares(this.address), this.count)
      .fill(share)
      .fill(COPY_SHARE * share, taught);
    kernels.prepareDictionary(this.address);
    this.inAHurry = copies > 0 ? new Dictionary(kernels, withoutCopies(data, bins), bins) : this;
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
    if (this.inAHurry !== this) this.inAHurry.renewViews();
  }

  /** Gives its memory back; not to be used afterwards. */
  release(): void {
    this.#kernels.releaseDictionary(this.address);
    if (this.inAHurry !== this) this.inAHurry.release();
  }

  #activations(): Float32Array {
    return new Float32Array(this.#kernels.memory.buffer, this.#kernels.dictionaryActivations(this.address), this.count);
  }
}
