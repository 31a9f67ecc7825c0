import { DIVERGENCES, type Divergence } from '../../dsp/divergence.ts';
import { frameCount } from '../../dsp/transform/stft.ts';
import type { NMFModel } from '../../model/NMFModel.ts';
import { checkChoice, checkInteger, checkNumber, checkObject, isFloat32Array } from '../../parameters/checks.ts';
import type { LearnRequest, Sound, Spectrogram } from '../../protocol/protocol.ts';
import { invalidState } from '../errors.ts';

/** Sound to learn from: an AudioBuffer, mono samples at the context's rate, or a spectrogram. */
export type Clip = AudioBuffer | Float32Array | Spectrogram;

/** Nothing: the rolling spectrogram. One clip: blind. An array of K clips: clip k teaches component k, null leaves it as it is. */
export type LearnSource = Clip | readonly (Clip | null)[];

/** How to learn. Options that are left out follow from the kind of learning. */
export interface LearnOptions {
  /** Default: the node's. */
  divergence?: Divergence;
  /** `'multiplicative'` is the lecture's rule, to the letter. Default `'fast'`, but `'multiplicative'` for supervised learning. */
  solver?: 'fast' | 'multiplicative';
  /** Learn from the last seconds of the rolling spectrogram only. */
  seconds?: number;
  /** Columns of W for each stream, 1…64. Default 1 for blind learning, 32 for supervised (fewer where a clip is short). */
  templatesPerComponent?: number;
  /**
   * Supervised: copies of the templates up to this many semitones each way, 0…12. Default `'auto'`: 7 where a trial on the
   * clips says that it helps and frames are not activated on the audio thread of a live context, else 0.
   */
  pitchShifts?: 'auto' | number;
  /** Upper bound. Default 200, for supervised learning 60. */
  iterations?: number;
  /** Stop when the loss improves by less than this fraction over 10 iterations; 0 runs all. Default 1e-4. */
  tolerance?: number;
  /** Keep the best of n starts. Default 1 for supervised, 4 for blind. */
  restarts?: number;
  /** Components whose templates stay as they are while the others are learned from the mixture. */
  hold?: readonly number[];
  /** Same seed, same clip: the same bits. Default 0. */
  seed?: number;
  /** Default `'match'`: streams keep their meaning when learned again; by spectral centroid, low first, the first time. */
  order?: 'match' | 'centroid' | 'none';
  /** Ends learning; nothing has changed then. */
  signal?: AbortSignal;
}

/**
 * Templates that fit a clip ever closer fit other sound of the same source worse: after 60 multiplicative updates what is
 * separated with 32 of them is best.
 */
const SUPERVISED_ITERATIONS = 60;

/** What learning has to fit. */
export interface LearnTarget {
  readonly components: number;
  readonly sampleRate: number;
  readonly fftSize: number;
  readonly hopSize: number;
  readonly window: string;
  readonly divergence: Divergence;
  readonly affordsPitchShifts: boolean;
  readonly model: NMFModel | null;
  /** Whether a spectrogram is nobody else's: a copy would leave megabytes lying, which Firefox collects late. */
  readonly handsOver?: boolean;
}

/** @throws {TypeError | RangeError} naming the option, the value given and what is allowed */
export function checkLearnOptions(options: LearnOptions, components: number): void {
  checkObject('options', options);
  const {
    divergence,
    solver,
    seconds,
    templatesPerComponent,
    pitchShifts,
    iterations,
    tolerance,
    restarts,
    hold,
    seed,
    order,
    signal,
  } = options;
  if (divergence !== undefined) checkChoice('divergence', divergence, DIVERGENCES);
  if (solver !== undefined) checkChoice('solver', solver, ['fast', 'multiplicative']);
  if (seconds !== undefined) checkNumber('seconds', seconds, Number.MIN_VALUE, 120);
  if (templatesPerComponent !== undefined) checkInteger('templatesPerComponent', templatesPerComponent, 1, 64);
  if (pitchShifts !== undefined && pitchShifts !== 'auto') checkInteger('pitchShifts', pitchShifts, 0, 12);
  if (iterations !== undefined) checkInteger('iterations', iterations, 1, 100_000);
  if (tolerance !== undefined) checkNumber('tolerance', tolerance, 0, 1);
  if (restarts !== undefined) checkInteger('restarts', restarts, 1, 1000);
  if (seed !== undefined) checkInteger('seed', seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  if (order !== undefined) checkChoice('order', order, ['match', 'centroid', 'none']);
  if (hold !== undefined) {
    if (!Array.isArray(hold)) throw new TypeError(`hold: ${String(hold)} given; it must be an array of components.`);
    for (const k of hold) checkInteger('hold', k, 0, components - 1);
  }
  if (signal !== undefined && typeof signal?.addEventListener !== 'function')
    throw new TypeError('signal: it must be an AbortSignal.');
}

/**
 * Everything the learning worker needs, checked. Samples are copied.
 *
 * @throws {RangeError} for clips that cannot be learned from, or that are not as many as the components
 * @throws {InvalidStateError} where templates should stay as they are and there are none
 */
export function learnRequest(source: LearnSource, options: LearnOptions, target: LearnTarget): LearnRequest {
  const { components, model } = target;
  const supervised = isList(source);
  if (supervised && source.length !== components) {
    throw new RangeError(
      `source: ${source.length} clips given for ${components} components; give one for each, or null to leave it as it is.`,
    );
  }
  const clips = (supervised ? source : [source]).map(
    (clip, k) => clip && plainClip(clip, target, supervised ? `clip ${k}` : 'the clip'),
  );
  if (clips.every((clip) => clip === null))
    throw new RangeError('source: every clip is null; there is nothing to learn from.');
  const hold = supervised ? [] : [...new Set(options.hold ?? [])];
  requireTemplates(
    clips.flatMap((clip, k) => (clip ? [] : [k])),
    model,
    'a null clip',
  );
  requireTemplates(hold, model, 'hold');
  if (!supervised && hold.length === components)
    throw new RangeError('hold: every component is held; there is nothing to learn.');
  const frames = Math.min(...clips.flatMap((clip) => (clip ? [framesOf(clip, target)] : [])));
  const templatesPerComponent = options.templatesPerComponent ?? (supervised ? Math.min(32, frames) : 1);
  const templates = templatesPerComponent * (supervised ? 1 : components - hold.length);
  if (frames < templates) {
    throw new RangeError(
      `source: ${frames} frames are too few for ${templates} templates; give a longer clip, or ask for fewer.`,
    );
  }
  const { sampleRate, fftSize, hopSize, window } = target;
  return {
    clips,
    supervised,
    components,
    sampleRate,
    fftSize,
    hopSize,
    window,
    divergence: options.divergence ?? target.divergence,
    solver: options.solver ?? (supervised ? 'multiplicative' : 'fast'),
    templatesPerComponent,
    pitchShifts: supervised ? chosenPitchShifts(options, target) : 0,
    iterations: options.iterations ?? (supervised ? SUPERVISED_ITERATIONS : 200),
    tolerance: options.tolerance ?? 1e-4,
    restarts: options.restarts ?? (supervised ? 1 : 4),
    seed: options.seed ?? 0,
    order: options.order ?? 'match',
    hold,
    previous: model && { templates: model.templates, componentOf: model.componentOf, divergence: model.divergence },
  };
}

function chosenPitchShifts(
  { pitchShifts = 'auto' }: LearnOptions,
  { affordsPitchShifts }: LearnTarget,
): 'auto' | number {
  return pitchShifts === 'auto' && !affordsPitchShifts ? 0 : pitchShifts;
}

/** The buffers of a request that can be handed over instead of copied again. */
export function transferables({ clips }: Pick<LearnRequest, 'clips'>): Transferable[] {
  return clips.flatMap((clip) => {
    if (!clip) return [];
    return 'channels' in clip
      ? clip.channels.map(({ buffer }) => buffer as ArrayBuffer)
      : [clip.magnitudes.buffer as ArrayBuffer];
  });
}

function isList(source: LearnSource): source is readonly (Clip | null)[] {
  return Array.isArray(source);
}

function requireTemplates(components: readonly number[], model: NMFModel | null, what: string): void {
  if (components.length === 0) return;
  if (!model) throw invalidState(`${what}: there is no model whose templates could stay as they are.`);
  const missing = components.find((k) => !model.componentOf.includes(k));
  if (missing !== undefined) throw invalidState(`${what}: the model has no templates for component ${missing}.`);
}

function plainClip(clip: Clip, target: LearnTarget, name: string): Sound | Spectrogram {
  if (isFloat32Array(clip))
    return checkedSound({ channels: [clip.slice()], sampleRate: target.sampleRate }, target, name);
  if (typeof clip === 'object' && 'magnitudes' in clip) return checkedSpectrogram(clip, target, name);
  if (typeof clip === 'object' && 'getChannelData' in clip) {
    const channels = Array.from({ length: clip.numberOfChannels }, (_, c) => clip.getChannelData(c).slice());
    return checkedSound({ channels, sampleRate: clip.sampleRate }, target, name);
  }
  throw new TypeError(
    `source: ${name} is ${String(clip)}; it must be an AudioBuffer, a Float32Array or a Spectrogram.`,
  );
}

function checkedSound(sound: Sound, { fftSize, sampleRate }: LearnTarget, name: string): Sound {
  const seconds = sound.channels[0].length / sound.sampleRate;
  if (seconds * sampleRate < fftSize) {
    throw new RangeError(
      `source: ${name} has ${sound.channels[0].length} samples; at least one frame of ${fftSize} is needed.`,
    );
  }
  for (const samples of sound.channels) requireFinite(samples, name);
  if (sound.channels.every(isSilent))
    throw new RangeError(`source: ${name} is silent; there is nothing to learn from.`);
  return sound;
}

function checkedSpectrogram(spectrogram: Spectrogram, target: LearnTarget, name: string): Spectrogram {
  for (const field of ['sampleRate', 'fftSize', 'window'] as const) {
    if (spectrogram[field] === target[field]) continue;
    throw new RangeError(
      `source: the ${field} of ${name} is ${String(spectrogram[field])}, but this node's is ${target[field]}.`,
    );
  }
  const { magnitudes, frames, bins } = spectrogram;
  if (!isFloat32Array(magnitudes) || bins !== target.fftSize / 2 + 1 || magnitudes.length !== frames * bins) {
    throw new RangeError(`source: ${name} must have frames × bins magnitudes, with ${target.fftSize / 2 + 1} bins.`);
  }
  if (frames < 1) throw new RangeError(`source: ${name} has no frames.`);
  requireFinite(magnitudes, name);
  if (magnitudes.some((value) => value < 0)) throw new RangeError(`source: ${name} has negative magnitudes.`);
  if (isSilent(magnitudes)) throw new RangeError(`source: ${name} is silent; there is nothing to learn from.`);
  return { ...spectrogram, magnitudes: target.handsOver ? magnitudes : magnitudes.slice() };
}

function requireFinite(values: Float32Array, name: string): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i]))
      throw new RangeError(`source: ${name} has the value ${values[i]} at index ${i}; every value must be finite.`);
  }
}

function isSilent(values: Float32Array): boolean {
  return values.every((value) => value === 0);
}

function framesOf(clip: Sound | Spectrogram, { sampleRate, fftSize, hopSize }: LearnTarget): number {
  if ('magnitudes' in clip) return clip.frames;
  return frameCount(Math.ceil((clip.channels[0].length * sampleRate) / clip.sampleRate), fftSize, hopSize);
}
