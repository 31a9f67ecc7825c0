import type { Spectrogram } from '../dsp/learning/clips.ts';
import { binsOf, type SpectrogramLayout } from '../dsp/transform/StftLayout.ts';
import { SoundGate } from '../dsp/transform/silence.ts';
import type { FrameStore } from '../transport/FrameStore.ts';
import { SLACK } from '../transport/storeLayout.ts';

/** Takes the next frames that are sound, until there are enough. Worker thread. */
export class Listener {
  /** Resolves to what was heard, silence left out. */
  readonly heard: Promise<Spectrogram>;
  readonly #store: FrameStore;
  readonly #layout: SpectrogramLayout;
  readonly #gate: SoundGate;
  readonly #wanted: number;
  readonly #frames: Float32Array[] = [];
  #resolve!: (heard: Spectrogram) => void;
  #reject!: (cause: Error) => void;
  /** The next frame to listen to. */
  #next: number;

  constructor(store: FrameStore, layout: SpectrogramLayout, seconds: number) {
    this.heard = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#store = store;
    this.#layout = layout;
    this.#gate = new SoundGate(layout);
    this.#wanted = Math.ceil((seconds * layout.sampleRate) / layout.hopSize);
    this.#next = store.frames;
  }

  /** Frames are there. @returns whether these are enough */
  listen(): boolean {
    const { frames, capacity, bins } = this.#store;
    // What has been overwritten in the meantime is lost.
    this.#next = Math.max(this.#next, frames - capacity + SLACK);
    for (; this.#next < frames && this.#frames.length < this.#wanted; this.#next++) {
      const frame = new Float32Array(bins);
      this.#store.copyFrame(this.#next, frame);
      if (this.#gate.isSound(frame)) this.#frames.push(frame);
    }
    if (this.#frames.length < this.#wanted) return false;
    this.#resolve(this.#spectrogram());
    return true;
  }

  /** Nobody waits any more. */
  stop(): void {
    this.#reject(new Error('Stopped.'));
  }

  #spectrogram(): Spectrogram {
    const bins = binsOf(this.#layout);
    const magnitudes = new Float32Array(this.#frames.length * bins);
    this.#frames.forEach((frame, t) => {
      magnitudes.set(frame, t * bins);
    });
    const { sampleRate, fftSize, hopSize, window } = this.#layout;
    return { magnitudes, frames: this.#frames.length, bins, sampleRate, fftSize, hopSize, window };
  }
}
