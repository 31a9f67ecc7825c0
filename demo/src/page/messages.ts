import { element } from './element.ts';
import { withoutArgument } from './withoutArgument.ts';

/** Milliseconds that a message stays: long enough to read twice */
const STAY = 7000;

/** Something a message offers to do. */
export interface Offer {
  readonly title: string;
  action(): unknown;
  /** Called when the user wants none of it. */
  decline?(): unknown;
}

let hiding = 0;
/** What the message in view offers */
let shown: Offer | null = null;

/** Shows what the page is doing, in a live region, which screen readers announce. */
export function showStatus(text: string): void {
  element('status', HTMLElement).textContent = text;
}

/**
 * Shows a message in view for some seconds, wherever the page is scrolled to, with something to do about it.
 *
 * @returns a function that hides it, if it is still there
 */
export function notify(text: string, offer?: Offer): () => void {
  const note = element('note', HTMLElement);
  const button = element('note-offer', HTMLButtonElement);
  element('note-text', HTMLElement).textContent = text;
  button.hidden = !offer;
  button.textContent = offer?.title ?? '';
  button.onclick = () => {
    hideNote();
    offer?.action();
  };
  note.hidden = false;
  clearTimeout(hiding);
  // An offer stays until it is taken or dismissed.
  if (!offer) hiding = setTimeout(hideNote, STAY) as unknown as number;
  shown = offer ?? null;
  return () => {
    if (offer && shown === offer) hideNote();
  };
}

export function hideNote(): void {
  element('note', HTMLElement).hidden = true;
}

/** Shows an error in view until it is dismissed. Ignores AbortErrors: the user cancelled on purpose. */
export function showError(cause: unknown): void {
  if (cause instanceof DOMException && cause.name === 'AbortError') return;
  element('error-text', HTMLElement).textContent = sentence(cause instanceof Error ? cause.message : String(cause));
  element('error', HTMLElement).hidden = false;
}

function sentence(message: string): string {
  const text = withoutArgument(message);
  return text === message ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

export function hideError(): void {
  element('error', HTMLElement).hidden = true;
}

/** Lets messages be dismissed. */
export function connectMessages(): void {
  element('dismiss', HTMLButtonElement).addEventListener('click', hideError);
  element('note-dismiss', HTMLButtonElement).addEventListener('click', () => {
    hideNote();
    shown?.decline?.();
  });
}
