import { Fade } from './Fade.ts';

/** The sum of everything connected to `input`, sent to the loudspeakers through a master gain, and faded in and out. */
export class AudioOutput {
  readonly input: GainNode;
  /** The mix after its master gain, also while nothing is heard */
  readonly mix: GainNode;
  readonly #master: Fade;
  readonly #fade: Fade;

  constructor(context: AudioContext) {
    this.input = new GainNode(context);
    this.mix = new GainNode(context);
    const door = new GainNode(context);
    this.input.connect(this.mix).connect(door).connect(context.destination);
    this.#master = new Fade(context, this.mix.gain, 1);
    this.#fade = new Fade(context, door.gain);
  }

  setMaster(gain: number): void {
    this.#master.set(gain);
  }

  /** Starts to fade in. */
  open(): void {
    this.#fade.set(1);
  }

  /** Resolves when the fade-out has ended. */
  close(): Promise<void> {
    return this.#fade.to(0);
  }
}
