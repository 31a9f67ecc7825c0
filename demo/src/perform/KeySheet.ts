import { made } from '../page/made.ts';
import type { StageKey } from './keyboard.ts';

/** Keys that act elsewhere */
const OTHERS = [
  { keys: 'Ctrl or ⌘ + Z', meaning: 'Undo' },
  { keys: '?', meaning: 'Show or hide this sheet' },
];

/** A dialog that says what the keys do. The browser closes it by Escape, and gives the focus back to where it was. */
export class KeySheet {
  readonly #dialog = made('dialog', { className: 'sheet' });

  constructor(keys: readonly Pick<StageKey, 'keys' | 'meaning'>[]) {
    const title = made('h2', { id: 'key-sheet-title', textContent: 'Keys' });
    const close = made('button', { type: 'button', textContent: 'Close' });
    close.addEventListener('click', () => this.#dialog.close());
    const list = made('dl');
    for (const { keys: names, meaning } of [...keys, ...OTHERS]) {
      list.append(made('dt', {}, made('kbd', { textContent: names })), made('dd', { textContent: meaning }));
    }
    this.#dialog.setAttribute('aria-labelledby', title.id);
    this.#dialog.append(title, list, close);
    document.body.append(this.#dialog);
  }

  get isOpen(): boolean {
    return this.#dialog.open;
  }

  open(): void {
    if (!this.isOpen) this.#dialog.showModal();
  }

  toggle(): void {
    if (this.isOpen) this.#dialog.close();
    else this.open();
  }
}
