import { BLOCK } from '../../kernels/constants.ts';
import type { StftLayout } from '../transform/StftLayout.ts';
import { supportOf } from '../transform/window.ts';

export { BLOCK };

/**
 * Samples a frame waits for the activations from the worker. Bursts of up to 11 blocks between worklet and worker were
 * measured in Firefox, 4 in Chromium, 1 in WebKit.
 */
export const WORKER_ALLOWANCE = 12 * BLOCK;

/** How the live path cuts sound into frames, and how long these wait for their activations. */
export interface LiveLayout extends StftLayout {
  /** Samples a frame waits for its activations. */
  readonly allowance: number;
}

/** Samples from input to output: a frame that ends with a block completes its oldest samples in that same block. */
export function latencyOf(layout: LiveLayout): number {
  return supportOf(layout) - BLOCK + layout.allowance;
}
