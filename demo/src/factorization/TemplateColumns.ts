import { colourOf } from '../pictures/colours.ts';
import { clear } from './clear.ts';
import { RANGE } from './DecibelPicture.ts';

/** Pixels of a component's column, for a sharp edge. */
const LANE = 48;
/** How opaque the other components are while one is lit. */
const FAINT = 0.2;

/** W beside the picture, row by row: a column for each component, in dB below its peak. */
export class TemplateColumns {
  readonly #context: CanvasRenderingContext2D;

  constructor(canvas: HTMLCanvasElement) {
    this.#context = canvas.getContext('2d', { willReadFrequently: true })!;
  }

  /** @param templates K × rows */
  paint(templates: Float32Array, rows: number, lit: number | null): void {
    const { canvas } = this.#context;
    const count = templates.length / rows;
    clear(canvas, LANE * count, rows);
    for (let k = 0; k < count; k++) {
      const template = templates.subarray(k * rows, (k + 1) * rows);
      const peak = template.reduce((largest, value) => Math.max(largest, value), 0);
      this.#context.fillStyle = colourOf(k, lit === null || lit === k ? 1 : FAINT);
      template.forEach((value, row) => {
        const level = 1 + (20 * Math.log10(value / peak)) / RANGE;
        if (level > 0) this.#context.fillRect(k * LANE, row, level * (LANE - 2), 1);
      });
    }
  }
}
