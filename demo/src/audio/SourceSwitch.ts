import type { Source } from '../sources/Source.ts';
import { rampTo, SILENT } from './ramp.ts';

/** One source at a time feeds `output`; a change fades the old one out before the new one comes in. */
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
