import { within } from '../page/element.ts';

/** dB per second by which a meter falls: fast enough to show single notes, slow enough to follow */
const FALL = 40;

/**
 * A bar as long as a level in dB: a canvas, whose content is a `<meter>` for assistive technology. If that were visible, or
 * if the bar were an element that moves, the browser would lay out the page again on every animation frame: three of them
 * cost a quarter of a core.
 */
export class LevelMeter {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #meter: HTMLMeterElement;
  readonly #colour: string;

  constructor(canvas: HTMLCanvasElement, colour: string) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d')!;
    this.#meter = within(canvas, 'meter', HTMLMeterElement);
    this.#colour = colour;
  }

  describe(name: string): void {
    this.#meter.setAttribute('aria-label', `Level of ${name} in decibels`);
  }

  /** @param elapsed  seconds since the last call */
  show(level: number, elapsed: number): void {
    const { value: before, min } = this.#meter;
    this.#meter.value = Math.max(level, before - FALL * elapsed, min);
    if (this.#meter.value !== before) this.#draw();
  }

  #draw(): void {
    const { width, height } = this.#canvas;
    const { value, min, max } = this.#meter;
    this.#context.clearRect(0, 0, width, height);
    this.#context.fillStyle = this.#colour;
    this.#context.fillRect(0, 0, (width * (value - min)) / (max - min), height);
  }
}
