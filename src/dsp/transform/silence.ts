import type { StftLayout } from './StftLayout.ts';
import { windowPair } from './window.ts';

/** Sound softer than this, as a root mean square relative to full scale, counts as silence: −80 dB. */
const SOFTEST_SOUND = 1e-4;

/** Σ|X|² that a frame must have to count as sound, by Parseval's theorem. */
export function leastEnergy({ fftSize, window }: Pick<StftLayout, 'fftSize' | 'window'>): number {
  const { analysis } = windowPair(window, fftSize);
  const windowEnergy = analysis.reduce((sum, value) => sum + value * value, 0);
  return (SOFTEST_SOUND ** 2 * windowEnergy * fftSize) / 2;
}

/** Any thread; allocates nothing. @param least from `leastEnergy` @param start of the frame in `magnitudes` */
export function isSound(magnitudes: Float32Array, least: number, start = 0, bins = magnitudes.length): boolean {
  let energy = 0;
  for (let f = start; f < start + bins && energy < least; f++) energy += magnitudes[f] * magnitudes[f];
  return energy >= least;
}
