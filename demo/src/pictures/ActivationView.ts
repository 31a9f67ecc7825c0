import { RollingCanvas } from './RollingCanvas.ts';

/** Factor by which the peak, and so the vertical scale, decays each second */
const PEAK_DECAY = 0.93;

/** A rolling bar chart of one component's activations, scaled to their recent peak. */
export class ActivationView {
  readonly #canvas: RollingCanvas;
  readonly #colour: string;
  #peak = 1e-9;
  #lastTime = 0;
  #loudest = 0;

  constructor(canvas: HTMLCanvasElement, colour: string) {
    this.#canvas = new RollingCanvas(canvas);
    this.#colour = colour;
  }

  /** @param time  in seconds of the audio clock */
  add(time: number, activation: number): void {
    const elapsed = Math.max(time - this.#lastTime, 0);
    this.#lastTime = time;
    this.#peak = Math.max(this.#peak * PEAK_DECAY ** elapsed, activation, 1e-9);
    const added = this.#canvas.advanceTo(time);
    // Several frames can fall into one column, which shows their maximum.
    this.#loudest = added.length > 0 ? activation : Math.max(this.#loudest, activation);
    // The square root shows quiet notes beside loud ones.
    const height = Math.sqrt(this.#loudest / this.#peak) * this.#canvas.height;
    for (const column of added.length > 0 ? added : [this.#canvas.newestColumn]) {
      this.#canvas.paintBar(column, height, this.#colour);
    }
  }
}
