import { DEFAULT_WINDOW } from '../transform/StftLayout.ts';
import { asymmetricWindow, type WindowName } from '../transform/window.ts';
import { BLOCK, type LiveLayout } from './LiveLayout.ts';

/** How much delay the separation may cost: the less, the shorter the synthesis windows. */
export type LatencyHint = 'playback' | 'balanced' | 'interactive';

export const LATENCY_HINTS: readonly LatencyHint[] = ['playback', 'balanced', 'interactive'];

/** Part of the frame that the synthesis windows of the low-latency modes cover. */
const SUPPORT_SHARES = { balanced: 1 / 4, interactive: 1 / 8 } as const;

/** The window of a mode: the one chosen for `'playback'`, an asymmetric one for the others. */
export function windowOf(latencyHint: LatencyHint, fftSize: number, chosen: WindowName): WindowName {
  return latencyHint === 'playback' ? chosen : asymmetricWindow(lowLatencySupport(latencyHint, fftSize));
}

/** Hop sizes a latency mode allows, the default first. */
export function hopSizesOf(latencyHint: LatencyHint, fftSize: number): readonly number[] {
  if (latencyHint === 'playback') {
    const standard = Math.max(BLOCK, fftSize / 4);
    const others: number[] = [];
    for (let hop = BLOCK; hop <= fftSize / 2; hop *= 2) if (hop !== standard) others.push(hop);
    return [standard, ...others];
  }
  const half = lowLatencySupport(latencyHint, fftSize) / 2;
  return half / 2 >= BLOCK ? [half, half / 2] : [half];
}

/** The layout of a mode with its default hop size. */
export function defaultLayout(
  latencyHint: LatencyHint,
  fftSize: number,
  window: WindowName = DEFAULT_WINDOW,
  allowance = 0,
): LiveLayout {
  const [hopSize] = hopSizesOf(latencyHint, fftSize);
  return { fftSize, hopSize, window: windowOf(latencyHint, fftSize, window), allowance };
}

/** Whether a window is that of a low-latency mode. */
export function isLowLatency(window: string): boolean {
  return window.startsWith('asymmetric-');
}

/** Samples of the synthesis window. */
function lowLatencySupport(latencyHint: keyof typeof SUPPORT_SHARES, fftSize: number): number {
  return Math.max(2 * BLOCK, fftSize * SUPPORT_SHARES[latencyHint]);
}
