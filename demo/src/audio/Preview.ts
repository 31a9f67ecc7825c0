import { rampTo, SILENT } from './ramp.ts';

/** Plays one recording once, beside everything else: a context of its own lets the other one rest meanwhile. */
export class Preview {
  readonly #context: AudioContext;
  #current: AbortController | null = null;

  constructor(sampleRate: number) {
    this.#context = new AudioContext({ sampleRate });
  }

  /**
   * Resolves when it has ended, or was stopped: also when that was before its first sample, for a device takes its time.
   *
   * @param silence  what it begins after
   * @param signal  stops it
   */
  async play(buffer: AudioBuffer, silence: Promise<unknown>, signal: AbortSignal): Promise<void> {
    this.stop();
    const current = new AbortController();
    this.#current = current;
    signal.addEventListener('abort', () => current.abort(), { once: true });
    const stopped = new Promise((resolve) => current.signal.addEventListener('abort', resolve, { once: true }));
    await Promise.race([Promise.all([silence, this.#context.resume()]), stopped]);
    if (!current.signal.aborted) await this.#sound(buffer, stopped);
    if (this.#current !== current) return;
    this.#current = null;
    await this.#context.suspend();
  }

  /** Fades out whatever plays. */
  stop(): void {
    this.#current?.abort();
  }

  async #sound(buffer: AudioBuffer, stopped: Promise<unknown>): Promise<void> {
    const source = new AudioBufferSourceNode(this.#context, { buffer });
    const gain = new GainNode(this.#context, { gain: SILENT });
    source.connect(gain).connect(this.#context.destination);
    const ended = new Promise((resolve) => source.addEventListener('ended', resolve, { once: true }));
    source.start();
    rampTo(gain.gain, 1, this.#context);
    const fadedOut = stopped.then(() => rampTo(gain.gain, SILENT, this.#context));
    await Promise.race([ended, fadedOut]);
    source.stop();
    gain.disconnect();
  }
}
