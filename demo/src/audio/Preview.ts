import { rampTo, SILENT } from './ramp.ts';

/** Plays one recording once, beside everything else: a context of its own lets the other one rest meanwhile. */
export class Preview {
  readonly #context: AudioContext;
  #stop: (() => void) | null = null;

  constructor(sampleRate: number) {
    this.#context = new AudioContext({ sampleRate });
  }

  /** Resolves when it has ended, or was stopped. */
  async play(buffer: AudioBuffer): Promise<void> {
    this.stop();
    const source = new AudioBufferSourceNode(this.#context, { buffer });
    const gain = new GainNode(this.#context, { gain: SILENT });
    source.connect(gain).connect(this.#context.destination);
    const ended = new Promise((resolve) => source.addEventListener('ended', resolve, { once: true }));
    const stop = () => void rampTo(gain.gain, SILENT, this.#context).then(() => source.stop());
    this.#stop = stop;
    await this.#context.resume();
    source.start();
    if (this.#stop === stop) rampTo(gain.gain, 1, this.#context);
    await ended;
    gain.disconnect();
    if (this.#stop !== stop) return;
    this.#stop = null;
    await this.#context.suspend();
  }

  /** Fades out what plays. */
  stop(): void {
    this.#stop?.();
  }
}
