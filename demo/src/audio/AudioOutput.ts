import { Fade } from './Fade.ts';

/** The sum of everything connected to `input`, sent to the loudspeakers through one gain that fades in and out. */
export class AudioOutput {
  readonly input: GainNode;
  readonly #fade: Fade;

  constructor(context: AudioContext) {
    this.input = new GainNode(context);
    this.input.connect(context.destination);
    this.#fade = new Fade(context, this.input.gain);
  }

  /** Resolves when the fade-in has ended. */
  open(): Promise<void> {
    return this.#fade.to(1);
  }

  /** Resolves when the fade-out has ended. */
  close(): Promise<void> {
    return this.#fade.to(0);
  }
}
