import { element } from './element.ts';

/** Says what is going on; screen readers read it out. */
export function showStatus(text: string): void {
  element('status', HTMLElement).textContent = text;
}

/** Shows what went wrong until it is dismissed. An abort is somebody's wish and no error. */
export function showError(cause: unknown): void {
  if (cause instanceof DOMException && cause.name === 'AbortError') return;
  element('error-text', HTMLElement).textContent = cause instanceof Error ? cause.message : String(cause);
  element('error', HTMLElement).hidden = false;
}

export function hideError(): void {
  element('error', HTMLElement).hidden = true;
}
