/** Milliseconds over which the load is averaged: worklets have no finer clock than `Date`. */
const PERIOD = 1000;

/** How much of its time a thread spends between `begin` and `end`. Any one thread; allocates nothing once made. */
export class LoadMeter {
  /** Share of real time, of the last full period. */
  value = 0;
  readonly #clock: () => number;
  #periodStart: number;
  #started = 0;
  #busy = 0;

  /** @param clock milliseconds */
  constructor(clock: () => number) {
    this.#clock = clock;
    this.#periodStart = clock();
  }

  begin(): void {
    this.#started = this.#clock();
  }

  end(): void {
    const now = this.#clock();
    this.#busy += now - this.#started;
    const elapsed = now - this.#periodStart;
    if (elapsed < PERIOD) return;
    this.value = this.#busy / elapsed;
    this.#busy = 0;
    this.#periodStart = now;
  }
}
