import type { Spectrogram } from '../dsp/learning/clips.ts';
import type { LearnRequest } from '../dsp/learning/LearnRequest.ts';
import type { LearnReply } from '../dsp/learning/learnModel.ts';
import type { Factors } from '../dsp/learning/solvers/Learner.ts';
import type { Suggestion } from '../dsp/learning/suggest.ts';
import type { PoolTask } from '../dsp/learning/timbre/templatePool.ts';
import type { AdaptationOptions } from '../dsp/live/Adaptation.ts';
import type { FilteredBlock } from '../dsp/live/ClipFilter.ts';
import type { DictionaryData } from '../dsp/live/DictionaryData.ts';
import type { LiveLayout } from '../dsp/live/LiveLayout.ts';
import type { LinkEnd } from '../transport/link.ts';

/**
 * What a worker does, over Comlink. Nodes share live workers, in which each has a number of its own. A node has another
 * worker for as long as it learns, so that learning never delays a frame and can be ended at any moment.
 */
export interface WorkerApi {
  /**
   * The first call: that it resolves is the first sign that the script was allowed and has loaded. Resolves to whether the
   * worker holds the lock of that name now, which it does until its end; false where there are no locks.
   */
  holdLock(name: string): Promise<boolean>;
  /** A sign of life. */
  ping(): void;

  /** Serves another node from now on. @param node its number in the calls that follow */
  startLive(node: number, setup: LiveSetup): void;
  /** No longer serves that node. */
  endLive(node: number): void;
  /** Resolves once the model is on its way to the worklet; frames are activated meanwhile. */
  setModel(node: number, model: LiveModel): Promise<void>;
  /** From now on the templates follow what is heard; null: no longer. */
  adapt(node: number, adaptation: AdaptationOptions | null): void;
  /** Whether every frame goes to the main thread too. */
  streamFrames(node: number, streaming: boolean): void;
  /** A copy of the rolling spectrogram, or of its last `seconds`. */
  spectrogram(node: number, seconds?: number): Spectrogram;

  /** The next `seconds` of sound, silence left out. */
  listen(node: number, id: number, seconds: number): Promise<Spectrogram>;
  /** Nobody waits any more for what was to be heard. */
  stopListening(node: number, id: number): void;

  /**
   * Learns what a request asks for, or as far as a pool of templates is needed: then it waits for that.
   *
   * @param progress where a `Progress` goes now and then
   */
  learn(request: LearnRequest, progress: MessagePort): LearnStep;
  /** Goes on with all starts of the pool. */
  resumeLearning(starts: readonly Factors[]): LearnStep;
  /**
   * Learns some starts of a pool.
   *
   * @param progress where a `PoolProgress` goes now and then
   */
  learnStarts(task: PoolTask, starts: readonly number[], progress: MessagePort): Factors[];
  /** How many components a clip has, of at most as many as are requested. */
  suggest(request: LearnRequest): Suggestion;
  startFilter(setup: FilterSetup): void;
  /** What comes out for the next block of the clip, in the arrays that came with it, and these back. */
  filter(block: FilterBlock): FilteredBlock & Pick<FilterBlock, 'input'>;
}

/** The end of learning, or a pool that is needed before it goes on: one of them. */
export interface LearnStep {
  readonly reply: LearnReply | null;
  readonly pool: PoolTask | null;
}

/** How far a worker has come with its starts of a pool. */
export interface PoolProgress {
  /** Iterations of all its starts together. */
  readonly done: number;
  /** Of the start under way. */
  readonly loss: number;
}

/** What a live worker needs of a node. */
export interface LiveSetup {
  readonly layout: LiveLayout;
  /** Hz */
  readonly sampleRate: number;
  readonly historyFrames: number;
  /** Of the sound. */
  readonly channels: number;
  /** Whether the worker activates the frames, or keeps them and names the shifted copies that sound. */
  readonly activates: boolean;
  /** Where frames come from. */
  readonly frames: LinkEnd;
  /** Where models go: to the worklet, as `ModelMessage`. */
  readonly models: MessagePort;
  /** To the main thread: frames that someone watches, as `FrameMessage`, and new templates, as `AdaptedMessage`. */
  readonly watched: MessagePort;
}

/** A model to put into force. */
export interface LiveModel {
  /** With which the processor acknowledges it; null where the processor has it already, from a worker that has died. */
  readonly id: number | null;
  readonly version: number;
  readonly dictionary: DictionaryData | null;
  /** Semitones each way that the templates are to be shifted. */
  readonly pitchShifts: number;
}

/** Live worker → main thread: a frame of the input, while someone watches. */
export interface FrameMessage {
  readonly type: 'frame';
  readonly time: number;
  readonly magnitudes: Float32Array;
}

/** What a worker needs to filter a clip, before the first block. */
export interface FilterSetup {
  readonly layout: LiveLayout;
  readonly components: number;
  readonly channels: number;
  readonly dictionary: DictionaryData;
  /** Semitones each way. */
  readonly pitchShifts: number;
  readonly maskExponent: number;
  /** Whether, and how, the templates follow the clip. */
  readonly adaptation: AdaptationOptions | null;
  /** Hz */
  readonly sampleRate: number;
}

/** Samples to filter, and arrays for what comes out: a block's arrays travel on with the next block. */
export interface FilterBlock {
  /** One array a channel. */
  readonly input: readonly Float32Array<ArrayBuffer>[];
  /** Components × channels. */
  readonly output: Float32Array<ArrayBuffer>[][];
}
