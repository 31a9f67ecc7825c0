import { made } from '../page/made.ts';

/** Seconds for which the light stays lit: long enough to be noticed after a glance at the stage */
const LIT_SECONDS = 2;

/** A light that says that a sound is too loud. Assistive technology reads out what it means when it goes on. */
export class ClipLight {
  readonly element = made('span', { className: 'clip-light' });
  readonly #warning = made('span', { className: 'unseen', role: 'status' });
  readonly #text: string;
  /** Seconds for which it stays lit */
  #remaining = 0;

  /** @param name  of the sound, such as “Input” */
  constructor(name: string) {
    this.#text = `${name} clips: turn it down.`;
    this.element.append(made('span', { ariaHidden: 'true', textContent: 'Clip' }), this.#warning);
    this.#show(false);
  }

  /** @param elapsed  seconds since the last call */
  update(clips: boolean, elapsed: number): void {
    const wasLit = this.#remaining > 0;
    this.#remaining = clips ? LIT_SECONDS : Math.max(this.#remaining - elapsed, 0);
    const isLit = this.#remaining > 0;
    // Most frames change nothing, and then the browser has nothing to lay out.
    if (isLit !== wasLit) this.#show(isLit);
  }

  #show(lit: boolean): void {
    this.element.dataset.lit = String(lit);
    this.#warning.textContent = lit ? this.#text : '';
  }
}
