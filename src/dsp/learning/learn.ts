import { checkFloat32Array, checkFunction, checkInteger, checkNumber, checkObject } from '../../parameters/checks.ts';
import { checkKnown } from '../../parameters/defineParameters.ts';
import { DEFAULT_DIVERGENCE } from '../divergence.ts';
import { MAXIMUM_COMPONENTS, SAMPLE_RATES } from '../limits.ts';
import type { DictionaryData } from '../live/DictionaryData.ts';
import { templateCount } from '../numeric/matrices.ts';
import { checkLayout } from '../transform/checkLayout.ts';
import { binsOf, DEFAULT_WINDOW, layoutOf, type SpectrogramLayout } from '../transform/StftLayout.ts';
import type { WindowName } from '../transform/window.ts';
import type { LearningOptions } from './LearningOptions.ts';
import { learnRequest, type PlainSource } from './LearnRequest.ts';
import { learnModel } from './learnModel.ts';
import { LEARNING_PARAMETERS } from './parameters.ts';
import type { OnProgress } from './progress.ts';
import type { Clustering } from './timbre/gate.ts';

/** What to learn, in which layout, and how. */
export interface CoreLearnOptions extends LearningOptions {
  /** K: 1…32. Default: as many as there are clips, 3 for one clip. */
  components?: number | undefined;
  /** Hz: clips at another rate are resampled. */
  sampleRate: number;
  /** Samples of a frame: a power of two, 64…65536. Default 2048. */
  fftSize?: number | undefined;
  /** Samples from one frame to the next. Default fftSize/4. */
  hopSize?: number | undefined;
  /** Default `'hann'`. */
  window?: WindowName | undefined;
  /** What was learned before, for `null` clips, `hold` and `order: 'match'`. */
  previous?: Pick<DictionaryData, 'templates' | 'componentOf' | 'panning' | 'levels'> | null | undefined;
  /** Told after every iteration. */
  onProgress?: OnProgress | undefined;
}

/** The options beside those of every kind of learning. */
const OTHER_OPTIONS = [
  'components',
  'sampleRate',
  'fftSize',
  'hopSize',
  'window',
  'previous',
  'onProgress',
] satisfies (keyof CoreLearnOptions)[];

/** What was learned. `new NMFModel(learned)` of the package's main entry makes a model of it. */
export interface Learned extends Omit<DictionaryData, 'shiftedFrom'>, SpectrogramLayout {
  /** K */
  readonly components: number;
  /** Semitones each way that the templates may be shifted. */
  readonly pitchShifts: number;
  /** Of the mask with which the templates separate best. */
  readonly maskExponent: number;
  /** What blind learning took the components for: sources found by their timbre, or patterns. */
  readonly clustering: Clustering;
  /** The loss at K patterns as a part of all that sounds; NaN for other divergences than Kullback and Leibler's. */
  readonly relativeLoss: number;
  /** frames × templates, row-major. Of several clips: their frames one after the other. */
  readonly activations: Float32Array;
  /** Of the clip. */
  readonly frames: number;
  /** One value an iteration of the kept start. */
  readonly loss: Float32Array;
  /** That the kept start took. */
  readonly iterations: number;
}

/**
 * All that `NMFSeparatorNode.learn` does, on plain data and on the thread that calls it: blind from one clip, supervised from
 * one clip a component. The same clips and options give the same bits, on every thread and in every engine.
 *
 * @param source one clip, or one for each component, where null leaves a component as it is
 * @throws {TypeError | RangeError} for wrong options, and for clips that cannot be learned from
 * @throws {InvalidStateError} for null clips or `hold` without what was learned before
 */
export function learn(source: PlainSource, options: CoreLearnOptions): Learned {
  checkObject('source', source);
  checkKnown('options', options, OTHER_OPTIONS, LEARNING_PARAMETERS);
  const layout = checkedLayout(options);
  const { components = Array.isArray(source) ? source.length : 3, divergence = DEFAULT_DIVERGENCE } = options;
  checkInteger('components', components, 1, MAXIMUM_COMPONENTS);
  checkFunction('onProgress', options.onProgress);
  const previous = checkedPrevious(options.previous, components, layout);
  const target = { ...layout, components, divergence, affordsPitchShifts: true, previous };
  const request = learnRequest(source, options, target);
  const { dictionary, ...result } = learnModel(request, options.onProgress ?? (() => {}));
  return { ...layoutOf(request), components, ...dictionary, ...result };
}

function checkedLayout(options: CoreLearnOptions): SpectrogramLayout {
  const { sampleRate, fftSize = 2048, hopSize = fftSize / 4, window = DEFAULT_WINDOW } = options;
  checkNumber('sampleRate', sampleRate, SAMPLE_RATES.minimum, SAMPLE_RATES.maximum);
  checkLayout({ fftSize, hopSize, window });
  return { sampleRate, fftSize, hopSize, window };
}

function checkedPrevious(
  previous: CoreLearnOptions['previous'],
  components: number,
  layout: SpectrogramLayout,
): DictionaryData | null {
  if (previous === undefined || previous === null) return null;
  checkObject('previous', previous);
  const { templates, componentOf, panning, levels } = previous;
  const rows = templateCount('previous.templates', templates, binsOf(layout));
  checkInteger('previous.componentOf: its length', componentOf?.length, rows, rows);
  for (const k of componentOf) checkInteger('previous.componentOf', k, 0, components - 1);
  if (panning !== undefined) checkFloat32Array('previous.panning', panning, rows);
  if (levels !== undefined) checkFloat32Array('previous.levels', levels);
  return { templates, componentOf, panning, levels, divergence: DEFAULT_DIVERGENCE };
}
