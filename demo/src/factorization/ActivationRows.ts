import { colourOf } from '../pictures/colours.ts';
import { clear } from './clear.ts';
import type { PicturedFactors } from './product.ts';

/** Pixels of a component's row. */
const LANE = 40;
/** How opaque the other components are while one is lit. */
const FAINT = 0.2;

/**
 * H above the picture, column by column: a row for each component. W and H share their scale in any way they like, so each
 * row is drawn as loud as its template makes it.
 */
export class ActivationRows {
  readonly #context: CanvasRenderingContext2D;

  constructor(canvas: HTMLCanvasElement) {
    this.#context = canvas.getContext('2d', { willReadFrequently: true })!;
  }

  paint({ templates, activations }: PicturedFactors, rows: number, lit: number | null): void {
    const count = templates.length / rows;
    const columns = activations.length / count;
    clear(this.#context.canvas, columns, LANE * count);
    const peaks = Float32Array.from({ length: count }, (_, k) => largestOf(templates, k * rows, rows));
    const highest = peaks.map((peak, k) => peak * largestOf(activations, k * columns, columns));
    const loudest = Math.max(...highest);
    for (let k = 0; k < count; k++) {
      this.#context.fillStyle = colourOf(k, lit === null || lit === k ? 1 : FAINT);
      for (let column = 0; column < columns; column++) {
        const height = ((LANE - 2) * peaks[k] * activations[k * columns + column]) / loudest;
        this.#context.fillRect(column, (k + 1) * LANE - height, 1, height);
      }
    }
  }
}

function largestOf(values: Float32Array, start: number, length: number): number {
  let largest = 0;
  for (let i = start; i < start + length; i++) largest = Math.max(largest, values[i]);
  return largest;
}
