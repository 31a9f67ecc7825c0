/** dB at the empty and at the full end */
const LOWEST = -60;
const HIGHEST = 0;
/** dB per second by which a meter falls: fast enough to show single notes, slow enough to follow */
const FALL = 40;

/**
 * A bar as long as a level. It is a canvas, because a `<meter>` or a moved element makes the browser lay out the page again
 * on every animation frame: three of them cost a quarter of a core.
 */
export class LevelMeter {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #colour: string;
  #level = LOWEST;

  /** @param canvas  with the role `meter` */
  constructor(canvas: HTMLCanvasElement, colour: string) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d')!;
    this.#colour = colour;
    canvas.ariaValueMin = String(LOWEST);
    canvas.ariaValueMax = String(HIGHEST);
    this.#draw();
  }

  describe(name: string): void {
    this.#canvas.ariaLabel = `Level of ${name} in decibels`;
  }

  /**
   * @param level  in dB
   * @param elapsed  seconds since the last call
   */
  show(level: number, elapsed: number): void {
    const shown = Math.min(Math.max(level, this.#level - FALL * elapsed, LOWEST), HIGHEST);
    if (shown === this.#level) return;
    this.#level = shown;
    this.#draw();
  }

  #draw(): void {
    const { width, height } = this.#canvas;
    this.#context.clearRect(0, 0, width, height);
    this.#context.fillStyle = this.#colour;
    this.#context.fillRect(0, 0, (width * (this.#level - LOWEST)) / (HIGHEST - LOWEST), height);
    this.#canvas.ariaValueNow = this.#level.toFixed(0);
  }
}
