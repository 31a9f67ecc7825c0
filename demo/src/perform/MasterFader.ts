import { made } from '../page/made.ts';
import { gainAt, positionOf, textOf, UNITY_POSITION } from './decibels.ts';

/** Of the fader's way: fine enough not to be heard as steps, coarse enough to hit 0 dB */
const STEP = '0.01';

/** A fader with its gain in decibels, in an element of the page. A double click sets it to 0 dB. */
export class MasterFader {
  readonly #slider = made('input', { type: 'range', min: '0', max: '1', step: STEP, autocomplete: 'off' });
  readonly #text = made('output', { className: 'decibels' });
  readonly #onGain: (gain: number) => void;

  /** @param onGain  called with the linear gain whenever the user moves the fader */
  constructor(container: HTMLElement, name: string, onGain: (gain: number) => void) {
    this.#onGain = onGain;
    const label = made('label', {}, made('span', { textContent: name }), this.#slider);
    container.append(made('div', { className: 'master-fader' }, label, this.#text));
    this.#slider.addEventListener('input', () => this.#move(this.#slider.valueAsNumber));
    this.#slider.addEventListener('dblclick', () => this.#move(UNITY_POSITION));
    this.show(1);
  }

  /** Shows a gain that was set elsewhere. */
  show(gain: number): void {
    this.#slider.valueAsNumber = positionOf(gain);
    this.#slider.setAttribute('aria-valuetext', textOf(gain));
    this.#text.value = textOf(gain);
  }

  #move(position: number): void {
    const gain = gainAt(position);
    this.show(gain);
    this.#onGain(gain);
  }
}
