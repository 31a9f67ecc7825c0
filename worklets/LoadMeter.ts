import { QUANTUM } from '../src/dsp/frameShape.ts';

/** How much of its time the audio thread spends here: worklets have no finer clock than `Date`, so a second is averaged. */
export class LoadMeter {
  /** Share of real time, of the last full second. */
  value = 0;
  readonly #sampleRate: number;
  #started = 0;
  #busyMilliseconds = 0;
  #samples = 0;

  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
  }

  /** Audio thread; allocates nothing. */
  begin(): void {
    this.#started = Date.now();
  }

  /** Audio thread; allocates nothing. */
  end(): void {
    this.#busyMilliseconds += Date.now() - this.#started;
    this.#samples += QUANTUM;
    if (this.#samples < this.#sampleRate) return;
    this.value = (this.#busyMilliseconds * this.#sampleRate) / (1000 * this.#samples);
    this.#busyMilliseconds = 0;
    this.#samples = 0;
  }
}
