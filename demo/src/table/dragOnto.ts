/**
 * Makes `dragged` draggable by its handle, with mouse, pen or finger. Calls `onDrop` with the sibling element that is
 * under the pointer when it is released.
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

/** The sibling of `element` under the pointer. It may be covered by `element`, so all elements there are searched. */
function siblingAt({ clientX, clientY }: PointerEvent, element: HTMLElement): HTMLElement | null {
  const under = document.elementsFromPoint(clientX, clientY);
  const isSibling = (candidate: Element) => candidate !== element && candidate.parentElement === element.parentElement;
  return (under.find(isSibling) as HTMLElement | undefined) ?? null;
}
