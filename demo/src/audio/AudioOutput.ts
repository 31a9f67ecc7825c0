import { rampTo, SILENT } from './ramp.ts';

/** The sum of everything connected to `input`, sent to the loudspeakers through one gain that fades in and out. */
export class AudioOutput {
  readonly input: GainNode;
  readonly #context: AudioContext;

  constructor(context: AudioContext) {
    this.#context = context;
    this.input = new GainNode(context, { gain: SILENT });
    this.input.connect(context.destination);
  }

  /** Resolves when the fade-in has ended. */
  open(): Promise<void> {
    return rampTo(this.input.gain, 1, this.#context);
  }

  /** Resolves when the fade-out has ended. */
  close(): Promise<void> {
    return rampTo(this.input.gain, SILENT, this.#context);
  }
}
