/** Empties a canvas. It is only sized anew where it has another size, since that gives it new memory. */
export function clear(canvas: HTMLCanvasElement, width: number, height: number): void {
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  else canvas.getContext('2d')!.clearRect(0, 0, width, height);
}
