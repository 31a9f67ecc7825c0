import type { NMFModel } from '../../model/NMFModel.ts';
import { checkFunction } from '../../parameters/checks.ts';
import type { Progress } from '../../protocol/protocol.ts';
import { checkLearnOptions, type LearnOptions, learnRequest } from '../clips/learnRequest.ts';
import { type NMFSeparatorOptions, resolveOptions, type Settings } from '../options/resolveOptions.ts';
import { runFilterJob } from '../worker/filterJob.ts';
import { type LearnResult, runLearnJob } from '../worker/learnJob.ts';

/** Options of the node and of learning; `maskExponent` is fixed for the clip. */
export interface SeparateOptions extends NMFSeparatorOptions, LearnOptions {
  /** Told how much is done, from 0 to 1. */
  onProgress?(fraction: number): void;
}

/** A clip taken apart. */
export interface Separation {
  /** K buffers of the clip's length, rate and channels; they add up to the clip. */
  components: AudioBuffer[];
  /** The model that was learned, or the one given. */
  model: NMFModel;
  /** frames × templates, row-major */
  activations: Float32Array;
  /** Of the clip. */
  frames: number;
  /** One value an iteration of learning; none where the model was given. */
  loss: Float32Array;
}

/** Of the whole, as far as progress is told. */
const LEARNING_SHARE = 0.7;

/**
 * Takes a clip apart, in a worker: learns K components from it, and filters it exactly as a node would, without the
 * latency. With a `model` it only filters, unless `hold` says which of its components stay while others are learned.
 *
 * `channelCount` and `historySeconds` are checked, but a clip keeps its own channels and is there as a whole.
 *
 * @throws {TypeError | RangeError} (as a rejection) for wrong options, and for a clip that cannot be learned from
 * @throws {InvalidStateError} (as a rejection) for `hold` without a model
 * @throws {AbortError} (as a rejection) when `options.signal` aborts
 */
export async function separate(clip: AudioBuffer, options: SeparateOptions = {}): Promise<Separation> {
  checkClip(clip);
  const settings = resolveOptions(options, clip.sampleRate, false);
  checkLearnOptions(options, settings.components);
  checkFunction('onProgress', options.onProgress);
  const signals = options.signal ? [options.signal] : [];
  const report = rising(options.onProgress ?? (() => {}));
  const learns = !settings.model || (options.hold?.length ?? 0) > 0;
  const learned = learns
    ? await learn(clip, options, settings, (fraction) => report(LEARNING_SHARE * fraction))
    : { model: settings.model!, loss: new Float32Array(0) };
  const share = learns ? 1 - LEARNING_SHARE : 1;
  const filtered = await runFilterJob(clip, learned.model, settings, {
    signals,
    onProgress: (fraction) => report(1 - share * (1 - fraction)),
  });
  return { ...filtered, ...learned };
}

async function learn(
  clip: AudioBuffer,
  options: SeparateOptions,
  { components, shape, divergence, affordsPitchShifts, model, workerUrl }: Settings,
  report: (fraction: number) => void,
): Promise<Omit<LearnResult, 'iterations'>> {
  const { fftSize, hopSize, window } = shape;
  const layout = { sampleRate: clip.sampleRate, fftSize, hopSize, window };
  const target = { ...layout, components, divergence, affordsPitchShifts, model };
  const { iterations: _, ...result } = await runLearnJob(learnRequest(clip, options, target), {
    workerUrl,
    labels: model?.labels,
    signals: options.signal ? [options.signal] : [],
    onProgress: (progress) => report(doneOf(progress)),
  });
  return result;
}

/** A start that has converged leaves its other iterations out, so this may jump. */
function doneOf({ iteration, iterations, restart, restarts }: Progress): number {
  return (restart - 1 + iteration / iterations) / restarts;
}

/** Messages of a worker that has ended may come late; progress never goes back. */
function rising(report: (fraction: number) => void): (fraction: number) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (fraction) => {
    if (fraction <= last) return;
    last = fraction;
    report(fraction);
  };
}

function checkClip(clip: unknown): asserts clip is AudioBuffer {
  if (typeof (clip as Partial<AudioBuffer> | null)?.copyFromChannel === 'function') return;
  throw new TypeError(`clip: ${String(clip)} given; it must be an AudioBuffer.`);
}
