import { RollingCanvas } from './RollingCanvas.ts';

/** A rolling bar chart of one component's levels. */
export class ActivationView {
  readonly #canvas: RollingCanvas;
  readonly #colour: string;
  #loudest = 0;

  constructor(canvas: HTMLCanvasElement, colour: string) {
    this.#canvas = new RollingCanvas(canvas);
    this.#colour = colour;
  }

  /**
   * @param time  in seconds of the audio clock
   * @param level  0…1
   */
  add(time: number, level: number): void {
    const added = this.#canvas.advanceTo(time);
    // Several frames can fall into one column, which shows their maximum.
    this.#loudest = added.length > 0 ? level : Math.max(this.#loudest, level);
    const height = this.#loudest * this.#canvas.height;
    for (const column of added.length > 0 ? added : [this.#canvas.newestColumn]) {
      this.#canvas.paintBar(column, height, this.#colour);
    }
  }
}
