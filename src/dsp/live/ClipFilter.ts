import type { Adaptation } from './Adaptation.ts';
import type { DictionaryData } from './DictionaryData.ts';
import { BLOCK, type LiveLayout } from './LiveLayout.ts';
import { namesCopies } from './naming.ts';
import { OwnNaming } from './OwnNaming.ts';
import { taughtCount } from './pitchShifts.ts';
import { type ActivationSource, SeparationChain, type SeparationChainOptions } from './SeparationChain.ts';

export interface ClipFilterOptions {
  readonly layout: LiveLayout;
  readonly components: number;
  readonly channels: number;
  readonly dictionary: DictionaryData;
  readonly maskExponent: number;
  /** Of the dictionary, where its templates are to follow the clip. */
  readonly adaptation?: Adaptation | null | undefined;
  /** Told the amplitudes of every frame's streams. */
  readonly onAmplitudes?: SeparationChainOptions['onAmplitudes'];
  /** Asked for activations first. */
  readonly source?: ActivationSource | undefined;
}

/** What comes out for a block of a clip. */
export interface FilteredBlock {
  /** Components × channels; the first block is shorter by the latency. */
  readonly components: Float32Array<ArrayBuffer>[][];
  /** frames × taught templates, row-major: the frames of a padded `stft` whose end the block reached. */
  readonly activations: Float32Array<ArrayBuffer>;
}

/**
 * The live chain over a clip that is already there, block by block: the same samples as live, without the latency.
 * After the clip, silence pushes out the rest.
 */
export class ClipFilter {
  readonly #options: ClipFilterOptions;
  readonly #chain: SeparationChain;
  /** Samples at the beginning of the output that are still to be left out. */
  #latency: number;
  /** Frames that are still to be left out: those centred before the clip. */
  #early: number;
  #activations: Float32Array[] = [];
  /** Templates that are to be put into force before the next block. */
  #adapted: DictionaryData | null = null;

  constructor(options: ClipFilterOptions) {
    const { layout, components, channels, dictionary, source, adaptation } = options;
    this.#options = options;
    this.#early = layout.fftSize / 2 / layout.hopSize - 1;
    this.#chain = new SeparationChain({
      layout,
      components,
      channels,
      source,
      namedAlone: namesCopies(layout),
      inSuccession: namesCopies(layout),
      naming: new OwnNaming(layout),
      onAmplitudes: options.onAmplitudes,
      onFrame: ({ sequence, magnitudes, dictionary: used }) => {
        this.#activations.push(used!.foldedActivations());
        this.#adapted = adaptation?.add(sequence, magnitudes) ?? null;
      },
    });
    this.#chain.measuring = options.onAmplitudes !== undefined;
    this.#chain.setDictionary(dictionary);
    this.#latency = this.#chain.latency;
  }

  /**
   * @param input one array a channel, of the same whole number of blocks
   * @param output where the components are to stand, components × channels arrays of that length
   */
  push(input: readonly Float32Array<ArrayBuffer>[], output = this.#outputFor(input)): FilteredBlock {
    const { maskExponent } = this.#options;
    const { length } = input[0];
    for (let n = 0; n < length; n += BLOCK) {
      const block = (samples: Float32Array) => samples.subarray(n, n + BLOCK);
      this.#chain.process(
        input.map(block),
        output.map((streams) => streams.map(block)),
        maskExponent,
      );
      if (this.#adapted) this.#chain.setDictionary(this.#adapted);
      this.#adapted = null;
    }
    const skipped = Math.min(this.#latency, length);
    this.#latency -= skipped;
    return {
      components: output.map((streams) => streams.map((samples) => (skipped ? samples.subarray(skipped) : samples))),
      activations: this.#takeActivations(),
    };
  }

  #outputFor([{ length }]: readonly Float32Array[]): Float32Array<ArrayBuffer>[][] {
    const { components, channels } = this.#options;
    return Array.from({ length: components }, () => Array.from({ length: channels }, () => new Float32Array(length)));
  }

  #takeActivations(): Float32Array<ArrayBuffer> {
    const early = Math.min(this.#early, this.#activations.length);
    this.#early -= early;
    const rows = this.#activations.splice(0).slice(early);
    const activations = new Float32Array(rows.length * taughtCount(this.#options.dictionary));
    rows.forEach((row, t) => {
      activations.set(row, t * row.length);
    });
    return activations;
  }
}
