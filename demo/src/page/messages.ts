import { element } from './element.ts';

/** Shows a status text in a live region, which screen readers announce. */
export function showStatus(text: string): void {
  element('status', HTMLElement).textContent = text;
}

/** Shows an error until it is dismissed. Ignores AbortErrors: the user cancelled on purpose. */
export function showError(cause: unknown): void {
  if (cause instanceof DOMException && cause.name === 'AbortError') return;
  element('error-text', HTMLElement).textContent = cause instanceof Error ? cause.message : String(cause);
  element('error', HTMLElement).hidden = false;
}

export function hideError(): void {
  element('error', HTMLElement).hidden = true;
}
