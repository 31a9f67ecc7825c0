import type { StftLayout } from '../transform/StftLayout.ts';
import { SoundGate } from '../transform/silence.ts';

/** How many of the last frames are sound, and not silence. Any thread; allocates nothing once made. */
export class SoundMeter {
  /** Frames of sound among the last ones. */
  soundingFrames = 0;
  readonly #gate: SoundGate;
  /** Of each of the last frames, 1 for sound: a ring. */
  readonly #sounds: Uint8Array;
  #next = 0;

  /** @param frames how many count as the last */
  constructor(layout: StftLayout, frames: number) {
    this.#gate = new SoundGate(layout);
    this.#sounds = new Uint8Array(frames);
  }

  add(magnitudes: Float32Array): void {
    const sounds = this.#gate.isSound(magnitudes) ? 1 : 0;
    this.soundingFrames += sounds - this.#sounds[this.#next];
    this.#sounds[this.#next] = sounds;
    this.#next = (this.#next + 1) % this.#sounds.length;
  }
}
