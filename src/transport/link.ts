/**
 * One end of what frames travel over between worklet and worker: the shared memory itself where the page is cross-origin
 * isolated, otherwise a message port. Frames go straight from one to the other; the main thread only hands out the ends.
 */
export type LinkEnd = SharedArrayBuffer | MessagePort;

export function isPort(end: LinkEnd): end is MessagePort {
  return 'postMessage' in end;
}

/** The worklet's side. Audio thread; never waits, locks or throws. */
export interface FrameSender {
  /** Sends what the store has that was not sent yet. Allocates nothing but the one message that a port needs. */
  send(): void;
  close(): void;
}

/** The worker's side. Hands out frames as they come, until it is closed. */
export interface FrameReceiver {
  close(): void;
}

/** What the worker does with what arrives. */
export interface FrameHandler {
  /**
   * A frame is in the store, and its sender may still wait for its activations.
   *
   * @returns how many activations were written to the store as its answer
   */
  onFrame(sequence: number): number;
}

/** Older frames than this are not waited for any more: more than the frames of the longest allowance. */
export const FRESH_FRAMES = 14;
