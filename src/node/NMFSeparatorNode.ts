import type { Observable } from 'rxjs';
import type { Spectrogram } from '../dsp/learning/clips.ts';
import type { Progress } from '../dsp/learning/progress.ts';
import type { NMFModel } from '../model/NMFModel.ts';
import type { NMFModelJSON } from '../model/NMFModelJSON.ts';
import type { ScriptUrl } from '../parameters/ScriptUrl.ts';
import type { LearnSource } from './clips/plainClip.ts';
import type { ToneDestination } from './composite/destination.ts';
import type { Handler } from './composite/EventHandlers.ts';
import { SeparatorNode } from './composite/SeparatorNode.ts';
import type { AnyAudioContext } from './context/contextFamily.ts';
import type { AdaptOptions, LearnOptions, ListenOptions, NMFSeparatorOptions } from './options/optionTypes.ts';
import type { ActivationFrame, Onset, SeparatorState, SpectrogramFrame, Statistics } from './Streams.ts';
import type { LearnResult } from './worker/learnJob.ts';

/** A node that can be connected to what Tone.js makes, too. */
export interface ConnectableNode extends AudioNode {
  /**
   * Connects an output, the first by default.
   *
   * @returns the destination; nothing for an AudioParam
   * @throws {IndexSizeError} where there is no such output or input
   * @throws {InvalidAccessError} for a destination of another context
   * @throws {TypeError} for what takes no input
   * @throws {InvalidStateError} after `dispose`
   */
  connect(destination: AudioNode, output?: number, input?: number): AudioNode;
  connect(destination: AudioParam, output?: number): void;
  connect<Destination extends ToneDestination>(destination: Destination, output?: number, input?: number): Destination;
  /** Takes connections away, as `AudioNode.disconnect` does; nothing after `dispose`. */
  disconnect(): void;
  disconnect(output: number): void;
  disconnect(destination: AudioNode | AudioParam | ToneDestination, output?: number, input?: number): void;
}

/** A component as a node of its own: a GainNode. */
export interface ComponentNode extends ConnectableNode {
  /** The fader of this component: 1 until you turn it. */
  readonly gain: AudioParam;
}

/**
 * An audio node with one input and K outputs: the components of its input, learned by nonnegative matrix factorisation
 * and separated live. It is also a node of its context's own family, so it connects like any other.
 */
export interface NMFSeparatorNode extends ConnectableNode {
  /** Resolves when the processor is running and has the model given in the options; rejects with the cause when it cannot load. */
  readonly ready: Promise<this>;
  /** Samples of a frame. */
  readonly fftSize: number;
  /** Samples from one frame to the next. */
  readonly hopSize: number;
  /** The analysis window; `asymmetric-S` in the low-latency modes, with a synthesis support of S samples. */
  readonly window: string;
  /** Where frames are activated: always in the worklet where the context renders offline. */
  readonly activation: 'worker' | 'worklet';
  readonly numberOfInputs: 1;
  /** K, one output a component. */
  readonly numberOfOutputs: number;
  /** Component k as a node of its own: a GainNode, for tools that call `connect` with one argument. */
  readonly components: readonly ComponentNode[];
  /** The input, delayed by exactly `latency`: what the components add up to, whatever their faders. */
  readonly dry: ConnectableNode;
  /** Exponent p of the mask; used once a quantum, clamped to 0.5…8. */
  readonly maskExponent: AudioParam;
  /** Seconds from input to output; exact to the sample, constant for the node's life. */
  readonly latency: number;
  /** The model in force; null before the first. */
  readonly model: NMFModel | null;
  /** Whether the templates follow what is heard: see `adapt`. */
  readonly adapting: boolean;
  /** Newest activations, one value a component, updated in place: poll it from a draw loop. */
  readonly activations: Float32Array;
  /** The same moment as levels from 0 to 1, comparable between components, models and sounds; updated in place. */
  readonly levels: Float32Array;
  /** Frames heard, frames that came late, the load and more: a copy, as newest reported. */
  readonly statistics: Statistics;
  /** What the node is doing now: `'loading'`, `'ready'`, `'learning'`, `'failed'` or `'disposed'`. */
  readonly state: SeparatorState;
  /** The state now, and after every change. */
  readonly state$: Observable<SeparatorState>;
  /** The model in force now, and after every change. */
  readonly model$: Observable<NMFModel | null>;
  /** How far `learn` is, about ten times a second. */
  readonly progress$: Observable<Progress>;
  /** The activations and levels of every frame, once a hop. */
  readonly activations$: Observable<ActivationFrame>;
  /**
   * A component starts to sound, told once an onset, as soon as it is known: in `'playback'` before `time`, in the other modes
   * a few milliseconds after it. The onsets of a component are at least 50 ms apart. Only while someone is subscribed does it
   * cost anything. Found by the rise of a stream's level, as in Bello et al., "A tutorial on onset detection in music signals"
   * (IEEE TSAP 2005), section III.
   */
  readonly onsets$: Observable<Onset>;
  /** The magnitudes of every frame, once a hop; they are sent only while someone is subscribed. */
  readonly spectrogram$: Observable<SpectrogramFrame>;
  /** What went wrong without a call that could tell it: loading, the processor, the worker. */
  readonly error$: Observable<Error>;

  /**
   * Learns a dictionary and puts it into force. Calls queue in order; the sound goes on meanwhile, and a failure changes
   * nothing. Blind: nonnegative matrix factorisation with multiplicative updates (Lee and Seung, "Algorithms for
   * non-negative matrix factorization", NIPS 2000), or a faster solver for the same loss. Held components: Smaragdis, Raj
   * and Shashanka, "Supervised and semi-supervised separation of sounds from single-channel mixtures", ICA 2007.
   *
   * @param source nothing: the rolling spectrogram. One clip: blind, K components from a mixture. An array of K clips:
   * supervised, clip k teaches component k (null leaves it as it is).
   * @throws {TypeError | RangeError} (as a rejection) for wrong options and for clips that cannot be learned from
   * @throws {InvalidStateError} (as a rejection) for null clips or `hold` without a model, and after `dispose`
   * @throws {AbortError} (as a rejection) when `options.signal` aborts
   */
  learn(source?: LearnSource, options?: LearnOptions | null): Promise<LearnResult>;
  /**
   * Swaps the model without a click; null puts none into force, and every component is the input divided by K. A model of
   * another sampling rate, frame size or window is converted, and `model` is what it was converted to.
   *
   * @throws {TypeError | RangeError} (as a rejection) for a model that does not fit this node, saying why; nothing changes
   * @throws {InvalidStateError} (as a rejection) after `dispose`, and when the context closes
   */
  setModel(model: NMFModel | NMFModelJSON | null): Promise<void>;
  /**
   * A copy of the rolling spectrogram.
   *
   * @throws {InvalidStateError} (as a rejection) after `dispose`, and when the context closes
   */
  spectrogram(): Promise<Spectrogram>;
  /**
   * The next so many seconds of sound, as a clip to learn from: silence, softer than −80 dBFS, does not count and is left
   * out. With an end of the sound, or of the context's time, it waits for more.
   *
   * @param seconds 0.1…120
   * @throws {TypeError | RangeError} (as a rejection) for wrong arguments
   * @throws {AbortError} (as a rejection) when `options.signal` aborts
   * @throws {InvalidStateError} (as a rejection) after `dispose`, and when the context closes
   */
  listen(seconds: number, options?: ListenOptions): Promise<Spectrogram>;
  /**
   * From now on the templates follow what is heard, held near the model in force; `false`: they stay as they are now. The
   * components keep their names and their order. `model$` tells every new model, at most twice a second of sound. A model
   * from `learn` or `setModel` is followed in its turn. Shifted copies stay as they were taught.
   *
   * Incremental NMF, after Lefèvre, Bach and Févotte (WASPAA 2011), with the model as a prior.
   *
   * @throws {TypeError | RangeError} (as a rejection) for wrong options
   * @throws {InvalidStateError} (as a rejection) after `dispose`, and when the context closes
   */
  adapt(options?: AdaptOptions | false): Promise<void>;
  /** Called after every change of `state`, as listeners of `statechange` are. */
  onstatechange: Handler;
  /** Called when the processor has thrown, as listeners of `processorerror` are. */
  onprocessorerror: Handler;
  /** Ends worker and worklet, and completes the streams; may be called again. */
  dispose(): void;
}

/** The class, as it stands in JavaScript. */
export interface NMFSeparatorNodeConstructor {
  /**
   * Synchronous; loading starts at once, and the outputs are silent until `ready`.
   *
   * @throws {TypeError | RangeError} for wrong options, before anything is made
   */
  new (context: AnyAudioContext, options?: NMFSeparatorOptions | null): NMFSeparatorNode;
  /** Nodes of every family have what it has. */
  readonly prototype: NMFSeparatorNode;
  /**
   * Loads the worklet's code into a context beforehand; may be called any number of times.
   *
   * @throws {TypeError} (as a rejection) for what is no context
   * @throws {Error} (as a rejection) where the code may not be loaded, naming the directive that forbids it
   */
  register(context: AnyAudioContext, options?: { workletUrl?: ScriptUrl | undefined } | null): Promise<void>;
}

Object.defineProperty(SeparatorNode, 'name', { value: 'NMFSeparatorNode' });

/** Makes separator nodes; `instanceof` holds for those of every family. */
export const NMFSeparatorNode = SeparatorNode as unknown as NMFSeparatorNodeConstructor;
