import type { Observable } from 'rxjs';
import type { NMFModel, NMFModelJSON } from '../model.ts';
import type { Progress, Spectrogram } from '../protocol.ts';
import { type CompositeBase, compositeOf, isSeparatorNode } from './composite.ts';
import { type AnyAudioContext, checkContext, isLive, rawContextOf } from './contextFamily.ts';
import type { LearnOptions, LearnSource } from './learning.ts';
import type { LearnResult } from './learnJob.ts';
import { type NMFSeparatorOptions, resolveOptions } from './options.ts';
import type { SeparatorState, Statistics } from './Streams.ts';
import { loadWorklet } from './scripts.ts';

/**
 * An audio node with one input and K outputs: the components of its input, learned by nonnegative matrix factorisation
 * and separated live. It is also a node of its context's own family, so it connects like any other.
 */
export interface NMFSeparatorNode extends AudioNode {
  /** Resolves when the processor is running and has the model given in the options; rejects with the cause when it cannot load. */
  readonly ready: Promise<this>;
  readonly fftSize: number;
  readonly hopSize: number;
  /** The analysis window; `asymmetric-S` in the low-latency modes, with a synthesis support of S samples. */
  readonly window: string;
  readonly activation: 'worker' | 'worklet';
  readonly numberOfInputs: 1;
  /** K */
  readonly numberOfOutputs: number;
  /** Component k as a node of its own, for tools that call `connect` with one argument. */
  readonly components: readonly AudioNode[];
  /** Exponent p of the mask; used once a quantum, clamped to 0.5…8. */
  readonly maskExponent: AudioParam;
  /** Seconds from input to output; exact to the sample, constant for the node's life. */
  readonly latency: number;
  readonly model: NMFModel | null;
  /** Newest activations, one value a component, updated in place: poll it from a draw loop. */
  readonly activations: Float32Array;
  readonly statistics: Statistics;
  readonly state: SeparatorState;
  /** Replays the current value. */
  readonly state$: Observable<SeparatorState>;
  /** Replays the current value. */
  readonly model$: Observable<NMFModel | null>;
  readonly progress$: Observable<Progress>;
  /** `time` is the context time in seconds at which the middle of the frame is heard; `values` has K values. */
  readonly activations$: Observable<{ time: number; values: Float32Array }>;
  /** `magnitudes` has fftSize/2 + 1 values. Frames are sent only while someone is subscribed. */
  readonly spectrogram$: Observable<{ time: number; magnitudes: Float32Array }>;
  readonly error$: Observable<Error>;

  /**
   * Learns a dictionary and puts it into force. Calls queue in order; the sound goes on meanwhile, and a failure changes
   * nothing.
   *
   * @param source nothing: the rolling spectrogram. One clip: blind, K components from a mixture. An array of K clips:
   * supervised, clip k teaches component k (null leaves it as it is).
   * @throws {TypeError | RangeError} (as a rejection) for wrong options and for clips that cannot be learned from
   * @throws {InvalidStateError} (as a rejection) for null clips or `hold` without a model, and after `dispose`
   * @throws {AbortError} (as a rejection) when `options.signal` aborts
   */
  learn(source?: LearnSource, options?: LearnOptions): Promise<LearnResult>;
  /** Swaps the model without a click; one that does not fit rejects and changes nothing. */
  setModel(model: NMFModel | NMFModelJSON | null): Promise<void>;
  /** A copy of the rolling spectrogram. */
  spectrogram(): Promise<Spectrogram>;
  /** Idempotent: worker ended, worklet stopped, streams completed. */
  dispose(): void;
}

interface NMFSeparatorNodeConstructor {
  /**
   * Synchronous; loading starts at once, and the outputs are silent until `ready`.
   *
   * @throws {TypeError | RangeError} for wrong options, before anything is made
   */
  new (context: AnyAudioContext, options?: NMFSeparatorOptions): NMFSeparatorNode;
  readonly prototype: NMFSeparatorNode;
  /** Loads the worklet's code into a context beforehand; may be called any number of times. */
  register(context: AnyAudioContext, options?: { workletUrl?: string | URL }): Promise<void>;
}

/** @internal Returns a composite built on the GainNode of the context's family. */
class SeparatorNodeFactory {
  constructor(context: AnyAudioContext, options: NMFSeparatorOptions = {}) {
    checkContext(context);
    const settings = resolveOptions(options, context.sampleRate, isLive(context));
    const Base = rawContextOf(context).createGain().constructor as CompositeBase;
    // biome-ignore lint/correctness/noConstructorReturn: the node must be an instance of the family's own class.
    return new (compositeOf(Base))(context, settings) as never;
  }

  static async register(context: AnyAudioContext, { workletUrl }: { workletUrl?: string | URL } = {}): Promise<void> {
    checkContext(context);
    await loadWorklet(context, workletUrl);
  }

  static [Symbol.hasInstance](value: unknown): boolean {
    return isSeparatorNode(value);
  }
}

Object.defineProperty(SeparatorNodeFactory, 'name', { value: 'NMFSeparatorNode' });

export const NMFSeparatorNode = SeparatorNodeFactory as unknown as NMFSeparatorNodeConstructor;
