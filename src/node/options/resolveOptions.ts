import { DIVERGENCES, type Divergence } from '../../dsp/divergence.ts';
import {
  type FrameShape,
  hopSizesOf,
  type LatencyHint,
  supportOf,
  WORKER_ALLOWANCE,
} from '../../dsp/live/frameShape.ts';
import { NMFModel, type NMFModelJSON } from '../../model/NMFModel.ts';
import { checkChoice, checkInteger, checkNumber, checkObject, checkUrl } from '../../parameters/checks.ts';
import { MASK_EXPONENT_RANGE } from '../../protocol/protocol.ts';

/** How a node separates; every option has a default. */
export interface NMFSeparatorOptions {
  /** K, streams out: 1…32. Default 3. */
  components?: number;
  /** Samples, a power of two 256…16384. Default 2048. */
  fftSize?: number;
  /** Samples, a power of two, 128 ≤ hopSize ≤ fftSize/2. By default fftSize/4, or what the latency mode needs. */
  hopSize?: number;
  /** Analysis window for `'playback'`; the other modes bring their own. Default `'hann'`. */
  window?: 'hann' | 'blackman-harris';
  /** How much delay the separation may cost. Default `'playback'`. */
  latencyHint?: LatencyHint;
  /** What learning minimises. Default `'kullback-leibler'`; `'euclidean'` is the lecture's formulation 1. */
  divergence?: Divergence;
  /** Where H is updated live. Default `'worker'` for `'playback'`, `'worklet'` for the other modes; offline always `'worklet'`. */
  activation?: 'worker' | 'worklet';
  /** 1…32, default 2: the input is mixed up or down to it, every component has as many. */
  channelCount?: number;
  /** Length of the rolling spectrogram in seconds, 1…120. Default 10. */
  historySeconds?: number;
  /** Initial value of the AudioParam, 0.5…8. Default 2 (Wiener); 1 is the lecture's ratio filter. */
  maskExponent?: number;
  /** Starts separating at once with a learned dictionary. */
  model?: NMFModel | NMFModelJSON;
  /** Where `nmf-separator-node/worklet.js` is served, for a strict Content-Security-Policy. Default: embedded code. */
  workletUrl?: string | URL;
  /** Where `nmf-separator-node/worker.js` is served. Default: embedded code. */
  workerUrl?: string | URL;
}

/** Options with every default filled in. */
export interface Settings {
  readonly components: number;
  readonly channelCount: number;
  readonly shape: FrameShape;
  readonly divergence: Divergence;
  readonly activation: 'worker' | 'worklet';
  /** Whether there is time for dictionaries with shifted copies: not on the audio thread of a live context. */
  readonly affordsPitchShifts: boolean;
  readonly historyFrames: number;
  readonly maskExponent: number;
  readonly model: NMFModel | null;
  readonly workletUrl: string | URL | undefined;
  readonly workerUrl: string | URL | undefined;
}

/**
 * Checks options before anything is made of them.
 *
 * @throws {TypeError | RangeError} naming the option, the value given and what is allowed
 */
export function resolveOptions(options: NMFSeparatorOptions, sampleRate: number, live: boolean): Settings {
  checkObject('options', options);
  const {
    latencyHint = 'playback',
    divergence = 'kullback-leibler',
    maskExponent = MASK_EXPONENT_RANGE.standard,
  } = options;
  checkChoice('latencyHint', latencyHint, ['playback', 'balanced', 'interactive']);
  checkChoice('divergence', divergence, DIVERGENCES);
  const activation = options.activation ?? (latencyHint === 'playback' ? 'worker' : 'worklet');
  checkChoice('activation', activation, ['worker', 'worklet']);
  const where = live ? activation : 'worklet';
  const shape = resolveShape(options, latencyHint, where === 'worker' ? WORKER_ALLOWANCE : 0);
  const { components = 3, channelCount = 2, historySeconds = 10 } = options;
  checkInteger('components', components, 1, 32);
  checkInteger('channelCount', channelCount, 1, 32);
  checkNumber('historySeconds', historySeconds, 1, 120);
  checkNumber('maskExponent', maskExponent, MASK_EXPONENT_RANGE.minimum, MASK_EXPONENT_RANGE.maximum);
  checkUrl('workletUrl', options.workletUrl);
  checkUrl('workerUrl', options.workerUrl);
  return {
    components,
    channelCount,
    shape,
    divergence,
    activation: where,
    affordsPitchShifts: !live || where === 'worker',
    historyFrames: Math.ceil((historySeconds * sampleRate) / shape.hopSize),
    maskExponent,
    model: options.model === undefined ? null : checkedModel(options.model, { components, shape, sampleRate }),
    workletUrl: options.workletUrl,
    workerUrl: options.workerUrl,
  };
}

/**
 * @returns the model, if a node of these settings can use it
 * @throws {TypeError | RangeError} saying what does not fit
 */
export function checkedModel(
  value: NMFModel | NMFModelJSON,
  {
    components,
    shape,
    sampleRate,
  }: { components: number; shape: Pick<FrameShape, 'fftSize' | 'window'>; sampleRate: number },
): NMFModel {
  const model = value instanceof NMFModel ? value : NMFModel.fromJSON(value);
  const mismatch = (what: string, has: unknown, needs: unknown) =>
    new RangeError(`model: its ${what} is ${String(has)}, but this node's is ${String(needs)}.`);
  if (model.sampleRate !== sampleRate) throw mismatch('sampleRate', model.sampleRate, sampleRate);
  if (model.fftSize !== shape.fftSize) throw mismatch('fftSize', model.fftSize, shape.fftSize);
  if (model.window !== shape.window) throw mismatch('window', model.window, shape.window);
  if (model.components > components) {
    throw new RangeError(`model: it has ${model.components} components, but this node has only ${components} outputs.`);
  }
  return model;
}

function resolveShape(options: NMFSeparatorOptions, latencyHint: LatencyHint, allowance: number): FrameShape {
  const { fftSize = 2048, window = 'hann' } = options;
  checkInteger('fftSize', fftSize, 256, 16384);
  if (!Number.isInteger(Math.log2(fftSize)))
    throw new RangeError(`fftSize: ${fftSize} given; it must be a power of two from 256 to 16384.`);
  checkChoice('window', window, ['hann', 'blackman-harris']);
  const allowed = hopSizesOf(latencyHint, fftSize);
  const { hopSize = allowed[0] } = options;
  if (typeof hopSize !== 'number') throw new TypeError(`hopSize: ${String(hopSize)} given; it must be a number.`);
  if (!allowed.includes(hopSize)) {
    const choices = [...allowed].sort((a, b) => a - b).join(', ');
    throw new RangeError(
      `hopSize: ${hopSize} given; with fftSize ${fftSize} and latencyHint '${latencyHint}' it must be one of ${choices}.`,
    );
  }
  const support = supportOf(latencyHint, fftSize);
  return {
    fftSize,
    hopSize,
    window: latencyHint === 'playback' ? window : `asymmetric-${support}`,
    support,
    allowance,
  };
}
