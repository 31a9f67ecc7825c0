import { version } from '../../package.json';
import type { AdaptationOptions } from '../dsp/live/Adaptation.ts';
import type { DictionaryData } from '../dsp/live/DictionaryData.ts';
import type { LiveLayout } from '../dsp/live/LiveLayout.ts';
import type { LinkEnd } from '../transport/link.ts';

/** The name the processor is registered under: a page may load copies of several versions into one context. */
export const PROCESSOR_NAME = `nmf-separator-node@${version}`;
/** The name of the processor's one AudioParam. */
export const MASK_EXPONENT_PARAM = 'maskExponent';

/** Main thread → processor, when the node is made. */
export interface ProcessorSetup {
  readonly layout: LiveLayout;
  readonly components: number;
  readonly channels: number;
  readonly activation: 'worker' | 'worklet';
  /** Samples of a render quantum of the context. */
  readonly quantumSize: number;
  /** Frames of the rolling spectrogram. */
  readonly historyFrames: number;
  /** The memory of the frame store where the page is cross-origin isolated. */
  readonly shared: SharedArrayBuffer | null;
  /** Samples that an offline context renders; null for a live one. */
  readonly length: number | null;
}

/** Main thread → processor. Everything with an `id` is acknowledged once it is in force. */
export type ProcessorCommand =
  | { readonly type: 'link'; readonly id: number; readonly end: WorkletEnd }
  /** Whether somebody wants to know of onsets. Offline they are told anyway: it could come too late. */
  | { readonly type: 'watchOnsets'; readonly id: number; readonly watched: boolean }
  /** From now on the templates follow what is heard, or no longer: offline, where the worklet itself has time for it. */
  | { readonly type: 'adapt'; readonly id: number; readonly adaptation: AdaptationOptions | null }
  | { readonly type: 'dispose'; readonly id: number };

/** What the worklet has of the connection to its worker. */
export interface WorkletEnd {
  /** Where frames go. */
  readonly frames: LinkEnd;
  /** Where models come from, as `ModelMessage`. */
  readonly models: MessagePort;
}

/**
 * Worker → processor: from now on frames are activated and masked with this dictionary, or shared equally where there is
 * none. The processor acknowledges it to the main thread.
 */
export interface ModelMessage {
  /** null for a model that has followed what is heard: nobody waits for it. */
  readonly id: number | null;
  /** Frames are marked with it, so that the worker activates each with the right dictionary. */
  readonly version: number;
  readonly dictionary: DictionaryData | null;
}

/** The thread that adapts → main thread: the templates in force, which have followed what is heard. */
export interface AdaptedMessage {
  readonly type: 'adapted';
  /** Of the model that they come from. */
  readonly version: number;
  /** templates × bins, row-major, without shifted copies. */
  readonly templates: Float32Array;
}

/** Processor → main thread. */
export type ProcessorMessage =
  | { readonly type: 'acknowledged'; readonly id: number }
  | { readonly type: 'report'; readonly report: Float64Array }
  | AdaptedMessage
  | { readonly type: 'onset'; readonly time: number; readonly component: number; readonly strength: number }
  /** An offline context has rendered its last quantum: nothing follows. */
  | { readonly type: 'rendered' };
