/** Columns a canvas shows, and how many of them make a second: ten seconds, as long as the rolling spectrogram. */
const COLUMNS = 600;
const COLUMNS_PER_SECOND = 60;

/** A picture of the last ten seconds, a column for each sixtieth. */
export class RollingCanvas {
  readonly height: number;
  readonly #context: CanvasRenderingContext2D;
  /** Whether the picture stands and is painted over from left to right, for those whom motion disturbs. */
  readonly #still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  /** The newest column, counted from the start of the audio clock. */
  #newest = -1;

  constructor(canvas: HTMLCanvasElement) {
    canvas.width = COLUMNS;
    this.height = canvas.height;
    // Kept in plain memory: WebKitGTK crashes on canvases that are drawn onto themselves sixty times a second elsewhere.
    this.#context = canvas.getContext('2d', { willReadFrequently: true })!;
  }

  /**
   * Moves on to `time`, in seconds of the audio clock.
   *
   * @returns where the columns since the last call begin, left to right; none when it falls into the newest one
   */
  advanceTo(time: number): number[] {
    const position = Math.floor(time * COLUMNS_PER_SECOND);
    const added = this.#newest < 0 ? 1 : Math.min(Math.max(position - this.#newest, 0), COLUMNS);
    this.#newest = Math.max(position, this.#newest);
    if (this.#still) return Array.from({ length: added }, (_, i) => (this.#newest - added + 1 + i + COLUMNS) % COLUMNS);
    if (added > 0) this.#scroll(added);
    return Array.from({ length: added }, (_, i) => COLUMNS - added + i);
  }

  /** Where the newest column is. */
  get newestColumn(): number {
    return this.#still ? this.#newest % COLUMNS : COLUMNS - 1;
  }

  /** Paints one column; it is `height` pixels high. */
  paint(column: number, pixels: ImageData): void {
    this.#context.putImageData(pixels, column, 0);
  }

  /** Paints a bar that stands on the lower edge, over an empty column. */
  paintBar(column: number, height: number, colour: string): void {
    this.#context.clearRect(column, 0, 1, this.height);
    this.#context.fillStyle = colour;
    this.#context.fillRect(column, this.height - height, 1, height);
  }

  #scroll(columns: number): void {
    // `copy` leaves the columns that come in empty.
    this.#context.globalCompositeOperation = 'copy';
    this.#context.drawImage(this.#context.canvas, -columns, 0);
    this.#context.globalCompositeOperation = 'source-over';
  }
}
