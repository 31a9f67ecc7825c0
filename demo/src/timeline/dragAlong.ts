/**
 * Follows the pointer while `element` is dragged, with mouse, pen or finger. The place of the track is measured once, when
 * the drag starts.
 *
 * @param track  where the timeline is
 * @param onMove  called with the place of the pointer, 0 … 1, also when it is pressed
 * @param onEnd  called when it is released
 * @param onCancel  called when the browser takes the drag for a gesture of its own
 */
export function dragAlong(
  element: HTMLElement,
  track: HTMLElement,
  onMove: (place: number, started: boolean) => void,
  onEnd: () => void,
  onCancel: () => void = onEnd,
): void {
  let bounds: DOMRect | null = null;
  const follow = ({ clientX }: PointerEvent, started: boolean) => {
    if (bounds) onMove(Math.min(Math.max((clientX - bounds.left) / bounds.width, 0), 1), started);
  };
  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    bounds = track.getBoundingClientRect();
    follow(event, true);
  });
  element.addEventListener('pointermove', (event) => follow(event, false));
  const end = (then: () => void) => () => {
    if (!bounds) return;
    bounds = null;
    then();
  };
  element.addEventListener('pointerup', end(onEnd));
  element.addEventListener('pointercancel', end(onCancel));
}
