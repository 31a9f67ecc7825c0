import { isAsking } from '../page/ask.ts';
import { KeySheet } from './KeySheet.ts';

/** What the keys do. The page leaves out what does not apply, such as the solo of a part that it does not have. */
export interface StageActions {
  /** Only this part is heard, or again all of them. */
  toggleOnly(part: number): void;
  toggleMute(part: number): void;
  clearSolos(): void;
  togglePlaying(): void;
  toggleBypass(): void;
  toggleFrozen(): void;
  toggleRecording(): void;
}

/** A key, or a row of keys, and what it does */
export interface StageKey {
  /** For people */
  readonly keys: string;
  readonly meaning: string;
  /** Names as `nameOf` gives them, for each of which it acts */
  readonly names: readonly string[];
  /** @param place  of the pressed key in `names` */
  run(actions: StageActions, place: number): void;
}

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** Single source of what keys do and of what the sheet of keys says */
export const STAGE_KEYS: readonly StageKey[] = [
  { keys: 'Space', meaning: 'Play or pause', names: ['Space'], run: (actions) => actions.togglePlaying() },
  {
    keys: '1 … 9',
    meaning: 'Hear only this part; again: hear all',
    names: DIGITS,
    run: (actions, part) => actions.toggleOnly(part),
  },
  { keys: '0', meaning: 'Hear all parts', names: ['0'], run: (actions) => actions.clearSolos() },
  {
    keys: 'Shift + 1 … 9',
    meaning: 'Mute this part; again: hear it',
    names: DIGITS.map((digit) => `Shift+${digit}`),
    run: (actions, part) => actions.toggleMute(part),
  },
  {
    keys: 'B',
    meaning: 'Hear the untouched sound; again: the parts',
    names: ['B'],
    run: (actions) => actions.toggleBypass(),
  },
  {
    keys: 'F',
    meaning: 'Keep the templates as they are; again: let them follow the sound',
    names: ['F'],
    run: (actions) => actions.toggleFrozen(),
  },
  { keys: 'R', meaning: 'Record; again: stop', names: ['R'], run: (actions) => actions.toggleRecording() },
];

/** Inputs that are not typed into; they do nothing with letters and digits. */
const NOT_TYPED_INTO = ['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit'];
/** What the space bar presses when it has the focus */
const PRESSED_BY_SPACE =
  'button, summary, [role=button], [role=switch], [role=tab], audio, video, input:not([type=range])';

/** Keys for the stage: they act wherever the focus is, but in a text field. */
export class StageKeyboard {
  readonly #actions: StageActions;
  readonly #sheet = new KeySheet(STAGE_KEYS);

  constructor(actions: StageActions) {
    this.#actions = actions;
    document.addEventListener('keydown', (event) => this.#onKey(event));
  }

  openSheet(): void {
    this.#sheet.open();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.repeat || event.isComposing || isAsking() || isElsewhere(event)) return;
    if (event.key === '?') this.#sheet.toggle();
    else if (this.#sheet.isOpen || !this.#act(nameOf(event))) return;
    // The space bar would scroll the page.
    event.preventDefault();
  }

  /** @returns whether the key means something */
  #act(name: string): boolean {
    const key = STAGE_KEYS.find(({ names }) => names.includes(name));
    key?.run(this.#actions, key.names.indexOf(name));
    return key !== undefined;
  }
}

/** Whether the key is meant for what has the focus, or for the browser */
function isElsewhere({ target, code, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  if (ctrlKey || altKey || metaKey) return true;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches('textarea, select')) return true;
  if (target instanceof HTMLInputElement && !NOT_TYPED_INTO.includes(target.type)) return true;
  return code === 'Space' && target.matches(PRESSED_BY_SPACE);
}

/**
 * Digits by their place on the keyboard, so that they are the same with shift and in every layout; letters by what is printed
 * on the key, where that is Latin, and otherwise by their place too.
 */
function nameOf({ code, key, shiftKey }: KeyboardEvent): string {
  const [, digit] = /^Digit(\d)$/.exec(code) ?? [];
  if (digit) return shiftKey ? `Shift+${digit}` : digit;
  // Also the digits beside the arrows, as long as they are not arrows.
  if (/^[a-z\d]$/i.test(key)) return key.toUpperCase();
  return code.replace(/^Key/, '');
}
