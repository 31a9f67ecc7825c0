/** The name under which the worklet registers its processor */
export const RECORDER_NAME = 'stream-recorder';

/** Channels of every recorded stream. A mono stream has the same samples in both. */
export const CHANNELS = 2;

export interface RecorderSetup {
  readonly streams: number;
  /** Samples of one channel in a full chunk: a multiple of the render quantum */
  readonly chunkLength: number;
  /** How many chunks there are. They go back and forth between worklet and page. */
  readonly chunks: number;
}

/** From the page to the processor */
export type RecorderCommand =
  | { readonly type: 'start' }
  | { readonly type: 'stop' }
  | { readonly type: 'return'; readonly samples: Float32Array };

/** A piece of all streams, one after the other, and of each stream both channels, `chunkLength` samples apart */
export interface RecordedChunk {
  readonly type: 'chunk';
  readonly samples: Float32Array;
  /** Samples since the start. What is missing between two chunks was lost. */
  readonly position: number;
  /** Samples of each channel that are filled */
  readonly length: number;
}

/** From the processor to the page */
export type RecorderMessage = RecordedChunk | { readonly type: 'ended'; readonly position: number };
