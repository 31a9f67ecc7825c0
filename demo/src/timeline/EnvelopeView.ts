import type { Region } from './Region.ts';

/** Widths of a bar and of the gap after it, in CSS pixels */
const BAR = 2;
const GAP = 1;
/** Height of a bar of silence, in CSS pixels */
const LEAST = 1;

/** A picture of how loud a recording is over time; the region to learn from is in the page's accent. */
export class EnvelopeView {
  readonly #canvas: HTMLCanvasElement;
  #peaks: Float32Array = new Float32Array(0);
  #region: Region = { from: 0, to: 1 };
  #size = { width: 0, height: 0 };

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw());
  }

  /** @param peaks  evenly spread over the recording */
  setPeaks(peaks: Float32Array): void {
    this.#peaks = peaks;
    this.#draw();
  }

  /** @param region  as fractions of the recording */
  setRegion(region: Region): void {
    this.#region = region;
    this.#draw();
  }

  resize(width: number, height: number): void {
    this.#size = { width, height };
    this.#canvas.width = Math.round(width * devicePixelRatio);
    this.#canvas.height = Math.round(height * devicePixelRatio);
    this.#draw();
  }

  #draw(): void {
    const { width, height } = this.#size;
    const context = this.#canvas.getContext('2d')!;
    const { color, accentColor } = getComputedStyle(this.#canvas);
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, width, height);
    const loudest = this.#peaks.reduce((most, peak) => Math.max(most, peak), 0);
    for (let x = 0; x < width; x += BAR + GAP) {
      const level = loudest > 0 ? this.#peakBetween(x / width, (x + BAR + GAP) / width) / loudest : 0;
      const bar = Math.max(LEAST, level * height);
      const inside = x >= this.#region.from * width - BAR && x <= this.#region.to * width;
      context.fillStyle = inside ? accentColor : color;
      context.fillRect(x, (height - bar) / 2, BAR, bar);
    }
  }

  #peakBetween(from: number, to: number): number {
    const first = Math.floor(from * this.#peaks.length);
    return this.#peaks
      .subarray(first, Math.max(first + 1, to * this.#peaks.length))
      .reduce((a, b) => Math.max(a, b), 0);
  }
}
