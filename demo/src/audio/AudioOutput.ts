import { rampTo, SILENT } from './ramp.ts';

/** What is heard: the sum of everything connected to `input`, behind one switch. */
export class AudioOutput {
  readonly input: GainNode;
  readonly #context: AudioContext;

  constructor(context: AudioContext) {
    this.#context = context;
    this.input = new GainNode(context, { gain: SILENT });
    this.input.connect(context.destination);
  }

  /** Resolves when the ramp has ended. */
  open(): Promise<void> {
    return rampTo(this.input.gain, 1, this.#context);
  }

  /** Resolves when nothing can be heard any more. */
  close(): Promise<void> {
    return rampTo(this.input.gain, SILENT, this.#context);
  }
}
