import { version } from '../../package.json';
import type { Divergence } from '../dsp/divergence.ts';
import type { DictionaryData } from '../dsp/live/Dictionary.ts';
import type { FrameShape } from '../dsp/live/frameShape.ts';
import type { LinkEnd } from '../transport/link.ts';

/** The name the processor is registered under: a page may load copies of several versions into one context. */
export const PROCESSOR_NAME = `nmf-separator-node@${version}`;
/** The processor's one AudioParam. */
export const MASK_EXPONENT = 'maskExponent';
export const MASK_EXPONENT_RANGE = { minimum: 0.5, maximum: 8, standard: 2 } as const;

/** Main thread → processor, when the node is made. */
export interface ProcessorSetup {
  readonly shape: FrameShape;
  readonly components: number;
  readonly channels: number;
  readonly activation: 'worker' | 'worklet';
  /** Frames of the rolling spectrogram. */
  readonly historyFrames: number;
  /** The memory of the frame store where the page is cross-origin isolated. */
  readonly shared: SharedArrayBuffer | null;
  /** Whether the context plays in real time. */
  readonly live: boolean;
}

/** Main thread → processor. Everything with an `id` is acknowledged once it is in force. */
export type ProcessorCommand =
  | {
      readonly type: 'model';
      readonly id: number;
      readonly version: number;
      readonly dictionary: DictionaryData | null;
    }
  | { readonly type: 'link'; readonly id: number; readonly end: LinkEnd | null }
  | { readonly type: 'dispose'; readonly id: number };

/** Processor → main thread. */
export type ProcessorMessage =
  | { readonly type: 'acknowledged'; readonly id: number }
  | { readonly type: 'report'; readonly report: Float64Array };

/**
 * What the processor tells about every masked frame, in one array so that it can ride with a frame:
 * the fields below by index, then the K activations.
 */
export const REPORT = {
  /** Context time in seconds at which the middle of the frame's synthesis support is heard. */
  time: 0,
  framesIn: 1,
  framesActivated: 2,
  lateFrames: 3,
  nonFiniteSamples: 4,
  /** Share of the time between two hops that worklet and worker spend. */
  load: 5,
  activations: 6,
} as const;

/** Main thread → live worker, when it is made. */
export interface LiveSetup {
  readonly end: LinkEnd;
  readonly shape: FrameShape;
  readonly sampleRate: number;
  readonly historyFrames: number;
  /** Where reports and spectrogram frames go: to the main thread. */
  readonly port: MessagePort;
}

/** Live worker → main thread, over the port of `LiveSetup`. */
export type LiveMessage =
  | { readonly type: 'report'; readonly report: Float64Array }
  | { readonly type: 'frame'; readonly time: number; readonly magnitudes: Float32Array };

/** A spectrogram as plain data. */
export interface Spectrogram {
  /** frames × bins, row-major */
  magnitudes: Float32Array;
  /** Oldest first. */
  frames: number;
  /** fftSize/2 + 1 */
  bins: number;
  /** Hz */
  sampleRate: number;
  /** Samples of a frame. */
  fftSize: number;
  /** Samples from one frame to the next. */
  hopSize: number;
  /** The analysis window. */
  window: string;
}

/** Sound to learn from as plain data: one array a channel. */
export interface Sound {
  readonly channels: readonly Float32Array[];
  readonly sampleRate: number;
}

/** What the learning worker is asked for. */
export interface LearnRequest {
  /** One clip: blind. Several: supervised, clip k teaches component k. */
  readonly clips: readonly (Sound | Spectrogram | null)[];
  readonly supervised: boolean;
  readonly components: number;
  readonly sampleRate: number;
  readonly fftSize: number;
  readonly hopSize: number;
  readonly window: string;
  readonly divergence: Divergence;
  readonly solver: 'fast' | 'multiplicative';
  readonly templatesPerComponent: number;
  readonly pitchShifts: 'auto' | number;
  readonly iterations: number;
  readonly tolerance: number;
  readonly restarts: number;
  readonly seed: number;
  readonly order: 'match' | 'centroid' | 'none';
  readonly hold: readonly number[];
  /** The dictionary in force, for `null` clips, `hold` and `order: 'match'`. */
  readonly previous: DictionaryData | null;
}

/** What the learning worker gives back. */
export interface LearnReply {
  readonly dictionary: DictionaryData;
  readonly pitchShifts: number;
  /** frames × templates, row-major */
  readonly activations: Float32Array;
  readonly frames: number;
  readonly loss: Float32Array;
  readonly iterations: number;
}

/** What a worker needs to filter a clip, before the first block. */
export interface FilterSetup {
  readonly shape: FrameShape;
  readonly components: number;
  readonly channels: number;
  readonly dictionary: DictionaryData;
  /** Semitones each way. */
  readonly pitchShifts: number;
  readonly maskExponent: number;
}

/** Samples to filter, and arrays for what comes out: a block's arrays travel on with the next block. */
export interface FilterBlock {
  /** One array a channel. */
  readonly input: readonly Float32Array<ArrayBuffer>[];
  /** Components × channels. */
  readonly output: Float32Array<ArrayBuffer>[][];
}

/** What the worker is asked for to suggest a number of components. */
export interface SuggestRequest {
  readonly clip: Sound | Spectrogram;
  /** Largest number of components to try. */
  readonly maximum: number;
  readonly sampleRate: number;
  readonly fftSize: number;
  readonly hopSize: number;
  readonly window: string;
  readonly divergence: Divergence;
  readonly seed: number;
}

/** How far learning has come. */
export interface Progress {
  /** From 1 on. */
  iteration: number;
  /** At most. */
  iterations: number;
  /** The start under way, from 1 on. */
  restart: number;
  /** Starts in all. */
  restarts: number;
  /** Of the start under way, in the divergence chosen. */
  loss: number;
}
