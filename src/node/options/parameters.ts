import { DEFAULT_DIVERGENCE, DIVERGENCES } from '../../dsp/divergence.ts';
import { LEARNING_PARAMETERS } from '../../dsp/learning/parameters.ts';
import { FFT_SIZES, HISTORY_SECONDS, MAXIMUM_CHANNELS, MAXIMUM_COMPONENTS, SAMPLE_RATES } from '../../dsp/limits.ts';
import { BLOCK } from '../../dsp/live/LiveLayout.ts';
import { LATENCY_HINTS } from '../../dsp/live/latencyModes.ts';
import { MASK_EXPONENT } from '../../dsp/live/maskExponent.ts';
import { DEFAULT_WINDOW } from '../../dsp/transform/StftLayout.ts';
import { show } from '../../parameters/checks.ts';
import {
  abortSignal,
  callback,
  checkKnown,
  checkParameters,
  choice,
  defineParameters,
  integer,
  number,
  numberOr,
  other,
  powerOfTwo,
  url,
} from '../../parameters/defineParameters.ts';

/** Which thread updates H live. */
export type Activation = 'worker' | 'worklet';

const ACTIVATIONS: readonly Activation[] = ['worker', 'worklet'];
const CHANNEL_COUNT_MODES = ['explicit'] as const;
const CHANNEL_INTERPRETATIONS: readonly ChannelInterpretation[] = ['speakers', 'discrete'];
const SYMMETRIC_WINDOWS = ['hann', 'blackman-harris'] as const;

/** The options of `adapt`. */
export const ADAPT_PARAMETERS = defineParameters({
  memorySeconds: number({ minimum: 1, maximum: 60, standard: 6, unit: 'seconds' }),
  trust: number({ minimum: 0, maximum: 1, standard: 0.5 }),
});

function checkAdaptive(name: string, value: unknown): void {
  if (typeof value === 'boolean') return;
  if (typeof value !== 'object' || value === null)
    throw new TypeError(`${name}: ${show(value)} given; it must be true, false, or an object of options.`);
  checkKnown(name, value, ADAPT_PARAMETERS);
  checkParameters(ADAPT_PARAMETERS, value);
}

/** The options of the node. */
export const NODE_PARAMETERS = defineParameters({
  components: integer({ minimum: 1, maximum: MAXIMUM_COMPONENTS, standard: 3 }),
  channelCount: integer({ minimum: 1, maximum: MAXIMUM_CHANNELS, standard: 2 }),
  channelCountMode: choice(CHANNEL_COUNT_MODES, { standard: 'explicit' }),
  channelInterpretation: choice(CHANNEL_INTERPRETATIONS, { standard: 'speakers' }),
  latencyHint: choice(LATENCY_HINTS, { standard: 'playback' }),
  fftSize: powerOfTwo({ ...FFT_SIZES, standard: 2048, unit: 'samples' }),
  hopSize: powerOfTwo({ minimum: BLOCK, maximum: FFT_SIZES.maximum / 2, standard: undefined, unit: 'samples' }),
  window: choice(SYMMETRIC_WINDOWS, { standard: DEFAULT_WINDOW }),
  divergence: choice(DIVERGENCES, { standard: DEFAULT_DIVERGENCE }),
  activation: choice(ACTIVATIONS, { standard: undefined }),
  historySeconds: number({ ...HISTORY_SECONDS, standard: 10, unit: 'seconds' }),
  maskExponent: numberOr('model', { ...MASK_EXPONENT, standard: undefined }),
  model: other('NMFModel | NMFModelJSON'),
  adaptive: other('boolean | AdaptOptions', checkAdaptive),
  workletUrl: url(),
  workerUrl: url(),
});

/** Seconds that `listen` may wait for. */
export const LISTEN_SECONDS = { minimum: 0.1, maximum: HISTORY_SECONDS.maximum } as const;

/** The options of `listen`. */
export const LISTEN_PARAMETERS = defineParameters({ signal: abortSignal() });

/** What the node's `learn` takes beside the options of learning. */
export const LEARN_PARAMETERS = defineParameters({
  seconds: number({ minimum: 1, maximum: HISTORY_SECONDS.maximum, standard: undefined }),
  signal: abortSignal(),
});

/** What `separate` takes beside the options of the node and of `learn`. */
export const SEPARATE_PARAMETERS = defineParameters({ onProgress: callback('(fraction: number) => void') });

/** The options of `sonify`. */
export const SONIFY_PARAMETERS = defineParameters({
  seconds: number({ minimum: 0.01, maximum: 60, standard: 2, unit: 'seconds' }),
  iterations: integer({ minimum: 0, maximum: 10_000, standard: 32 }),
  seed: LEARNING_PARAMETERS.seed,
});

/** The options of `suggestComponents`. */
export const SUGGEST_PARAMETERS = defineParameters({
  sampleRate: number({ ...SAMPLE_RATES, standard: 44_100, unit: 'Hz' }),
  max: integer({ minimum: 1, maximum: MAXIMUM_COMPONENTS, standard: 8 }),
  divergence: choice(DIVERGENCES, { standard: DEFAULT_DIVERGENCE }),
  seed: LEARNING_PARAMETERS.seed,
  signal: abortSignal(),
  workerUrl: url(),
});
