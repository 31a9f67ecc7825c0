const FOCUSABLE = 'button, input, select, textarea, summary, a[href], [tabindex]';

/**
 * Keeps the keyboard's place: when the element that has the focus is hidden, disabled or removed, the focus goes to the next
 * one that can have it, in the same part of the page, instead of being lost to the body.
 */
export function keepFocus(): void {
  let last: HTMLElement | null = null;
  /** The sections around it, for an element that is removed has none any more */
  let around: HTMLElement[] = [];
  document.addEventListener('focusin', ({ target }) => {
    last = target as HTMLElement;
    around = ancestorsOf(last);
  });
  new MutationObserver(() => {
    if (!last || canFocus(last)) return;
    const { activeElement } = document;
    if (activeElement !== last && activeElement !== document.body && activeElement !== null) return;
    const next = around.map((parent) => nextIn(parent, last!)).find((found) => found !== null);
    next?.focus({ preventScroll: true });
  }).observe(document.body, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['hidden', 'disabled', 'open'],
  });
}

function ancestorsOf(element: HTMLElement): HTMLElement[] {
  const parent = element.parentElement;
  return parent ? [parent, ...ancestorsOf(parent)] : [];
}

/** The focusable element of `parent` that follows `place`, or else the last one. */
function nextIn(parent: HTMLElement, place: HTMLElement): HTMLElement | null {
  if (!parent.isConnected) return null;
  const candidates = [...parent.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(canFocus);
  const follows = (element: HTMLElement) =>
    (place.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  return candidates.find(follows) ?? candidates.at(-1) ?? null;
}

function canFocus(element: HTMLElement): boolean {
  return element.isConnected && !element.matches(':disabled') && element.tabIndex >= 0 && element.checkVisibility();
}
