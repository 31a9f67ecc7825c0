import type { StftLayout } from './StftLayout.ts';
import { windowPair } from './window.ts';

/** Sound softer than this, as a root mean square relative to full scale, counts as silence: −80 dB. */
const SOFTEST_SOUND = 1e-4;

/** Tells frames of sound from frames of silence. Any thread; allocates nothing once made. */
export class SoundGate {
  /** Σ|X|² that a frame of sound has at least, by Parseval's theorem. */
  readonly #leastEnergy: number;

  constructor({ fftSize, window }: Pick<StftLayout, 'fftSize' | 'window'>) {
    const { analysis } = windowPair(window, fftSize);
    const windowEnergy = analysis.reduce((sum, value) => sum + value * value, 0);
    this.#leastEnergy = (SOFTEST_SOUND ** 2 * windowEnergy * fftSize) / 2;
  }

  isSound(magnitudes: Float32Array): boolean {
    let energy = 0;
    for (let f = 0; f < magnitudes.length; f++) energy += magnitudes[f] * magnitudes[f];
    return energy >= this.#leastEnergy;
  }
}
