import type { Divergence } from '../../dsp/divergence.ts';
import type { AdaptationOptions } from '../../dsp/live/Adaptation.ts';
import { BLOCK, type LiveLayout, latencyOf, WORKER_ALLOWANCE } from '../../dsp/live/LiveLayout.ts';
import { hopSizesOf, type LatencyHint, windowOf } from '../../dsp/live/latencyModes.ts';
import { quantumDelay } from '../../dsp/live/QuantumAdapter.ts';
import type { NMFModel } from '../../model/NMFModel.ts';
import { checkObject } from '../../parameters/checks.ts';
import { checkParameters } from '../../parameters/defineParameters.ts';
import type { ScriptUrl } from '../../parameters/ScriptUrl.ts';
import { resolveAdaptive } from './adaptation.ts';
import { checkedModel } from './checkedModel.ts';
import type { NMFSeparatorOptions } from './optionTypes.ts';
import { type Activation, NODE_PARAMETERS } from './parameters.ts';

/** Options with every default filled in. */
export interface Settings {
  readonly components: number;
  readonly channelCount: number;
  readonly channelInterpretation: ChannelInterpretation;
  readonly layout: LiveLayout;
  /** Hz */
  readonly sampleRate: number;
  readonly divergence: Divergence;
  readonly activation: Activation;
  /** Samples of a render quantum of the context. */
  readonly quantumSize: number;
  /** Samples from input to output. */
  readonly latency: number;
  /** Whether there is time for shifted copies: on the audio thread of a live context for named ones, but not for Euclidean. */
  readonly affordsPitchShifts: boolean;
  readonly historyFrames: number;
  /** `'model'` is that of the model in force. */
  readonly maskExponent: number | 'model';
  readonly model: NMFModel | null;
  /** How the model follows what is heard; null: not at all. */
  readonly adaptation: AdaptationOptions | null;
  readonly workletUrl: ScriptUrl | undefined;
  readonly workerUrl: ScriptUrl | undefined;
}

/** What of a context decides how it is separated. */
export interface Rendering {
  /** Hz */
  readonly sampleRate: number;
  /** Whether it plays in real time. */
  readonly live: boolean;
  /** Samples of a render quantum. */
  readonly quantumSize: number;
  /** Samples rendered in a row, for the buffer of the device. */
  readonly burst: number;
}

/** That of a clip, which is filtered without a context. */
export function offlineRendering(sampleRate: number): Rendering {
  return { sampleRate, live: false, quantumSize: BLOCK, burst: BLOCK };
}

/**
 * Checks options before anything is made of them.
 *
 * @throws {TypeError | RangeError} naming the option, the value given and what is allowed
 */
export function resolveOptions(options: NMFSeparatorOptions, rendering: Rendering): Settings {
  checkObject('options', options);
  const table = NODE_PARAMETERS;
  checkParameters(table, options);
  const { latencyHint = table.latencyHint.standard, components = table.components.standard } = options;
  const { sampleRate, live, quantumSize } = rendering;
  const activation = live ? (options.activation ?? defaultActivation(latencyHint, rendering)) : 'worklet';
  const { divergence = table.divergence.standard } = options;
  const layout = resolveLayout(options, latencyHint, activation === 'worker' ? WORKER_ALLOWANCE : 0);
  const { historySeconds = table.historySeconds.standard } = options;
  return {
    components,
    channelCount: options.channelCount ?? table.channelCount.standard,
    channelInterpretation: options.channelInterpretation ?? table.channelInterpretation.standard,
    layout,
    sampleRate,
    divergence,
    activation,
    quantumSize,
    latency: latencyOf(layout) + quantumDelay(quantumSize),
    affordsPitchShifts: !live || activation === 'worker' || divergence !== 'euclidean',
    historyFrames: Math.ceil((historySeconds * sampleRate) / layout.hopSize),
    maskExponent: options.maskExponent ?? table.maskExponent.standard,
    model: options.model === undefined ? null : checkedModel(options.model, { ...layout, components, sampleRate }),
    adaptation: resolveAdaptive(options.adaptive),
    workletUrl: options.workletUrl,
    workerUrl: options.workerUrl,
  };
}

/** A worker could not answer in time where more is rendered in a row than frames wait for their activations. */
function defaultActivation(latencyHint: LatencyHint, { burst }: Rendering): Activation {
  return latencyHint === 'playback' && burst <= WORKER_ALLOWANCE ? 'worker' : 'worklet';
}

/** Which hop sizes there are depends on the mode and on fftSize. */
function resolveLayout(options: NMFSeparatorOptions, latencyHint: LatencyHint, allowance: number): LiveLayout {
  const { fftSize = NODE_PARAMETERS.fftSize.standard, window = NODE_PARAMETERS.window.standard } = options;
  const allowed = hopSizesOf(latencyHint, fftSize);
  const { hopSize = allowed[0] } = options;
  if (!allowed.includes(hopSize)) {
    const choices = [...allowed].sort((a, b) => a - b).join(', ');
    throw new RangeError(
      `hopSize: ${hopSize} given; with fftSize ${fftSize} and latencyHint '${latencyHint}' it must be one of ${choices}.`,
    );
  }
  return { fftSize, hopSize, window: windowOf(latencyHint, fftSize, window), allowance };
}
