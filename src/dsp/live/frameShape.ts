import type { WindowName } from '../transform/window.ts';

/** Samples the audio thread renders at a time. */
export const QUANTUM = 128;

/**
 * How long a frame waits for the activations from the worker. Bursts of up to 11 quanta between worklet and worker
 * were measured in Firefox, 4 in Chromium, 1 in WebKit.
 */
export const WORKER_ALLOWANCE = 12 * QUANTUM;

/** How much delay the separation may cost: the less, the coarser the synthesis windows. */
export type LatencyHint = 'playback' | 'balanced' | 'interactive';

/** How sound is cut into frames, and what delay that costs. */
export interface FrameShape {
  readonly fftSize: number;
  readonly hopSize: number;
  readonly window: WindowName;
  /** Samples of the synthesis window that are not zero. */
  readonly support: number;
  /** Samples a frame waits for its activations. */
  readonly allowance: number;
}

/** Samples from input to output: a frame that ends with a quantum completes its oldest samples in that same quantum. */
export function latencyOf({ support, allowance }: FrameShape): number {
  return support - QUANTUM + allowance;
}

export function binsOf({ fftSize }: Pick<FrameShape, 'fftSize'>): number {
  return fftSize / 2 + 1;
}

/** Length of the synthesis support in a latency mode, in samples. */
export function supportOf(latencyHint: LatencyHint, fftSize: number): number {
  if (latencyHint === 'playback') return fftSize;
  return Math.max(2 * QUANTUM, fftSize / (latencyHint === 'balanced' ? 4 : 8));
}

/** Hop sizes a latency mode allows, the default first. */
export function hopSizesOf(latencyHint: LatencyHint, fftSize: number): readonly number[] {
  if (latencyHint === 'playback') {
    const standard = Math.max(QUANTUM, fftSize / 4);
    const others: number[] = [];
    for (let hop = QUANTUM; hop <= fftSize / 2; hop *= 2) if (hop !== standard) others.push(hop);
    return [standard, ...others];
  }
  const half = supportOf(latencyHint, fftSize) / 2;
  return half / 2 >= QUANTUM ? [half, half / 2] : [half];
}
