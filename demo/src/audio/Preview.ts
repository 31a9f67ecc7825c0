import { Fade } from './Fade.ts';

/** Plays one buffer once, on its own context, so that the mix's context can be suspended while it plays. */
export class Preview {
  readonly #context: AudioContext;
  #current: AbortController | null = null;

  constructor(sampleRate: number) {
    this.#context = new AudioContext({ sampleRate });
  }

  /**
   * Resolves when playback has ended or was stopped. It may be stopped before its first sample, because opening the audio
   * device takes time.
   *
   * @param silence  playback starts once this has resolved
   * @param signal  stops playback
   */
  async play(buffer: AudioBuffer, silence: Promise<unknown>, signal: AbortSignal): Promise<void> {
    this.stop();
    const current = new AbortController();
    this.#current = current;
    signal.addEventListener('abort', () => current.abort(), { once: true });
    const stopped = new Promise((resolve) => current.signal.addEventListener('abort', resolve, { once: true }));
    await Promise.race([Promise.all([silence, this.#context.resume()]), stopped]);
    if (!current.signal.aborted) await this.#playUntil(stopped, buffer);
    if (this.#current !== current) return;
    this.#current = null;
    await this.#context.suspend();
  }

  stop(): void {
    this.#current?.abort();
  }

  async #playUntil(stopped: Promise<unknown>, buffer: AudioBuffer): Promise<void> {
    const source = new AudioBufferSourceNode(this.#context, { buffer });
    const gain = new GainNode(this.#context);
    source.connect(gain).connect(this.#context.destination);
    const fade = new Fade(this.#context, gain.gain, 1);
    const ended = new Promise((resolve) => source.addEventListener('ended', resolve, { once: true }));
    source.start();
    const fadedOut = stopped.then(() => fade.to(0));
    await Promise.race([ended, fadedOut]);
    source.stop();
    gain.disconnect();
    fade.dispose();
  }
}
