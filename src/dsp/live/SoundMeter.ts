import type { SpectrogramLayout } from '../transform/StftLayout.ts';
import { isSound, leastEnergy } from '../transform/silence.ts';

/** How much of the last frames is sound, and not silence. Any thread; allocates nothing once made. */
export class SoundMeter {
  /** Seconds of sound among the last frames. */
  seconds = 0;
  readonly #least: number;
  readonly #hopSeconds: number;
  /** Of each of the last frames, 1 for sound: a ring. */
  readonly #sounds: Uint8Array;
  #next = 0;
  #count = 0;

  /** @param frames how many count as the last */
  constructor(layout: SpectrogramLayout, frames: number) {
    this.#least = leastEnergy(layout);
    this.#hopSeconds = layout.hopSize / layout.sampleRate;
    this.#sounds = new Uint8Array(frames);
  }

  add(magnitudes: Float32Array): void {
    const sounds = isSound(magnitudes, this.#least) ? 1 : 0;
    this.#count += sounds - this.#sounds[this.#next];
    this.#sounds[this.#next] = sounds;
    this.#next = (this.#next + 1) % this.#sounds.length;
    this.seconds = this.#count * this.#hopSeconds;
  }
}
