import type { NMFSeparatorNode, Spectrogram } from 'nmf-separator-node';
import type { Subscription } from 'rxjs';

/** Records the node's input as a spectrogram, which `learn` accepts as a training clip. */
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

  /** Appends to earlier recordings. */
  start(): void {
    const begin = this.#node.context.currentTime;
    this.#subscription ??= this.#node.spectrogram$.subscribe(({ time, magnitudes }) => {
      // The first frames to arrive can be of sound from before the button was pressed.
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

  /** null when nothing was recorded */
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
