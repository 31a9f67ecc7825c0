import type { Dictionary } from './Dictionary.ts';
import { Fft } from './fft.ts';
import { binsOf, type FrameShape, latencyOf, QUANTUM } from './frameShape.ts';
import { overlapSum, windowPair } from './window.ts';

/** Where activations may come from, other than the chain itself. Called on the thread that runs the chain. */
export interface ActivationSource {
  /** A frame is there; `magnitudes` is only good during the call. */
  submit(frame: PendingFrame): void;
  /** Fills `frame.h` and returns true if the activations of that frame have come. */
  collect(frame: PendingFrame): boolean;
}

/** A frame on its way from analysis to synthesis. */
export interface PendingFrame {
  /** Frames before this one. */
  sequence: number;
  /** Samples heard since the chain began, at the end of this frame. */
  end: number;
  /** Whether its activations came from the source. */
  activatedBySource: boolean;
  /** The dictionary in force when it was captured. */
  dictionary: Dictionary | null;
  readonly magnitudes: Float32Array;
  /** Activations, one a template of the dictionary. */
  h: Float32Array;
  /** One spectrum a channel. */
  readonly re: Float64Array[];
  readonly im: Float64Array[];
}

export interface SeparationChainOptions {
  readonly shape: FrameShape;
  readonly components: number;
  readonly channels: number;
  /** Asked for activations first; a frame it has no answer for is activated in the chain. */
  readonly source?: ActivationSource;
  /** Called when a frame has been masked. */
  onFrame?(frame: PendingFrame, activations: Float32Array): void;
}

/**
 * The whole live path as one object: push a quantum of sound, get a quantum of each component back, `latency`
 * samples later. The worklet, `separate` and the evaluation all run this code.
 *
 * Nothing here allocates once it is made, but for `setDictionary`.
 */
export class SeparationChain {
  /** Samples from input to output. */
  readonly latency: number;
  /** Input samples that were not finite, and were taken as zero. */
  nonFiniteSamples = 0;
  /** Frames captured so far. */
  frames = 0;

  readonly #shape: FrameShape;
  readonly #components: number;
  readonly #channels: number;
  readonly #source: ActivationSource | undefined;
  readonly #onFrame: SeparationChainOptions['onFrame'];
  readonly #bins: number;
  readonly #fft: Fft;
  readonly #analysis: Float64Array;
  /** The synthesis window, divided by the overlap sum. */
  readonly #synthesis: Float64Array;
  /** The last fftSize samples of each channel, as a ring. */
  readonly #history: Float32Array[];
  /** A ring of `support` samples for each component and channel, overlap-added ahead of the output. */
  readonly #overlap: Float32Array[];
  readonly #pending: PendingFrame[];
  readonly #masks: Float32Array;
  readonly #activations: Float32Array;
  readonly #re: Float64Array;
  readonly #im: Float64Array;
  #dictionary: Dictionary | null = null;
  #samples = 0;
  #synthesised = 0;

  constructor({ shape, components, channels, source, onFrame }: SeparationChainOptions) {
    const { fftSize, hopSize, support, allowance } = shape;
    this.latency = latencyOf(shape);
    this.#shape = shape;
    this.#components = components;
    this.#channels = channels;
    this.#source = source;
    this.#onFrame = onFrame;
    this.#bins = binsOf(shape);
    this.#fft = new Fft(fftSize);
    const pair = windowPair(shape.window, fftSize);
    const sum = overlapSum(pair, hopSize);
    this.#analysis = pair.analysis;
    this.#synthesis = pair.synthesis.map((value, n) => value / sum[n % hopSize]);
    this.#history = Array.from({ length: channels }, () => new Float32Array(fftSize));
    this.#overlap = Array.from({ length: components * channels }, () => new Float32Array(support));
    this.#pending = Array.from({ length: 1 + Math.ceil(allowance / hopSize) }, () => this.#makeFrame());
    this.#masks = new Float32Array(components * this.#bins);
    this.#activations = new Float32Array(components);
    this.#re = new Float64Array(fftSize);
    this.#im = new Float64Array(fftSize);
  }

  /** Takes effect from the next frame on; overlap-add fades it in. Allocates: call it between quanta only. */
  setDictionary(dictionary: Dictionary | null): void {
    this.#dictionary = dictionary;
    const count = dictionary?.count ?? 0;
    for (const frame of this.#pending) if (frame.h.length < count) frame.h = grown(frame.h, count);
  }

  /**
   * One quantum. Audio thread; allocates nothing.
   *
   * @param input one array of 128 samples a channel; missing channels are silent
   * @param outputs components × channels arrays of 128 samples
   */
  process(input: readonly Float32Array[], outputs: readonly (readonly Float32Array[])[], maskExponent: number): void {
    const { hopSize, allowance } = this.#shape;
    this.#listen(input);
    if (this.#samples % hopSize === 0) this.#capture();
    const oldest = this.#pending[this.#synthesised % this.#pending.length];
    if (this.frames > this.#synthesised && oldest.end + allowance === this.#samples) {
      this.#activate(oldest);
      this.#synthesise(oldest, maskExponent);
      this.#synthesised++;
    }
    this.#emit(outputs);
  }

  #makeFrame(): PendingFrame {
    const spectra = () => Array.from({ length: this.#channels }, () => new Float64Array(this.#bins));
    return {
      sequence: 0,
      end: 0,
      activatedBySource: false,
      dictionary: null,
      magnitudes: new Float32Array(this.#bins),
      h: new Float32Array(this.#components),
      re: spectra(),
      im: spectra(),
    };
  }

  #listen(input: readonly Float32Array[]): void {
    const start = this.#samples % this.#shape.fftSize;
    for (let c = 0; c < this.#channels; c++) {
      const history = this.#history[c];
      const samples = input[c];
      for (let n = 0; n < QUANTUM; n++) {
        const sample = samples === undefined ? 0 : samples[n];
        const finite = sample - sample === 0;
        if (!finite) this.nonFiniteSamples++;
        history[start + n] = finite ? sample : 0;
      }
    }
    this.#samples += QUANTUM;
  }

  #capture(): void {
    const { fftSize } = this.#shape;
    const frame = this.#pending[this.frames % this.#pending.length];
    frame.sequence = this.frames;
    frame.end = this.#samples;
    frame.activatedBySource = false;
    frame.dictionary = this.#dictionary;
    frame.magnitudes.fill(0);
    for (let c = 0; c < this.#channels; c++) {
      const history = this.#history[c];
      for (let n = 0; n < fftSize; n++) this.#re[n] = this.#analysis[n] * history[(this.#samples + n) % fftSize];
      this.#im.fill(0);
      this.#fft.forward(this.#re, this.#im);
      for (let f = 0; f < this.#bins; f++) {
        const re = this.#re[f];
        const im = this.#im[f];
        frame.re[c][f] = re;
        frame.im[c][f] = im;
        frame.magnitudes[f] += Math.sqrt(re * re + im * im) / this.#channels;
      }
    }
    this.frames++;
    this.#source?.submit(frame);
  }

  #activate(frame: PendingFrame): void {
    const { dictionary } = frame;
    if (!dictionary) return;
    frame.activatedBySource = this.#source?.collect(frame) ?? false;
    if (!frame.activatedBySource) dictionary.activate(frame.magnitudes, frame.h);
  }

  #synthesise(frame: PendingFrame, maskExponent: number): void {
    const { dictionary } = frame;
    if (dictionary) {
      dictionary.sumByComponent(frame.h, this.#activations);
      dictionary.mask(frame.h, this.#components, maskExponent, this.#masks);
    } else {
      this.#activations.fill(0);
      this.#masks.fill(1 / this.#components);
    }
    for (let k = 0; k < this.#components; k++) {
      for (let c = 0; c < this.#channels; c++) this.#overlapAdd(frame, k, c);
    }
    this.#onFrame?.(frame, this.#activations);
  }

  #overlapAdd(frame: PendingFrame, component: number, channel: number): void {
    const { fftSize, support } = this.#shape;
    const re = this.#re;
    const im = this.#im;
    for (let f = 0; f < this.#bins; f++) {
      const mask = this.#masks[component * this.#bins + f];
      re[f] = mask * frame.re[channel][f];
      im[f] = mask * frame.im[channel][f];
      if (f > 0 && f < fftSize / 2) {
        re[fftSize - f] = re[f];
        im[fftSize - f] = -im[f];
      }
    }
    this.#fft.inverse(re, im);
    const overlap = this.#overlap[component * this.#channels + channel];
    for (let n = fftSize - support; n < fftSize; n++) {
      overlap[(frame.end + n) % support] += this.#synthesis[n] * re[n];
    }
  }

  /** Hands out the oldest quantum of the overlap rings, and clears it. */
  #emit(outputs: readonly (readonly Float32Array[])[]): void {
    const { support, allowance } = this.#shape;
    const start = (this.#samples - allowance + support * Math.ceil(allowance / support)) % support;
    for (let k = 0; k < this.#components; k++) {
      for (let c = 0; c < this.#channels; c++) {
        const overlap = this.#overlap[k * this.#channels + c];
        const output = outputs[k][c];
        for (let n = 0; n < QUANTUM; n++) {
          output[n] = overlap[start + n];
          overlap[start + n] = 0;
        }
      }
    }
  }
}

function grown(values: Float32Array, length: number): Float32Array {
  const larger = new Float32Array(length);
  larger.set(values);
  return larger;
}
