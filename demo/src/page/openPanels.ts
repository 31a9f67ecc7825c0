/** Where they have room beside each other, panels are open from the start; on narrow screens they would be a long way down. */
const ROOMY = '(min-width: 45rem)';

export function openPanels(): void {
  if (!matchMedia(ROOMY).matches) return;
  for (const panel of document.querySelectorAll<HTMLDetailsElement>('[data-roomy]')) panel.open = true;
}
