/** Of what is asked for one after the other, only the newest is done. */
export class Newest {
  #controller = new AbortController();

  /** Overtakes what was begun before. @returns a signal that aborts when this is overtaken or cancelled itself */
  begin(): AbortSignal {
    this.cancel();
    this.#controller = new AbortController();
    return this.#controller.signal;
  }

  cancel(): void {
    this.#controller.abort();
  }
}
