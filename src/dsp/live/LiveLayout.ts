import { RENDER_QUANTUM } from '../../kernels/constants.ts';
import type { StftLayout } from '../transform/StftLayout.ts';
import { supportOf } from '../transform/window.ts';

/** Samples the audio thread renders at a time. */
export const QUANTUM = RENDER_QUANTUM;

/**
 * How long a frame waits for the activations from the worker. Bursts of up to 11 quanta between worklet and worker
 * were measured in Firefox, 4 in Chromium, 1 in WebKit.
 */
export const WORKER_ALLOWANCE = 12 * QUANTUM;

/** How the live path cuts sound into frames, and how long these wait for their activations. */
export interface LiveLayout extends StftLayout {
  /** Samples a frame waits for its activations. */
  readonly allowance: number;
}

/** Samples from input to output: a frame that ends with a quantum completes its oldest samples in that same quantum. */
export function latencyOf(layout: LiveLayout): number {
  return supportOf(layout) - QUANTUM + layout.allowance;
}
