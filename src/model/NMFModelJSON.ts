import type { Divergence } from '../dsp/divergence.ts';
import { FFT_SIZES, MAXIMUM_TEMPLATES } from '../dsp/limits.ts';
import { binsOf } from '../dsp/transform/StftLayout.ts';
import { checkInteger, checkObject, show } from '../parameters/checks.ts';
import { base64Length, fromBase64, toBase64 } from './base64.ts';
import type { CompleteModelInit, NMFModelInit } from './NMFModelInit.ts';

const TYPE = 'nmf-model';
/** The layout that `writeModel` writes. */
const VERSION = 1;

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
  /** Of the mask with which it separates best; models without it were made for 2. */
  maskExponent?: number | undefined;
  /** The component of each template. */
  componentOf: number[];
  /** The left channel's part of each template, where the model has them. */
  panning?: number[] | undefined;
  /** The largest activation of each component when it was learned, where it is known. */
  levels?: number[] | undefined;
  /** R × (fftSize/2 + 1), row-major. */
  templates: string;
}

export function writeModel(init: CompleteModelInit): NMFModelJSON {
  const { sampleRate, fftSize, hopSize, window, divergence, components, labels, pitchShifts, maskExponent } = init;
  return {
    type: TYPE,
    version: VERSION,
    sampleRate,
    fftSize,
    hopSize,
    window,
    divergence,
    components,
    labels: [...(labels ?? [])],
    pitchShifts: pitchShifts ?? 0,
    maskExponent,
    componentOf: Array.from(init.componentOf),
    ...(init.panning && { panning: Array.from(init.panning) }),
    ...(init.levels && { levels: Array.from(init.levels) }),
    templates: toBase64(init.templates),
  };
}

/**
 * Reads what `writeModel` wrote, from a value that may be anything. Only what could not be told later is checked here; the
 * rest is checked when a model is made of it.
 *
 * @throws {TypeError | RangeError} for what is no model, has another version, or holds damaged templates
 */
export function readModel(json: unknown): NMFModelInit {
  checkObject('model', json);
  const fields = json as { readonly [Field in keyof NMFModelJSON]: unknown };
  if (fields.type !== TYPE) throw new TypeError(`model: the field type must be '${TYPE}'.`);
  checkInteger('model: version', fields.version, 1, Number.MAX_SAFE_INTEGER);
  if (fields.version !== VERSION)
    throw new TypeError(`model: version ${fields.version} cannot be read; this package reads version ${VERSION}.`);
  const componentOf = listOf<number>('componentOf', fields.componentOf);
  const labels = listOf<string>('labels', fields.labels);
  const panning = fields.panning === undefined ? undefined : listOf<number>('panning', fields.panning);
  const levels = fields.levels === undefined ? undefined : listOf<number>('levels', fields.levels);
  checkInteger('model: fftSize', fields.fftSize, FFT_SIZES.minimum, FFT_SIZES.maximum);
  const count = componentOf.length * binsOf({ fftSize: fields.fftSize });
  checkInteger('model: pitchShifts', fields.pitchShifts, 0, Number.MAX_SAFE_INTEGER);
  const templates = readTemplates(fields.templates, count);
  return { ...(fields as NMFModelJSON), componentOf, labels, panning, levels, templates };
}

function listOf<T>(name: string, value: unknown): T[] {
  if (!Array.isArray(value)) throw new TypeError(`model: the field ${name} must be an array.`);
  if (value.length <= MAXIMUM_TEMPLATES) return value;
  throw new RangeError(`model: ${name} has ${value.length} entries; at most ${MAXIMUM_TEMPLATES} are allowed.`);
}

/** Looks at the length of the text first, so that a huge one costs nothing. */
function readTemplates(text: unknown, count: number): Float32Array {
  if (typeof text !== 'string') throw new TypeError(`model: templates: ${show(text)} given; it must be a string.`);
  const expected = base64Length(count);
  if (text.length !== expected)
    throw new RangeError(`model: templates has ${text.length} characters, but ${count} values need ${expected}.`);
  const templates = fromBase64(text);
  if (!templates) throw new TypeError('model: templates is not base64.');
  // Spaces are base64 too, and stand for nothing.
  if (templates.length !== count) throw new RangeError('model: templates is damaged: some of it is missing.');
  return templates;
}
