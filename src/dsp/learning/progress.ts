import type { LearnRequest } from './LearnRequest.ts';
import { POOL_ITERATIONS, POOL_STARTS } from './timbre/poolSize.ts';

/** How far learning has come. */
export interface Progress {
  /** From 1 on. */
  iteration: number;
  /** At most. */
  iterations: number;
  /** The start under way, from 1 on. */
  restart: number;
  /**
   * Starts in all. Blind learning that may look for sources counts their starts too; where it finds that there is no need
   * of them, it ends sooner.
   */
  restarts: number;
  /** Of the start under way, in the divergence chosen. */
  loss: number;
}

/** Told how far learning has come. */
export type OnProgress = (progress: Progress) => void;

/** Passes on what is not behind what was told before: messages of several threads may overtake each other. */
export function risingProgress(onProgress: OnProgress): OnProgress {
  let last = 0;
  return (progress) => {
    const fraction = fractionOf(progress);
    if (fraction < last) return;
    last = fraction;
    onProgress(progress);
  };
}

/** Of the whole, from 0 to 1. */
export function fractionOf({ iteration, iterations, restart, restarts }: Progress): number {
  return (restart - 1 + iteration / iterations) / restarts;
}

/** For taught components those of all clips. Where sources may be looked for, those of the pool too, and one for each source. */
export function startsInAll({ restarts, supervised, clips, clustering, components, hold }: LearnRequest): number {
  if (supervised) return restarts * clips.filter((clip) => clip !== null).length;
  return clustering === 'none' ? restarts : restarts + POOL_STARTS + components - hold.length;
}

/** @param done iterations of all starts of the pool together, from 1 on, in whatever order they came */
export function poolProgress(request: LearnRequest, done: number, loss: number): Progress {
  const start = Math.floor((done - 1) / POOL_ITERATIONS);
  return {
    iteration: done - start * POOL_ITERATIONS,
    iterations: POOL_ITERATIONS,
    restart: request.restarts + start + 1,
    restarts: startsInAll(request),
    loss,
  };
}
