import type { Divergence } from '../dsp/divergence.ts';
import { MAXIMUM_COMPONENTS } from '../dsp/limits.ts';
import type { DictionaryData } from '../dsp/live/DictionaryData.ts';
import { MASK_EXPONENT } from '../dsp/live/maskExponent.ts';
import { convertSpectra } from '../dsp/transform/convertSpectra.ts';
import { fullScale, type WindowName } from '../dsp/transform/window.ts';
import { checkInteger, checkObject } from '../parameters/checks.ts';
import { checkKnown } from '../parameters/defineParameters.ts';
import { type CompleteModelInit, checkModelInit, checkShape, type NMFModelInit } from './NMFModelInit.ts';
import { type NMFModelJSON, readModel, writeModel } from './NMFModelJSON.ts';

const SHAPE_FIELDS = ['sampleRate', 'fftSize', 'window'] satisfies (keyof ModelShape)[];

/** W and what is needed to use it again. Immutable. */
export class NMFModel {
  /** Hz */
  readonly sampleRate: number;
  /** Samples of a frame. */
  readonly fftSize: number;
  /** Samples from one frame to the next. */
  readonly hopSize: number;
  /** The analysis window that the templates were learned through. */
  readonly window: string;
  /** What the templates were learned with, and what activates them. */
  readonly divergence: Divergence;
  /** K */
  readonly components: number;
  /** One name a component. */
  readonly labels: readonly string[];
  /** Semitones each way; the shifted copies are derived when the model is used. */
  readonly pitchShifts: number;
  /** Of the mask with which it separates best; a node follows it until its own `maskExponent` is set. */
  readonly maskExponent: number;
  readonly #templates: Float32Array;
  readonly #componentOf: Uint8Array;
  readonly #panning: Float32Array | undefined;
  readonly #levels: Float32Array | undefined;

  /**
   * Makes a model of what `learn` of `nmf-separator-node/dsp` gives. Elsewhere models come from `learn`, `separate` and
   * `fromJSON`.
   *
   * @throws {TypeError | RangeError} naming the field that is wrong, what it holds and what is allowed
   */
  constructor(init: NMFModelInit) {
    checkObject('model', init);
    checkModelInit(init);
    this.sampleRate = init.sampleRate;
    this.fftSize = init.fftSize;
    this.hopSize = init.hopSize;
    this.window = init.window;
    this.divergence = init.divergence;
    this.components = init.components;
    this.labels = Object.freeze(
      Array.from({ length: init.components }, (_, k) => init.labels?.[k] ?? `Component ${k + 1}`),
    );
    this.pitchShifts = init.pitchShifts ?? 0;
    this.maskExponent = init.maskExponent ?? MASK_EXPONENT.standard;
    this.#templates = init.templates.slice();
    this.#componentOf = Uint8Array.from(init.componentOf);
    this.#panning = init.panning && Float32Array.from(init.panning);
    this.#levels = init.levels && Float32Array.from(init.levels);
    Object.freeze(this);
  }

  /** R × bins, row-major; each row sums to 1. A copy. */
  get templates(): Float32Array {
    return this.#templates.slice();
  }

  /** R values: the component each template belongs to. A copy. */
  get componentOf(): Uint8Array {
    return this.#componentOf.slice();
  }

  /**
   * R values: the left channel's part of each template, from 0 to 1, where it helps to tell the sources apart; sound of two
   * channels is then separated by it too, with a mask for each channel. A copy, or undefined.
   */
  get panning(): Float32Array | undefined {
    return this.#panning?.slice();
  }

  /**
   * K values: the largest activation of each component in what it was learned from, 0 where unknown. What a node measures
   * `levels` against until something louder is heard. A copy, or undefined.
   */
  get levels(): Float32Array | undefined {
    return this.#levels?.slice();
  }

  /** @internal What the live path needs of it, in copies that may be handed over. */
  get dictionary(): DictionaryData {
    const { templates, componentOf, divergence, panning, levels } = this;
    return { templates, componentOf, divergence, levels, ...(panning && { panning }) };
  }

  /** @internal The same model with templates that have followed what was heard. */
  withTemplates(templates: Float32Array): NMFModel {
    return new NMFModel({ ...this.#init(), templates });
  }

  /** A plain object that `JSON.stringify` and `structuredClone` take, and `fromJSON` gives back bit for bit. */
  toJSON(): NMFModelJSON {
    return writeModel(this.#init());
  }

  /**
   * Reads what `toJSON` wrote.
   *
   * @throws {TypeError} for a value of the wrong kind, a layout of another version, or damaged base64
   * @throws {RangeError} for a number or a name out of range, or a matrix whose size does not fit
   */
  static fromJSON(json: unknown): NMFModel {
    return new NMFModel(readModel(json));
  }

  /**
   * The same model under other names, one a component.
   *
   * @throws {TypeError | RangeError} when there is not one for each component, or one is no string of at most 200 characters
   */
  withLabels(labels: readonly string[]): NMFModel {
    if (labels.length !== this.components) {
      throw new RangeError(`labels: ${labels.length} given, but the model has ${this.components} components.`);
    }
    return new NMFModel({ ...this.#init(), labels });
  }

  /**
   * The same templates under other components.
   *
   * @param componentOf one component for each template
   * @throws {RangeError} when there is not one for each template, or one is not an integer from 0 to 31
   */
  regroup(componentOf: ArrayLike<number>): NMFModel {
    const count = this.#componentOf.length;
    if (componentOf.length !== count) {
      throw new RangeError(`componentOf: ${componentOf.length} values given, but the model has ${count} templates.`);
    }
    const list = Array.from(componentOf);
    for (const k of list) checkInteger('componentOf', k, 0, MAXIMUM_COMPONENTS - 1);
    const components = Math.max(...list) + 1;
    const levels = this.#levels && regrouped(this.#levels, this.#componentOf, list, components);
    return new NMFModel({ ...this.#init(), components, componentOf: list, levels });
  }

  /**
   * The same spectra on another grid of frequencies, for a node or a clip of another shape: what is not given stays. An
   * energy above the old Nyquist frequency is unknown, and zero. Through another window the templates stay as they are.
   *
   * Measured with taught sources: between 44.1 and 48 kHz nothing is lost in the mean, from `'playback'` to `'interactive'`
   * about 1 dB, from frames of 1024 samples to 2048 about 2 dB.
   *
   * @throws {TypeError | RangeError} naming the field that is wrong, what it holds and what is allowed
   */
  convertTo(shape: ModelShape): NMFModel {
    checkObject('shape', shape);
    checkKnown('shape', shape, SHAPE_FIELDS);
    const { sampleRate = this.sampleRate, fftSize = this.fftSize, window = this.window } = shape;
    checkShape('shape', { sampleRate, fftSize, window });
    const hopSize = Math.max(1, Math.round((this.hopSize * fftSize) / this.fftSize));
    const isSameGrid = sampleRate === this.sampleRate && fftSize === this.fftSize;
    const templates = isSameGrid
      ? this.#templates
      : normalised(convertSpectra(this.#templates, this, { sampleRate, fftSize }), this.#componentOf.length);
    const gain =
      fullScale({ window: window as WindowName, fftSize }) /
      fullScale({ window: this.window as WindowName, fftSize: this.fftSize });
    const levels = this.#levels?.map((level) => gain * level);
    return new NMFModel({ ...this.#init(), sampleRate, fftSize, hopSize, window, templates, levels });
  }

  #init(): CompleteModelInit {
    const { templates, componentOf, panning, levels } = this;
    return { ...this, templates, componentOf, panning, levels };
  }
}

/** What spectra depend on, beside the sound. */
export interface ModelShape {
  /** Hz: 3000…768000. */
  sampleRate?: number | undefined;
  /** Samples of a frame: a power of two, 256…16384. */
  fftSize?: number | undefined;
  /** The analysis window, as `window` of a node names it. */
  window?: string | undefined;
}

/** Each row sums to 1. One with nothing left, all of whose sound lies above the new Nyquist frequency, becomes flat. */
function normalised(templates: Float32Array, count: number): Float32Array {
  const bins = templates.length / count;
  for (let r = 0; r < count; r++) {
    const row = templates.subarray(r * bins, (r + 1) * bins);
    const sum = row.reduce((total, value) => total + value, 0);
    for (let f = 0; f < bins; f++) row[f] = sum > 0 ? row[f] / sum : 1 / bins;
  }
  return templates;
}

/** Each component's level in equal parts to its templates, and from there to their new components. */
function regrouped(
  levels: Float32Array,
  before: Uint8Array,
  after: readonly number[],
  components: number,
): Float32Array {
  const counts = new Uint16Array(levels.length);
  for (const k of before) counts[k]++;
  const sums = new Float32Array(components);
  after.forEach((k, r) => {
    sums[k] += levels[before[r]] / counts[before[r]];
  });
  return sums;
}
