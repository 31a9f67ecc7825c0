/** 600 columns at 60 a second show ten seconds, the length of the node's rolling spectrogram. */
const COLUMNS = 600;
const COLUMNS_PER_SECOND = 60;

/** A canvas that scrolls to the left: the last ten seconds, one column for each 1/60 s. */
export class RollingCanvas {
  readonly height: number;
  readonly #context: CanvasRenderingContext2D;
  /** With reduced motion the canvas does not scroll: columns are overwritten from left to right. */
  readonly #still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  /** The newest column, counted from the start of the audio clock. */
  #newest = -1;

  constructor(canvas: HTMLCanvasElement) {
    canvas.width = COLUMNS;
    this.height = canvas.height;
    // Keep the canvas in main memory: WebKitGTK crashes when an accelerated canvas is drawn onto itself 60 times a second.
    this.#context = canvas.getContext('2d', { willReadFrequently: true })!;
  }

  /**
   * Scrolls to `time`, in seconds of the audio clock.
   *
   * @returns x positions of the columns to paint, left to right; empty when `time` is still in the newest column
   */
  advanceTo(time: number): number[] {
    const position = Math.floor(time * COLUMNS_PER_SECOND);
    const added = this.#newest < 0 ? 1 : Math.min(Math.max(position - this.#newest, 0), COLUMNS);
    this.#newest = Math.max(position, this.#newest);
    if (this.#still) return Array.from({ length: added }, (_, i) => (this.#newest - added + 1 + i + COLUMNS) % COLUMNS);
    if (added > 0) this.#scroll(added);
    return Array.from({ length: added }, (_, i) => COLUMNS - added + i);
  }

  /** x position of the newest column */
  get newestColumn(): number {
    return this.#still ? this.#newest % COLUMNS : COLUMNS - 1;
  }

  /** @param pixels  1 × `height` */
  paint(column: number, pixels: ImageData): void {
    this.#context.putImageData(pixels, column, 0);
  }

  /** Clears a column and paints a bar from its lower edge. */
  paintBar(column: number, height: number, colour: string): void {
    this.#context.clearRect(column, 0, 1, this.height);
    this.#context.fillStyle = colour;
    this.#context.fillRect(column, this.height - height, 1, height);
  }

  #scroll(columns: number): void {
    // `copy` also clears the new columns on the right.
    this.#context.globalCompositeOperation = 'copy';
    this.#context.drawImage(this.#context.canvas, -columns, 0);
    this.#context.globalCompositeOperation = 'source-over';
  }
}
