import type { NMFSeparatorNode, Spectrogram } from 'nmf-separator-node';
import type { Subscription } from 'rxjs';

/** Collects what a separator hears as a spectrogram, which is a clip like any other to learn from. */
export class ClipRecorder {
  readonly #node: NMFSeparatorNode;
  #frames: Float32Array[] = [];
  #subscription: Subscription | null = null;

  constructor(node: NMFSeparatorNode) {
    this.#node = node;
  }

  get seconds(): number {
    return (this.#frames.length * this.#node.hopSize) / this.#node.context.sampleRate;
  }

  /** What is recorded now follows what was recorded before. */
  start(): void {
    const begin = this.#node.context.currentTime;
    this.#subscription ??= this.#node.spectrogram$.subscribe(({ time, magnitudes }) => {
      // Frames that still were on their way are of what sounded before.
      if (time >= begin) this.#frames.push(magnitudes);
    });
  }

  stop(): void {
    this.#subscription?.unsubscribe();
    this.#subscription = null;
  }

  clear(): void {
    this.#frames = [];
  }

  /** @returns nothing when nothing was recorded */
  get clip(): Spectrogram | null {
    const frames = this.#frames.length;
    if (frames === 0) return null;
    const { fftSize, hopSize, window, context } = this.#node;
    const bins = fftSize / 2 + 1;
    const magnitudes = new Float32Array(frames * bins);
    for (const [t, frame] of this.#frames.entries()) magnitudes.set(frame, t * bins);
    return { magnitudes, frames, bins, sampleRate: context.sampleRate, fftSize, hopSize, window };
  }
}
