import { within } from '../page/element.ts';

/** dB per second by which a meter falls: fast enough to show single notes, slow enough to follow */
const FALL = 40;
/** Seconds after which assistive technology is told the level again */
const TELLING_INTERVAL = 0.1;

/**
 * A bar as long as a level in dB: a canvas, whose content is a `<meter>` for assistive technology. A visible `<meter>`, or an
 * element that is moved, would make the browser style and lay out the page on every animation frame: three of them cost a
 * quarter of a core.
 */
export class LevelMeter {
  readonly #context: CanvasRenderingContext2D;
  readonly #meter: HTMLMeterElement;
  #level: number;
  /** Seconds since the level was told */
  #sinceTold = 0;

  constructor(canvas: HTMLCanvasElement, colour: string) {
    this.#context = canvas.getContext('2d')!;
    this.#context.fillStyle = colour;
    this.#meter = within(canvas, 'meter', HTMLMeterElement);
    this.#level = this.#meter.min;
  }

  describe(name: string): void {
    this.#meter.setAttribute('aria-label', `Level of ${name} in decibels`);
  }

  /** @param elapsed  seconds since the last call */
  show(level: number, elapsed: number): void {
    const before = this.#level;
    this.#level = Math.max(level, before - FALL * elapsed, this.#meter.min);
    if (this.#level !== before) this.#draw();
    this.#sinceTold += elapsed;
    if (this.#sinceTold < TELLING_INTERVAL) return;
    this.#sinceTold = 0;
    this.#meter.value = this.#level;
  }

  #draw(): void {
    const { width, height } = this.#context.canvas;
    const { min, max } = this.#meter;
    this.#context.clearRect(0, 0, width, height);
    this.#context.fillRect(0, 0, (width * (this.#level - min)) / (max - min), height);
  }
}
