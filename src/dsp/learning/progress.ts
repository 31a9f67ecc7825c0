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

/** Told how far learning has come. */
export type OnProgress = (progress: Progress) => void;
