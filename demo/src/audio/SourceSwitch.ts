import type { Source } from '../sources/Source.ts';
import { Fade } from './Fade.ts';

/** Feeds one source at a time to `output`, through the input gain. Fades the old source out before the new one fades in. */
export class SourceSwitch {
  readonly output: GainNode;
  readonly #fade: Fade;
  #current: Source | null = null;
  #gain = 1;

  constructor(context: AudioContext) {
    this.output = new GainNode(context);
    this.#fade = new Fade(context, this.output.gain);
  }

  get current(): Source | null {
    return this.#current;
  }

  setGain(gain: number): void {
    this.#gain = gain;
    if (this.#current) this.#fade.set(gain);
  }

  /** Resolves when the new source plays. It fades in meanwhile: nothing has to wait for that, least of all learning. */
  async switchTo(source: Source): Promise<void> {
    if (this.#current) await this.#fade.to(0);
    this.#current?.stop();
    this.#current?.node.disconnect();
    this.#current = source;
    source.node.connect(this.output);
    this.#fade.set(this.#gain);
  }
}
