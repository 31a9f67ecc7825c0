/** Milliseconds over which the load is averaged. Workaround 6: worklets have no finer clock than `Date`. */
const PERIOD = 2000;

/**
 * How much of its time a thread spends between `begin` and `end`. Any one thread.
 *
 * Engines box what a clock returns, so only every nth turn is timed. A prime n meets the turns that have a frame to do
 * as often as they come.
 */
export class LoadMeter {
  /** Share of real time, of the last full period. */
  value = 0;
  readonly #clock: () => number;
  readonly #turnsPerTiming: number;
  #turn = 0;
  #periodStart: number;
  #started = 0;
  #busy = 0;

  /**
   * @param clock milliseconds
   * @param turnsPerTiming 1, or a prime
   */
  constructor(clock: () => number, turnsPerTiming: number) {
    this.#clock = clock;
    this.#turnsPerTiming = turnsPerTiming;
    this.#periodStart = clock();
  }

  begin(): void {
    this.#turn = (this.#turn + 1) % this.#turnsPerTiming;
    if (this.#turn === 0) this.#started = this.#clock();
  }

  end(): void {
    if (this.#turn !== 0) return;
    const now = this.#clock();
    this.#busy += now - this.#started;
    const elapsed = now - this.#periodStart;
    if (elapsed < PERIOD) return;
    this.value = (this.#busy * this.#turnsPerTiming) / elapsed;
    this.#busy = 0;
    this.#periodStart = now;
  }
}
