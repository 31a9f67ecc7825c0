import { DIVERGENCES } from '../dsp/divergence.ts';
import { FFT_SIZES, MAXIMUM_COMPONENTS, MAXIMUM_PITCH_SHIFTS, MAXIMUM_TEMPLATES, SAMPLE_RATES } from '../dsp/limits.ts';
import type { DictionaryData } from '../dsp/live/DictionaryData.ts';
import { MASK_EXPONENT } from '../dsp/live/maskExponent.ts';
import { checkWindow } from '../dsp/transform/checkLayout.ts';
import { binsOf, type SpectrogramLayout } from '../dsp/transform/StftLayout.ts';
import {
  checkChoice,
  checkFloat32Array,
  checkInteger,
  checkNumber,
  checkPowerOfTwo,
  show,
} from '../parameters/checks.ts';

const MAXIMUM_LABEL_LENGTH = 200;
/** What a float32 holds. */
const LOUDEST = 3e38;

/** What a model is made of. */
export interface NMFModelInit
  extends Omit<SpectrogramLayout, 'window'>,
    Omit<DictionaryData, 'shiftedFrom' | 'componentOf' | 'panning' | 'levels'> {
  /** The analysis window that the templates were learned through. */
  readonly window: string;
  /** K */
  readonly components: number;
  /** R values: the component each template belongs to. */
  readonly componentOf: ArrayLike<number>;
  /** R values: the left channel's part of each template, from 0 to 1. Default none: both channels share one mask. */
  readonly panning?: ArrayLike<number> | undefined;
  /** K values: the largest activation of each component in what it was learned from, 0 where unknown. Default unknown. */
  readonly levels?: ArrayLike<number> | undefined;
  /** One name a component; those that are missing are numbered. */
  readonly labels?: readonly string[] | undefined;
  /** Semitones each way. Default 0. */
  readonly pitchShifts?: number | undefined;
  /** Of the mask with which it separates best. Default 2. */
  readonly maskExponent?: number | undefined;
}

/** With every default filled in. */
export type CompleteModelInit = Required<Omit<NMFModelInit, Optional>> & Pick<NMFModelInit, Optional>;
type Optional = 'panning' | 'levels';

/**
 * What every model must fulfil, wherever it comes from.
 *
 * @throws {TypeError | RangeError} naming the field, what it holds and what is allowed
 */
export function checkModelInit(init: NMFModelInit): void {
  checkShape('model', init);
  checkInteger('model: hopSize', init.hopSize, 1, init.fftSize);
  checkChoice('model: divergence', init.divergence, DIVERGENCES);
  checkInteger('model: components', init.components, 1, MAXIMUM_COMPONENTS);
  checkInteger('model: pitchShifts', init.pitchShifts ?? 0, 0, MAXIMUM_PITCH_SHIFTS);
  const { maskExponent = MASK_EXPONENT.standard } = init;
  checkNumber('model: maskExponent', maskExponent, MASK_EXPONENT.minimum, MASK_EXPONENT.maximum);
  checkLabels(init.labels ?? []);
  checkComponentOf(init.componentOf, init.components);
  checkFloat32Array('model: templates', init.templates, init.componentOf.length * binsOf(init));
  if (!init.templates.every((value) => value >= 0 && Number.isFinite(value)))
    throw new RangeError('model: templates must be finite and not negative.');
  if (init.panning !== undefined) checkPanning(init.panning, init.componentOf.length);
  if (init.levels !== undefined) checkLevels(init.levels, init.components);
}

/** @param name of what has the shape, for the error */
export function checkShape(
  name: string,
  { sampleRate, fftSize, window }: Pick<NMFModelInit, 'sampleRate' | 'fftSize' | 'window'>,
): void {
  checkNumber(`${name}: sampleRate`, sampleRate, SAMPLE_RATES.minimum, SAMPLE_RATES.maximum);
  checkPowerOfTwo(`${name}: fftSize`, fftSize, FFT_SIZES.minimum, FFT_SIZES.maximum);
  checkWindow(window, fftSize, `${name}: window`);
}

function checkLabels(labels: readonly unknown[]): void {
  if (!Array.isArray(labels)) throw new TypeError(`model: labels: ${show(labels)} given; it must be an array.`);
  if (labels.length > MAXIMUM_COMPONENTS)
    throw new RangeError(`model: labels has ${labels.length} entries; at most ${MAXIMUM_COMPONENTS} are allowed.`);
  for (const label of labels) {
    if (typeof label === 'string' && label.length <= MAXIMUM_LABEL_LENGTH) continue;
    throw new TypeError(`model: labels must be strings of at most ${MAXIMUM_LABEL_LENGTH} characters.`);
  }
}

function checkComponentOf(componentOf: ArrayLike<unknown>, components: number): void {
  const length = componentOf?.length;
  checkInteger('model: componentOf: its length', length, 1, MAXIMUM_TEMPLATES);
  for (let r = 0; r < length; r++) checkInteger(`model: componentOf[${r}]`, componentOf[r], 0, components - 1);
}

function checkPanning(panning: ArrayLike<unknown>, count: number): void {
  checkInteger('model: panning: its length', panning?.length, count, count);
  for (let r = 0; r < count; r++) checkNumber(`model: panning[${r}]`, panning[r], 0, 1);
}

function checkLevels(levels: ArrayLike<unknown>, count: number): void {
  checkInteger('model: levels: its length', levels?.length, count, count);
  for (let k = 0; k < count; k++) checkNumber(`model: levels[${k}]`, levels[k], 0, LOUDEST);
}
