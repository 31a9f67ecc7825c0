/** Calls `start` when the button is pressed by pointer, space or enter, and `stop` when it is released. */
export function whileHeld(button: HTMLButtonElement, start: () => void, stop: () => void): void {
  const hold = () => {
    if (button.getAttribute('aria-pressed') === 'true') return;
    button.setAttribute('aria-pressed', 'true');
    start();
  };
  const release = () => {
    if (button.getAttribute('aria-pressed') !== 'true') return;
    button.setAttribute('aria-pressed', 'false');
    stop();
  };
  const isPress = ({ key }: KeyboardEvent) => key === ' ' || key === 'Enter';
  button.setAttribute('aria-pressed', 'false');
  button.addEventListener('pointerdown', (event) => {
    button.setPointerCapture(event.pointerId);
    hold();
  });
  for (const end of ['pointerup', 'pointercancel', 'blur']) button.addEventListener(end, release);
  button.addEventListener('keydown', (event) => isPress(event) && hold());
  button.addEventListener('keyup', (event) => isPress(event) && release());
  // A long press on a touch screen would open the context menu.
  button.addEventListener('contextmenu', (event) => event.preventDefault());
}
