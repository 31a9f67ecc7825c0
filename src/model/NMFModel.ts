import { DIVERGENCES, type Divergence } from '../dsp/divergence.ts';
import type { DictionaryData } from '../dsp/live/Dictionary.ts';

/** The layout that `toJSON` writes. */
const VERSION = 1;
const MAXIMUM_COMPONENTS = 32;
const MAXIMUM_TEMPLATES = 2048;
const MAXIMUM_LABEL_LENGTH = 200;

/** A model as `JSON.stringify` takes it; matrices are little-endian float32 in base64. */
export interface NMFModelJSON {
  /** Tells a model from other JSON. */
  type: 'nmf-model';
  /** Of this layout. */
  version: number;
  /** Hz */
  sampleRate: number;
  /** Samples of a frame. */
  fftSize: number;
  /** Samples from one frame to the next. */
  hopSize: number;
  /** The analysis window. */
  window: string;
  /** What the templates were learned with. */
  divergence: Divergence;
  /** K */
  components: number;
  /** One name a component. */
  labels: string[];
  /** Semitones each way. */
  pitchShifts: number;
  /** The component of each template. */
  componentOf: number[];
  /** R × (fftSize/2 + 1), row-major. */
  templates: string;
}

export interface NMFModelInit extends DictionaryData {
  readonly sampleRate: number;
  readonly fftSize: number;
  readonly hopSize: number;
  readonly window: string;
  readonly components: number;
  readonly labels?: readonly string[];
  readonly pitchShifts?: number;
}

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
  readonly #templates: Float32Array;
  readonly #componentOf: Uint8Array;

  /** @internal use `learn`, `separate` or `fromJSON` */
  constructor(init: NMFModelInit) {
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
    this.#templates = init.templates.slice();
    this.#componentOf = init.componentOf.slice();
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

  /** A plain object that `JSON.stringify` and `structuredClone` take, and `fromJSON` gives back bit for bit. */
  toJSON(): NMFModelJSON {
    const { sampleRate, fftSize, hopSize, window, divergence, components, labels, pitchShifts } = this;
    return {
      type: 'nmf-model',
      version: VERSION,
      sampleRate,
      fftSize,
      hopSize,
      window,
      divergence,
      components,
      labels: [...labels],
      pitchShifts,
      componentOf: [...this.#componentOf],
      templates: toBase64(this.#templates),
    };
  }

  /**
   * Reads what `toJSON` wrote.
   *
   * @throws {TypeError} for a value of the wrong kind, a layout of another version, or damaged base64
   * @throws {RangeError} for a number out of range, or a matrix whose size does not fit
   */
  static fromJSON(json: unknown): NMFModel {
    const field = reader(json);
    if (field.text('type') !== 'nmf-model') throw new TypeError("model: the field type must be 'nmf-model'.");
    const version = field.integer('version', 1, Number.MAX_SAFE_INTEGER);
    if (version !== VERSION)
      throw new TypeError(`model: version ${version} cannot be read; this package reads version ${VERSION}.`);
    const fftSize = field.integer('fftSize', 256, 16384);
    const components = field.integer('components', 1, MAXIMUM_COMPONENTS);
    const componentOf = field.list('componentOf', MAXIMUM_TEMPLATES).map((value) => {
      if (Number.isInteger(value) && (value as number) >= 0 && (value as number) < components) return value as number;
      throw new RangeError(
        `model: componentOf must hold integers from 0 to ${components - 1}, but has ${String(value)}.`,
      );
    });
    if (componentOf.length < 1) throw new RangeError('model: componentOf is empty; a model has at least one template.');
    const labels = field.list('labels', MAXIMUM_COMPONENTS).map((value) => {
      if (typeof value === 'string' && value.length <= MAXIMUM_LABEL_LENGTH) return value;
      throw new TypeError(`model: labels must be strings of at most ${MAXIMUM_LABEL_LENGTH} characters.`);
    });
    const divergence = field.text('divergence') as Divergence;
    if (!DIVERGENCES.includes(divergence))
      throw new RangeError(`model: divergence must be one of ${DIVERGENCES.join(', ')}.`);
    return new NMFModel({
      sampleRate: field.number('sampleRate', 3000, 768000),
      fftSize,
      hopSize: field.integer('hopSize', 1, fftSize),
      window: field.text('window'),
      divergence,
      components,
      labels,
      pitchShifts: field.integer('pitchShifts', 0, 12),
      componentOf: Uint8Array.from(componentOf),
      templates: checkedTemplates(field.text('templates'), componentOf.length, fftSize / 2 + 1),
    });
  }

  /** The same model under other names, one a component. */
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
    for (const k of list) {
      if (!Number.isInteger(k) || k < 0 || k >= MAXIMUM_COMPONENTS) {
        throw new RangeError(`componentOf: ${k} given; a component is an integer from 0 to ${MAXIMUM_COMPONENTS - 1}.`);
      }
    }
    const components = Math.max(...list) + 1;
    return new NMFModel({ ...this.#init(), components, componentOf: Uint8Array.from(list) });
  }

  #init(): NMFModelInit {
    return { ...this, templates: this.#templates, componentOf: this.#componentOf };
  }
}

/** Typed access to the fields of an unknown value. */
function reader(json: unknown) {
  if (typeof json !== 'object' || json === null)
    throw new TypeError(`model: an object is needed, but ${json === null ? 'null' : typeof json} was given.`);
  const fields = json as Record<string, unknown>;
  const number = (name: string, minimum: number, maximum: number): number => {
    const value = fields[name];
    if (typeof value !== 'number') throw new TypeError(`model: the field ${name} must be a number.`);
    if (value >= minimum && value <= maximum) return value;
    throw new RangeError(`model: ${name} must be from ${minimum} to ${maximum}, but is ${value}.`);
  };
  return {
    number,
    integer(name: string, minimum: number, maximum: number): number {
      const value = number(name, minimum, maximum);
      if (Number.isInteger(value)) return value;
      throw new RangeError(`model: ${name} must be an integer, but is ${value}.`);
    },
    text(name: string): string {
      const value = fields[name];
      if (typeof value === 'string') return value;
      throw new TypeError(`model: the field ${name} must be a string.`);
    },
    list(name: string, maximum: number): unknown[] {
      const value = fields[name];
      if (!Array.isArray(value)) throw new TypeError(`model: the field ${name} must be an array.`);
      if (value.length <= maximum) return value;
      throw new RangeError(`model: ${name} has ${value.length} entries; at most ${maximum} are allowed.`);
    },
  };
}

/** Decodes templates, after a look at the length of the text, so that a huge one costs nothing. */
function checkedTemplates(text: string, count: number, bins: number): Float32Array {
  const expected = 4 * Math.ceil((count * bins * Float32Array.BYTES_PER_ELEMENT) / 3);
  if (text.length !== expected) {
    throw new RangeError(
      `model: templates has ${text.length} characters, but ${count} templates of ${bins} bins need ${expected}.`,
    );
  }
  const templates = fromBase64(text);
  // Spaces are base64 too, and stand for nothing.
  if (templates.length !== count * bins) throw new RangeError('model: templates is damaged: some of it is missing.');
  if (!templates.every((value) => value >= 0 && Number.isFinite(value))) {
    throw new RangeError('model: templates must be finite and not negative.');
  }
  return templates;
}

function toBase64(values: Float32Array): string {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, i) => {
    view.setFloat32(4 * i, value, true);
  });
  const bytes = new Uint8Array(view.buffer);
  let binary = '';
  for (let i = 0; i < bytes.length; i += 4096) binary += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return btoa(binary);
}

function fromBase64(text: string): Float32Array {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    throw new TypeError('model: templates is not base64.');
  }
  const view = new DataView(Uint8Array.from(binary, (character) => character.charCodeAt(0)).buffer);
  return Float32Array.from({ length: view.byteLength >> 2 }, (_, i) => view.getFloat32(4 * i, true));
}
