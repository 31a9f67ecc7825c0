/**
 * One end of what connects worklet and worker: the shared memory itself where the page is cross-origin isolated,
 * otherwise a message port. Frames go straight from one to the other; the main thread only hands out the ends.
 */
export type LinkEnd = SharedArrayBuffer | MessagePort;

/** The worklet's side. Audio thread; never waits, locks or throws. */
export interface FrameSender {
  /**
   * Sends what the store has that was not sent yet, with the report where this side carries reports.
   * Allocates nothing but the one message that a port needs. Returns whether the report went along.
   */
  send(report: Float64Array | null): boolean;
  /** Whether reports reach the main thread by this way. */
  readonly carriesReports: boolean;
  close(): void;
}

/** What the worker does with what arrives. */
export interface FrameHandler {
  /**
   * A frame is in the store; `fresh` if its sender may still wait for its activations.
   * Returns how many activations were written to the store as its answer.
   */
  frame(sequence: number, fresh: boolean): number;
  report(report: Float64Array): void;
}

/** Older frames than this are not waited for any more: more than the frames of the longest allowance. */
export const FRESH_FRAMES = 14;
