import { spoken } from './times.ts';

/** Seconds for one press of a key */
const STEP = 1;
const BIG_STEP = 10;

/** A place on a timeline that can be moved by keys: one second, or ten with Shift. */
export class TimeSlider {
  readonly element: HTMLElement;
  readonly #onKey: (seconds: number) => void;
  #seconds = 0;
  #place = 0;

  /** @param onKey  called with the place the user wants */
  constructor(element: HTMLElement, name: string, onKey: (seconds: number) => void) {
    this.element = element;
    this.#onKey = onKey;
    element.tabIndex = 0;
    element.role = 'slider';
    element.ariaLabel = name;
    element.ariaValueMin = '0';
    element.addEventListener('keydown', (event) => this.#press(event));
  }

  /** @param seconds  length of the timeline */
  setLength(seconds: number): void {
    this.#seconds = seconds;
    this.element.ariaValueMax = seconds.toFixed(1);
  }

  /** @param x  pixels from the start of the timeline */
  place(seconds: number, x: number): void {
    this.element.style.transform = `translateX(${x.toFixed(1)}px)`;
    const told = spoken(seconds);
    this.#place = seconds;
    // Screen readers would read each change out, so only whole seconds count.
    if (this.element.ariaValueText === told) return;
    this.element.ariaValueText = told;
    this.element.ariaValueNow = seconds.toFixed(1);
  }

  #press(event: KeyboardEvent): void {
    const wanted = this.#wanted(event);
    if (wanted === null) return;
    event.preventDefault();
    this.#onKey(Math.min(Math.max(wanted, 0), this.#seconds));
  }

  #wanted({ key, shiftKey }: KeyboardEvent): number | null {
    const step = shiftKey ? BIG_STEP : STEP;
    switch (key) {
      case 'ArrowRight':
      case 'ArrowUp':
        return this.#place + step;
      case 'ArrowLeft':
      case 'ArrowDown':
        return this.#place - step;
      case 'PageUp':
        return this.#place + BIG_STEP;
      case 'PageDown':
        return this.#place - BIG_STEP;
      case 'Home':
        return 0;
      case 'End':
        return this.#seconds;
      default:
        return null;
    }
  }
}
