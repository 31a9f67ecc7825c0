import { within } from '../page/element.ts';

/** dB per second by which a meter falls: fast enough to show single notes, slow enough to follow */
const FALL = 40;
/** Seconds after which assistive technology is told the level again */
const TELLING_INTERVAL = 0.1;

/**
 * A bar as long as a level in dB: a canvas, whose content is a `<meter>` for assistive technology. If that were visible, if
 * the bar were an element that moves, or if either changed on every animation frame, the browser would lay out the page again
 * each time: three bars cost a quarter of a core.
 */
export class LevelMeter {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #meter: HTMLMeterElement;
  readonly #colour: string;
  readonly #lowest: number;
  readonly #range: number;
  #level: number;
  /** Seconds since the level was told */
  #sinceTold = 0;

  constructor(canvas: HTMLCanvasElement, colour: string) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d')!;
    this.#meter = within(canvas, 'meter', HTMLMeterElement);
    this.#colour = colour;
    const { min, max } = this.#meter;
    this.#lowest = min;
    this.#range = max - min;
    this.#level = min;
  }

  describe(name: string): void {
    this.#meter.setAttribute('aria-label', `Level of ${name} in decibels`);
  }

  /** @param elapsed  seconds since the last call */
  show(level: number, elapsed: number): void {
    const before = this.#level;
    this.#level = Math.max(level, before - FALL * elapsed, this.#lowest);
    if (this.#level !== before) this.#draw();
    this.#sinceTold += elapsed;
    if (this.#sinceTold < TELLING_INTERVAL) return;
    this.#sinceTold = 0;
    this.#meter.value = this.#level;
  }

  #draw(): void {
    const { width, height } = this.#canvas;
    this.#context.clearRect(0, 0, width, height);
    this.#context.fillStyle = this.#colour;
    this.#context.fillRect(0, 0, (width * (this.#level - this.#lowest)) / this.#range, height);
  }
}
