// Written by `npm run parameters` from parameters.ts and descriptions.ts: change those.
import type { Divergence } from '../../dsp/divergence.ts';
import type { BlindLearningOptions, SupervisedLearningOptions } from '../../dsp/learning/LearningOptions.ts';
import type { LatencyHint } from '../../dsp/live/latencyModes.ts';
import type { NMFModel } from '../../model/NMFModel.ts';
import type { NMFModelJSON } from '../../model/NMFModelJSON.ts';
import type { ScriptUrl } from '../../parameters/ScriptUrl.ts';
import type { Activation } from './parameters.ts';

/** How a node separates; every option has a default. */
export interface NMFSeparatorOptions {
  /** K, the streams out: 1…32. Default: 3. */
  components?: number | undefined;
  /** Channels that the input is mixed up or down to, and that every component has: 1…32. Default: 2. */
  channelCount?: number | undefined;
  /** Fixed, as for any worklet with several outputs. Default: `'explicit'`. */
  channelCountMode?: 'explicit' | undefined;
  /** How the input is mixed to them. Default: `'speakers'`. */
  channelInterpretation?: 'speakers' | 'discrete' | undefined;
  /** How much delay the separation may cost. Default: `'playback'`. */
  latencyHint?: LatencyHint | undefined;
  /** Length of a frame: a power of two, 256…16384 samples. Default: 2048. */
  fftSize?: number | undefined;
  /**
   * From one frame to the next: a power of two, 128…8192 samples; at most half of `fftSize`, and one of two sizes in
   * the low-latency modes. Default: by `latencyHint`.
   */
  hopSize?: number | undefined;
  /** Analysis window for `'playback'`; the other modes bring their own. Default: `'hann'`. */
  window?: 'hann' | 'blackman-harris' | undefined;
  /** What learning minimises; `'euclidean'` is the lecture's formulation 1. Default: `'kullback-leibler'`. */
  divergence?: Divergence | undefined;
  /**
   * Where H is updated live; offline always `'worklet'`. Default: `'worker'` for `'playback'`, `'worklet'` for the
   * other modes and where the context renders much in a row.
   */
  activation?: Activation | undefined;
  /** Length of the rolling spectrogram: 1…120 seconds. Default: 10. */
  historySeconds?: number | undefined;
  /**
   * Initial value of the AudioParam: 0.5…8; 2 is a Wiener filter, 1 the ratio filter; `'model'` is what the model in
   * force was learned for, and 2 without one, until the AudioParam is set or automated. Default: `'model'`.
   */
  maskExponent?: 'model' | number | undefined;
  /** A learned model, used from the first sample on; one of another shape is converted. */
  model?: NMFModel | NMFModelJSON | undefined;
  /** Whether the templates follow what is heard, and how; see `adapt`. Default: `false`. */
  adaptive?: boolean | AdaptOptions | undefined;
  /**
   * Where `nmf-separator-node/worklet.js` is served, for a strict Content-Security-Policy. Default: the embedded code.
   */
  workletUrl?: ScriptUrl | undefined;
  /**
   * Where `nmf-separator-node/worker.js` is served, for a strict Content-Security-Policy. Default: the embedded code.
   */
  workerUrl?: ScriptUrl | undefined;
}

/** How to learn: what both kinds of learning take, what blind learning takes, and what supervised learning takes. */
export interface LearnOptions extends BlindLearningOptions, SupervisedLearningOptions {
  /** Seconds of the rolling spectrogram to learn from, the last ones: 1…120. Default: all of it. */
  seconds?: number | undefined;
  /** Ends learning; nothing has changed then. */
  signal?: AbortSignal | undefined;
}

/** How to listen. */
export interface ListenOptions {
  /** Ends listening. */
  signal?: AbortSignal | undefined;
}

/** How templates follow what is heard. */
export interface AdaptOptions {
  /** How soon what was heard is forgotten: 1…60 seconds; by then it counts a third. Default: 6. */
  memorySeconds?: number | undefined;
  /** How much the model in force counts against what is heard: 0…1; at 1 nothing changes. Default: 0.5. */
  trust?: number | undefined;
}

/** Options of the node and of learning; `maskExponent` is fixed for the clip. */
export interface SeparateOptions extends NMFSeparatorOptions, LearnOptions {
  /** Told how much is done, from 0 to 1. */
  onProgress?: ((fraction: number) => void) | undefined;
}

/** How long a component is to sound, and how exactly. */
export interface SonifyOptions {
  /** How long the component is to sound: 0.01…60 seconds. Default: 2. */
  seconds?: number | undefined;
  /** Iterations of Griffin-Lim: 0…10000. Default: 32. */
  iterations?: number | undefined;
  /** Of the phases it starts from: an integer. Default: 0. */
  seed?: number | undefined;
}

/** How far to look. */
export interface SuggestOptions {
  /** The sampling rate to work at: 3000…768000 Hz. Default: the clip's, or 44100 for samples without a rate. */
  sampleRate?: number | undefined;
  /** Largest number of components to try: 1…32. Default: 8. */
  max?: number | undefined;
  /** What learning minimises. Default: `'kullback-leibler'`. */
  divergence?: Divergence | undefined;
  /** Of the random numbers: an integer; the same seed and clip give the same bits. Default: 0. */
  seed?: number | undefined;
  /** Ends the work. */
  signal?: AbortSignal | undefined;
  /**
   * Where `nmf-separator-node/worker.js` is served, for a strict Content-Security-Policy. Default: the embedded code.
   */
  workerUrl?: ScriptUrl | undefined;
}
