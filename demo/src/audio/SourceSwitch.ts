import type { Source } from '../sources/Source.ts';
import { rampTo, SILENT } from './ramp.ts';

/** Feeds one source at a time to `output`. Fades the old source out before the new one fades in. */
export class SourceSwitch {
  readonly output: GainNode;
  readonly #context: AudioContext;
  #current: Source | null = null;

  constructor(context: AudioContext) {
    this.#context = context;
    this.output = new GainNode(context, { gain: SILENT });
  }

  get current(): Source | null {
    return this.#current;
  }

  async switchTo(source: Source): Promise<void> {
    await rampTo(this.output.gain, SILENT, this.#context);
    this.#current?.stop();
    this.#current?.node.disconnect();
    this.#current = source;
    source.node.connect(this.output);
    await rampTo(this.output.gain, 1, this.#context);
  }
}
