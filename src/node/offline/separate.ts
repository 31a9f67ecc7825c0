import { checkLearningOptions, learnRequest } from '../../dsp/learning/LearnRequest.ts';
import { LEARNING_PARAMETERS } from '../../dsp/learning/parameters.ts';
import { fractionOf } from '../../dsp/learning/progress.ts';
import { layoutOf } from '../../dsp/transform/StftLayout.ts';
import type { NMFModel } from '../../model/NMFModel.ts';
import { show } from '../../parameters/checks.ts';
import { checkKnown, checkParameters } from '../../parameters/defineParameters.ts';
import { type AnyAudioBuffer, plainSource } from '../clips/plainClip.ts';
import type { SeparateOptions } from '../options/optionTypes.ts';
import { LEARN_PARAMETERS, NODE_PARAMETERS, SEPARATE_PARAMETERS } from '../options/parameters.ts';
import { offlineRendering, resolveOptions, type Settings } from '../options/resolveOptions.ts';
import { runFilterJob } from '../worker/filterJob.ts';
import { runLearnJob } from '../worker/learnJob.ts';

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
export async function separate(
  clip: AudioBuffer | AnyAudioBuffer,
  given?: SeparateOptions | null,
): Promise<Separation> {
  const options = given ?? {};
  checkClip(clip);
  checkKnown('options', options, NODE_PARAMETERS, LEARN_PARAMETERS, LEARNING_PARAMETERS, SEPARATE_PARAMETERS);
  const settings = resolveOptions(options, offlineRendering(clip.sampleRate));
  checkParameters({ ...LEARN_PARAMETERS, ...SEPARATE_PARAMETERS }, options);
  checkLearningOptions(options, settings.components);
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
  clip: AnyAudioBuffer,
  options: SeparateOptions,
  { components, layout, sampleRate, divergence, affordsPitchShifts, model, workerUrl }: Settings,
  report: (fraction: number) => void,
): Promise<Omit<Separation, 'components'>> {
  const request = learnRequest(plainSource(clip, sampleRate), options, {
    ...layoutOf({ ...layout, sampleRate }),
    components,
    divergence,
    affordsPitchShifts,
    previous: model?.dictionary ?? null,
  });
  const {
    model: learned,
    activations,
    frames,
    loss,
  } = await runLearnJob(request, {
    workerUrl,
    labels: model?.labels,
    signals: options.signal ? [options.signal] : [],
    // A start that has converged leaves its other iterations out, so this may jump.
    onProgress: (progress) => report(fractionOf(progress)),
  });
  return { model: learned, activations, frames, loss };
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

function checkClip(clip: unknown): asserts clip is AnyAudioBuffer {
  if (typeof (clip as Partial<AnyAudioBuffer> | null)?.getChannelData === 'function') return;
  throw new TypeError(`clip: ${show(clip)} given; it must be an AudioBuffer.`);
}
