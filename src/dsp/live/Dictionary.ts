import type { Kernels } from '../../kernels/load.ts';
import { codeOf, type Divergence } from '../divergence.ts';
import { type DictionaryData, isStereo } from './DictionaryData.ts';
import { NAMED_COPIES, NO_NAME, nameLoudest, renewLevels } from './naming.ts';
import { taughtCount, withRoomForNamed } from './pitchShifts.ts';

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
  /** Templates that are not shifted copies; they come first. */
  readonly taught: number;
  /**
   * The taught templates with the copies that were named last, none at first: a tenth of the work and less, for frames whose
   * deadline has come. Of panned templates for two channels, it is the one that takes stacked magnitudes. This dictionary
   * itself, where it has neither copies nor panning.
   */
  readonly named: Dictionary;
  /** Whether two channels are told apart by the panning of its templates: in `named`. */
  readonly isStereo: boolean;
  /** As its data has them. */
  readonly levels: Float32Array | undefined;
  readonly #kernels: Kernels;
  readonly #componentOf: Uint8Array;
  /** The taught template that each copy comes from. */
  readonly #shiftedFrom: Uint16Array;
  /** Of the templates, for names. */
  readonly #levels: Float32Array;

  /**
   * May grow the kernels' memory, which detaches every view of it.
   *
   * @param channels of the sound that it is for
   */
  constructor(kernels: Kernels, data: DictionaryData, bins: number, channels = 1, isNamed = false) {
    const { componentOf, divergence, shiftedFrom = new Uint16Array(0) } = data;
    this.count = componentOf.length;
    this.taught = taughtCount(data);
    this.isStereo = isStereo(data, channels);
    this.levels = data.levels;
    this.#kernels = kernels;
    this.#componentOf = componentOf;
    this.#shiftedFrom = shiftedFrom;
    this.#levels = new Float32Array(this.count);
    const isLarge = this.hasCopies && !isNamed;
    const kept = isLarge ? KEPT_OF_COPIES : this.count;
    const isStacked = this.isStereo && isNamed;
    const rowBins = isStacked ? (2 * kernels.rowBytes(bins)) / Float32Array.BYTES_PER_ELEMENT : bins;
    this.address = kernels.createDictionary(this.count, rowBins, codeOf(divergence), kept);
    if (isStacked) this.#writeStacked(data, bins);
    else this.#writeTemplates(data, bins);
    this.#write(data);
    kernels.prepareDictionary(this.address);
    const hasNamed = !isNamed && (this.hasCopies || this.isStereo);
    const room = this.hasCopies ? roomFor(divergence) : 0;
    this.named = hasNamed ? new Dictionary(kernels, withRoomForNamed(data, bins, room), bins, channels, true) : this;
    this.h = this.#activations();
  }

  /** Whether there are shifted copies, or room for them. */
  get hasCopies(): boolean {
    return this.taught < this.count;
  }

  /** Names the copies that sound by the frame activated last and those before. Any thread; allocates nothing. */
  nameCopies(names: Float32Array): void {
    renewLevels(this.#levels, this.h);
    nameLoudest(this.#levels, this.taught, names);
  }

  /**
   * Puts copies into `named`, in the place of those that were there. Any thread; allocates nothing.
   *
   * @param names from `nameCopies`
   */
  name(names: Float32Array): void {
    this.named.#takeCopies(this, names);
  }

  /** The activations of the taught templates, each with those of its copies: a new array. */
  foldedActivations(): Float32Array {
    const folded = this.h.slice(0, this.taught);
    this.#shiftedFrom.forEach((from, i) => {
      folded[from] += this.h[this.taught + i];
    });
    return folded;
  }

  /**
   * Any thread; allocates nothing. Fills `h`.
   *
   * @param magnitudes address of a frame, a padded row
   */
  activate(magnitudes: number): void {
    this.#kernels.activateFrame(this.address, magnitudes);
  }

  /** The same, sooner, where the frame before was activated last. */
  activateNext(magnitudes: number): void {
    this.#kernels.activateNextFrame(this.address, magnitudes);
  }

  /** Any thread; allocates nothing. `activations` receives, for each component, the sum over its templates. */
  sumByComponent(activations: Float32Array): void {
    activations.fill(0);
    for (let r = 0; r < this.count; r++) activations[this.#componentOf[r]] += this.h[r];
  }

  /** Makes the views again; to be called where the memory may have grown. */
  renewViews(): void {
    if (this.h.buffer !== this.#kernels.memory.buffer) this.h = this.#activations();
    if (this.named !== this) this.named.renewViews();
  }

  /** Gives its memory back; not to be used afterwards. */
  release(): void {
    this.#kernels.releaseDictionary(this.address);
    if (this.named !== this) this.named.release();
  }

  #writeTemplates({ templates }: DictionaryData, bins: number): void {
    const rowBytes = this.#kernels.rowBytes(bins);
    for (let r = 0; r < this.count; r++)
      this.#row(r * rowBytes, bins).set(templates.subarray(r * bins, (r + 1) * bins));
  }

  /** For stacked magnitudes: a template as the left channel has it, and as the right one has it. Their mean is the template. */
  #writeStacked({ templates, panning }: DictionaryData, bins: number): void {
    const rowBytes = this.#kernels.rowBytes(bins);
    for (let r = 0; r < this.taught; r++) {
      const template = templates.subarray(r * bins, (r + 1) * bins);
      const left = panning![r];
      this.#row(2 * r * rowBytes, bins).set(template.map((value) => 2 * left * value));
      this.#row((2 * r + 1) * rowBytes, bins).set(template.map((value) => 2 * (1 - left) * value));
    }
  }

  /** @param offset in bytes */
  #row(offset: number, bins: number): Float32Array {
    return new Float32Array(
      this.#kernels.memory.buffer,
      this.#kernels.dictionaryTemplates(this.address) + offset,
      bins,
    );
  }

  #write({ componentOf, panning }: DictionaryData): void {
    const kernels = this.#kernels;
    const { taught } = this;
    const { buffer } = kernels.memory;
    new Uint8Array(buffer, kernels.dictionaryComponents(this.address), this.count).set(componentOf);
    if (panning) new Float32Array(buffer, kernels.dictionaryPanning(this.address), this.count).set(panning);
    new Float32Array(buffer, kernels.dictionaryPenalties(this.address), this.count).fill(COPY_PENALTY, taught);
    const share = 1 / (taught + COPY_SHARE * (this.count - taught));
    new Float32Array(buffer, kernels.dictionaryShares(this.address), this.count)
      .fill(share)
      .fill(COPY_SHARE * share, taught);
  }

  /** Audio thread too; allocates nothing. */
  #takeCopies(from: Dictionary, names: Float32Array): void {
    const copies = this.#shiftedFrom.length;
    if (copies === 0) return;
    for (let i = 0; i < copies; i++) {
      const named = names[i];
      if (named === NO_NAME) break;
      this.#componentOf[this.taught + i] = from.#componentOf[named];
      this.#shiftedFrom[i] = from.#shiftedFrom[named - from.taught];
    }
    // The kernels read them where the activations of the next frame will stand.
    this.h.set(names);
    this.#kernels.placeTemplates(this.address, from.address, this.h.byteOffset, copies, this.taught);
  }

  #activations(): Float32Array {
    return new Float32Array(this.#kernels.memory.buffer, this.#kernels.dictionaryActivations(this.address), this.count);
  }
}

/** Euclidean activation needs the inner products of all templates, for which there is no time on the audio thread. */
function roomFor(divergence: Divergence): number {
  return divergence === 'euclidean' ? 0 : NAMED_COPIES;
}
