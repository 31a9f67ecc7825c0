/**
 * Lets `dragged` be carried by its handle, with mouse, pen or finger, and calls `onDrop` with the other element of the
 * same class under the pointer where it is let go.
 */
export function dragOnto(handle: HTMLElement, dragged: HTMLElement, onDrop: (target: HTMLElement) => void): void {
  let start: { x: number; y: number } | null = null;
  let target: HTMLElement | null = null;

  const mark = (next: HTMLElement | null) => {
    target?.classList.remove('target');
    target = next;
    target?.classList.add('target');
  };
  const end = () => {
    start = null;
    mark(null);
    dragged.classList.remove('dragged');
    dragged.style.transform = '';
  };

  handle.addEventListener('pointerdown', (event) => {
    handle.setPointerCapture(event.pointerId);
    start = { x: event.clientX, y: event.clientY };
    dragged.classList.add('dragged');
  });
  handle.addEventListener('pointermove', (event) => {
    if (!start) return;
    dragged.style.transform = `translate(${event.clientX - start.x}px, ${event.clientY - start.y}px)`;
    mark(siblingAt(event, dragged));
  });
  handle.addEventListener('pointerup', () => {
    const dropped = target;
    end();
    if (dropped) onDrop(dropped);
  });
  handle.addEventListener('pointercancel', end);
}

/** The neighbour of an element under the pointer, which is under the carried element, too. */
function siblingAt({ clientX, clientY }: PointerEvent, element: HTMLElement): HTMLElement | null {
  const under = document.elementsFromPoint(clientX, clientY);
  const isNeighbour = (candidate: Element) =>
    candidate !== element && candidate.parentElement === element.parentElement;
  return (under.find(isNeighbour) as HTMLElement | undefined) ?? null;
}
