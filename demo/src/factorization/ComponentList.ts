import { colourOf } from '../pictures/colours.ts';
import type { StageRequests } from './Stage.ts';

/** A button for each component, to point at, click, or reach by keyboard. */
export class ComponentList {
  readonly #parent: HTMLElement;
  readonly #requests: StageRequests;
  #buttons: readonly HTMLButtonElement[] = [];

  constructor(parent: HTMLElement, requests: StageRequests) {
    this.#parent = parent;
    this.#requests = requests;
  }

  /** Keeps the buttons that are there, and with them the focus. */
  show(count: number): void {
    if (count === this.#buttons.length) return;
    this.#buttons = Array.from({ length: count }, (_, k) => this.#buttons[k] ?? this.#make(k));
    this.#parent.replaceChildren(...this.#buttons);
  }

  /** @param chosen stays as it is @param heard sounds */
  mark(lit: number | null, chosen: number | null, heard: number | null): void {
    this.#buttons.forEach((button, k) => {
      button.ariaPressed = String(k === chosen);
      button.classList.toggle('lit', k === lit);
      button.classList.toggle('heard', k === heard);
    });
  }

  #make(component: number): HTMLButtonElement {
    const { point, toggle } = this.#requests;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = `Component ${component + 1}`;
    button.style.setProperty('--component', colourOf(component));
    button.ariaPressed = 'false';
    button.addEventListener('pointerenter', ({ pointerType }) => {
      if (pointerType !== 'touch') point(component);
    });
    button.addEventListener('pointerleave', () => point(null));
    button.addEventListener('click', () => toggle(component));
    return button;
  }
}
