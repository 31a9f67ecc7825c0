import { made, madeButton } from '../page/made.ts';

/**
 * Adds a button to an element that leaves full screen, which is there only in full screen: not every device has a key for
 * it.
 *
 * @returns a button that shows the element in full screen; hidden where the browser cannot
 */
export function fullScreenButton(element: HTMLElement): HTMLButtonElement {
  const enter = madeButton('Full screen', () => element.requestFullscreen());
  const leave = madeButton('Leave full screen', () => document.exitFullscreen());
  enter.hidden = !element.requestFullscreen;
  element.append(made('div', { className: 'gallery-leave' }, leave));
  element.addEventListener('fullscreenchange', () => {
    (document.fullscreenElement === element ? leave : enter).focus();
  });
  return enter;
}
