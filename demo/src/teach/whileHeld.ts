/** Calls `start` when a button is pressed down, with pointer, space or enter, and `stop` when it is let go. */
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
  // Holding a finger down would open a menu.
  button.addEventListener('contextmenu', (event) => event.preventDefault());
}
