/** Milliseconds up to which a press is a tap */
const TAP = 300;

/**
 * Calls `start` when the button is pressed by pointer, space or enter, and `stop` when it is released: after a tap only when
 * it is pressed again.
 *
 * @returns a function that lets go of the button
 */
export function whileHeld(button: HTMLButtonElement, start: () => void, stop: () => void): () => void {
  let isDown = false;
  let pressedAt = 0;
  const isOn = () => button.getAttribute('aria-pressed') === 'true';
  const end = () => {
    isDown = false;
    if (!isOn()) return;
    button.setAttribute('aria-pressed', 'false');
    stop();
  };
  const press = () => {
    if (isOn()) return end();
    isDown = true;
    pressedAt = performance.now();
    button.setAttribute('aria-pressed', 'true');
    start();
  };
  const release = () => {
    if (isDown && performance.now() - pressedAt > TAP) end();
    isDown = false;
  };
  const isPress = ({ key }: KeyboardEvent) => key === ' ' || key === 'Enter';
  button.setAttribute('aria-pressed', 'false');
  button.addEventListener('pointerdown', (event) => {
    button.setPointerCapture(event.pointerId);
    press();
  });
  button.addEventListener('pointerup', release);
  button.addEventListener('pointercancel', end);
  button.addEventListener('blur', () => isDown && end());
  button.addEventListener('keydown', (event) => isPress(event) && !event.repeat && press());
  button.addEventListener('keyup', (event) => isPress(event) && release());
  // A long press on a touch screen would open the context menu.
  button.addEventListener('contextmenu', (event) => event.preventDefault());
  return end;
}
