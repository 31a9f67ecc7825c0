import { type Kernels, loadKernels, unloadKernels } from '../../kernels/load.ts';
import { binsOf } from '../transform/StftLayout.ts';
import { twiddlesOf } from '../transform/twiddles.ts';
import { overlapSum, supportOf, windowPair } from '../transform/window.ts';
import { Dictionary } from './Dictionary.ts';
import type { DictionaryData } from './DictionaryData.ts';
import { BLOCK, type LiveLayout, latencyOf } from './LiveLayout.ts';
import { MASK_EXPONENT } from './maskExponent.ts';
import { NAMED_COPIES } from './naming.ts';

/** Where activations may come from, other than the chain itself. Called on the thread that runs the chain. */
export interface ActivationSource {
  /** A frame is there; `magnitudes` is only good during the call. */
  submit(frame: PendingFrame): void;
  /** Fills `frame.h` and returns true if the activations of that frame have come. */
  collect(frame: PendingFrame): boolean;
}

/** Tells which shifted copies sound. Called on the thread that runs the chain. */
export interface CopyNaming {
  /** A frame is there. */
  submit(frame: PendingFrame): void;
  /** Fills `names` for a frame and returns true; false where they are the same as before, or have not come. */
  collect(sequence: number, names: Float32Array): boolean;
}

/** A frame on its way from analysis to synthesis. */
export interface PendingFrame {
  /** Where the kernels keep its spectra. */
  readonly slot: number;
  /** Frames before this one. */
  sequence: number;
  /** Samples heard since the chain began, at the end of this frame. */
  end: number;
  /** Whether its activations came from the source. */
  activatedBySource: boolean;
  /** The dictionary in force when it was captured; when it has been activated, the one that was used. */
  dictionary: Dictionary | null;
  magnitudes: Float32Array;
  /** Activations, one a template of the dictionary; only good while the frame is activated and masked. */
  h: Float32Array;
}

export interface SeparationChainOptions {
  readonly layout: LiveLayout;
  readonly components: number;
  readonly channels: number;
  /** Asked for activations first; a frame it has no answer for is activated in the chain. */
  readonly source?: ActivationSource | undefined;
  /** Whether frames without an answer at their deadline are activated by the taught templates and named copies only. */
  readonly namedAlone?: boolean | undefined;
  /**
   * Whether each frame is activated over named copies from the one before, in a third of the time: only where the chain
   * activates them all.
   */
  readonly inSuccession?: boolean | undefined;
  /** Names copies; without it none are named. */
  readonly naming?: CopyNaming | undefined;
  /**
   * Told the amplitudes of every frame's streams, Σ mask·|X|, while `measuring`: in order, and as soon as the frame's
   * activations have come.
   */
  readonly onAmplitudes?: ((frame: PendingFrame, amplitudes: Float32Array) => void) | undefined;
  /** Called when a frame has been masked. */
  readonly onFrame?: ((frame: PendingFrame, activations: Float32Array, amplitudes: Float32Array) => void) | undefined;
}

const NO_ACTIVATIONS = new Float32Array(0);

/**
 * The whole live path as one object: push a block of sound, get a block of each component back, `latency`
 * samples later. The worklet, `separate` and the evaluation all run this code.
 *
 * The kernels do the work, a few calls a hop; here is what happens when. Nothing allocates once the chain is made, but
 * for `setDictionary`.
 */
export class SeparationChain {
  /** Samples from input to output. */
  readonly latency: number;
  /** Input samples that were not finite, and were taken as zero. */
  nonFiniteSamples = 0;
  /** Frames captured so far. */
  frames = 0;
  /** Of the masks: 0.5…8. */
  maskExponent: number = MASK_EXPONENT.standard;
  /** Whether `onAmplitudes` is told. Frames whose activations come early are masked twice then. */
  measuring = false;

  readonly #layout: LiveLayout;
  readonly #channels: number;
  readonly #components: number;
  readonly #source: ActivationSource | undefined;
  readonly #namedAlone: boolean;
  readonly #inSuccession: boolean;
  readonly #naming: CopyNaming | undefined;
  readonly #names = new Float32Array(NAMED_COPIES);
  /** Samples of the synthesis window. */
  readonly #support: number;
  readonly #onAmplitudes: SeparationChainOptions['onAmplitudes'];
  readonly #onFrame: SeparationChainOptions['onFrame'];
  readonly #kernels: Kernels = loadKernels();
  readonly #chain: number;
  /** Samples of input that are kept: what a frame that waits for its activations still needs. */
  readonly #historySize: number;
  readonly #pending: readonly PendingFrame[];
  readonly #activations: Float32Array;
  /** A view of the kernels' memory. */
  #amplitudes = NO_ACTIVATIONS;
  /** Every dictionary that a pending frame may refer to. */
  readonly #dictionaries = new Set<Dictionary>();
  #dictionary: Dictionary | null = null;
  /** Views of the kernels' memory: a block a channel, and a block for each component and channel. */
  #input: readonly Float32Array[] = [];
  #output: readonly (readonly Float32Array[])[] = [];
  #samples = 0;
  #synthesised = 0;
  /** Frames whose amplitudes were told, or never will be. */
  #measured = 0;

  constructor(options: SeparationChainOptions) {
    const { layout, components, channels, source, namedAlone = false, inSuccession = false, naming } = options;
    const { fftSize, hopSize, allowance } = layout;
    const support = supportOf(layout);
    const slots = 1 + Math.ceil(allowance / hopSize);
    this.latency = latencyOf(layout);
    this.#layout = layout;
    this.#components = components;
    this.#channels = channels;
    this.#source = source;
    this.#namedAlone = namedAlone;
    this.#inSuccession = inSuccession;
    this.#naming = naming;
    this.#support = support;
    this.#onAmplitudes = options.onAmplitudes;
    this.#onFrame = options.onFrame;
    this.#historySize = fftSize + allowance;
    this.#chain = this.#kernels.createChain(fftSize, support, components, channels, this.#historySize, slots);
    this.#activations = new Float32Array(components);
    this.#pending = Array.from({ length: slots }, (_, slot) => ({
      slot,
      sequence: 0,
      end: 0,
      activatedBySource: false,
      dictionary: null,
      magnitudes: NO_ACTIVATIONS,
      h: NO_ACTIVATIONS,
    }));
    this.#fillTables();
    this.#makeViews();
  }

  /** Takes effect from the next frame on; overlap-add fades it in. Allocates: call it between blocks only. */
  setDictionary(data: DictionaryData | null): void {
    this.#dictionary = data && new Dictionary(this.#kernels, data, binsOf(this.#layout), this.#channels);
    if (this.#dictionary) this.#dictionaries.add(this.#dictionary);
    this.#releaseUnused();
    if (this.#input[0].buffer !== this.#kernels.memory.buffer) this.#makeViews();
  }

  /**
   * One block. Audio thread; allocates nothing.
   *
   * @param input one array of 128 samples a channel; missing channels are silent
   * @param outputs components × channels arrays of 128 samples
   * @param maskExponent from now on, where it changes: a number that is passed for every block may be allocated for it
   */
  process(input: readonly Float32Array[], outputs: readonly (readonly Float32Array[])[], maskExponent?: number): void {
    if (maskExponent !== undefined) this.maskExponent = maskExponent;
    const { hopSize, allowance } = this.#layout;
    this.#takeInput(input);
    if (this.#samples % hopSize === 0) this.#capture();
    if (this.measuring) this.#measureEarly();
    const oldest = this.#pending[this.#synthesised % this.#pending.length];
    if (this.frames > this.#synthesised && oldest.end + allowance === this.#samples) {
      this.#activate(oldest);
      this.#synthesise(oldest);
      this.#synthesised++;
    }
    this.#emit(outputs);
  }

  /** Gives its memory back; not to be used afterwards. */
  release(): void {
    unloadKernels(this.#kernels);
  }

  /** Windows and twiddles. */
  #fillTables(): void {
    const { fftSize, hopSize, window } = this.#layout;
    const support = this.#support;
    const pair = windowPair(window, fftSize);
    const sum = overlapSum(pair, hopSize);
    const synthesis = pair.synthesis.map((value, n) => value / sum[n % hopSize]).subarray(fftSize - support);
    const analysis = pair.analysis.subarray(fftSize - support);
    const kernels = this.#kernels;
    const fill = (address: number, values: ArrayLike<number>) =>
      new Float32Array(kernels.memory.buffer, address, values.length).set(values);
    fill(kernels.chainAnalysis(this.#chain), pair.analysis);
    fill(
      kernels.chainSynthesis(this.#chain),
      synthesis.map((value) => value / fftSize),
    );
    fill(
      kernels.chainShares(this.#chain),
      synthesis.map((value, n) => (value * analysis[n]) / this.#components),
    );
    fill(kernels.chainTwiddles(this.#chain), twiddlesOf(fftSize));
  }

  /** Whenever the memory has grown. */
  #makeViews(): void {
    const kernels = this.#kernels;
    const view = (address: number, length: number) => new Float32Array(kernels.memory.buffer, address, length);
    const blocks = (address: number) =>
      Array.from({ length: this.#channels }, (_, c) => view(address + bytesOf(c * BLOCK), BLOCK));
    const output = kernels.chainOutput(this.#chain);
    this.#input = blocks(kernels.chainInput(this.#chain));
    this.#output = Array.from({ length: this.#components }, (_, k) =>
      blocks(output + bytesOf(k * this.#channels * BLOCK)),
    );
    this.#amplitudes = view(kernels.chainAmplitudes(this.#chain), this.#components);
    for (const frame of this.#pending) {
      frame.magnitudes = view(kernels.chainMagnitudes(this.#chain, frame.slot), binsOf(this.#layout));
    }
    for (const dictionary of this.#dictionaries) dictionary.renewViews();
  }

  /** Releases the dictionaries that are neither in force nor wanted by a frame that waits. */
  #releaseUnused(): void {
    const used = new Set<Dictionary | null>([this.#dictionary]);
    for (let i = this.#synthesised; i < this.frames; i++) used.add(this.#pending[i % this.#pending.length].dictionary);
    for (const dictionary of this.#dictionaries) {
      if (used.has(dictionary)) continue;
      dictionary.release();
      this.#dictionaries.delete(dictionary);
    }
  }

  #takeInput(input: readonly Float32Array[]): void {
    for (let c = 0; c < this.#channels; c++) {
      if (input[c] === undefined) this.#input[c].fill(0);
      else this.#input[c].set(input[c]);
    }
    this.nonFiniteSamples += this.#kernels.listenBlock(this.#chain, this.#samples % this.#historySize);
    this.#samples += BLOCK;
  }

  #capture(): void {
    const frame = this.#pending[this.frames % this.#pending.length];
    frame.sequence = this.frames;
    frame.end = this.#samples;
    frame.activatedBySource = false;
    frame.dictionary = this.#dictionary;
    this.#kernels.captureFrame(this.#chain, frame.slot, this.#inHistory(frame.end - this.#layout.fftSize));
    this.frames++;
    this.#source?.submit(frame);
    if (this.#takesNamed(frame.dictionary)) this.#naming?.submit(frame);
  }

  #activate(frame: PendingFrame): void {
    const { dictionary } = frame;
    frame.h = dictionary?.h ?? NO_ACTIVATIONS;
    if (!dictionary) return;
    frame.activatedBySource = !dictionary.isStereo && (this.#source?.collect(frame) ?? false);
    if (frame.activatedBySource) return;
    if (this.#takesNamed(dictionary)) {
      if (this.#naming?.collect(frame.sequence, this.#names)) dictionary.name(this.#names);
      frame.dictionary = dictionary.named;
    }
    const used = frame.dictionary!;
    const magnitudes = used.isStereo
      ? this.#kernels.stackMagnitudes(this.#chain, frame.slot)
      : frame.magnitudes.byteOffset;
    frame.h = used.h;
    // Stereo frames are all activated here. Without copies, a frame starts afresh: it is to be the same from a worker.
    if (used.isStereo || (this.#inSuccession && dictionary.hasCopies)) used.activateNext(magnitudes);
    else used.activate(magnitudes);
  }

  /** Frames that have their activations and still wait for their deadline. */
  #measureEarly(): void {
    for (; this.#measured < this.frames; this.#measured++) {
      const frame = this.#pending[this.#measured % this.#pending.length];
      const { dictionary } = frame;
      if (!dictionary || dictionary.isStereo) return;
      frame.h = dictionary.h;
      if (!this.#source?.collect(frame)) return;
      this.#kernels.maskFrame(this.#chain, frame.slot, dictionary.address, this.maskExponent);
      this.#onAmplitudes?.(frame, this.#amplitudes);
    }
  }

  #takesNamed(dictionary: Dictionary | null): boolean {
    return this.#namedAlone || (dictionary?.isStereo ?? false);
  }

  #synthesise(frame: PendingFrame): void {
    const support = this.#support;
    const { dictionary } = frame;
    const ringStart = frame.end % support;
    if (dictionary) {
      dictionary.sumByComponent(this.#activations);
      this.#kernels.maskFrame(this.#chain, frame.slot, dictionary.address, this.maskExponent);
      this.#kernels.separateFrame(this.#chain, frame.slot, ringStart, dictionary.address);
    } else {
      this.#activations.fill(0);
      this.#amplitudes.fill(0);
      this.#kernels.shareFrame(this.#chain, this.#inHistory(frame.end - support), ringStart);
    }
    if (this.#measured === this.#synthesised) {
      this.#measured++;
      if (this.measuring) this.#onAmplitudes?.(frame, this.#amplitudes);
    }
    this.#onFrame?.(frame, this.#activations, this.#amplitudes);
  }

  #emit(outputs: readonly (readonly Float32Array[])[]): void {
    const support = this.#support;
    const first = this.#samples - this.#layout.allowance - support;
    this.#kernels.emitBlock(this.#chain, modulo(first, support), this.#inHistory(first));
    for (let k = 0; k < this.#components; k++) {
      for (let c = 0; c < this.#channels; c++) outputs[k][c].set(this.#output[k][c]);
    }
  }

  /** Where the history keeps a sample, counted from the beginning of the chain. */
  #inHistory(sample: number): number {
    return modulo(sample, this.#historySize);
  }
}

function bytesOf(floats: number): number {
  return floats * Float32Array.BYTES_PER_ELEMENT;
}

/** The remainder that is not negative. */
function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
