/** The size of a picture. A short clip has a column a frame. */
const ROWS = 160;
const MOST_COLUMNS = 400;
/** Hz at the lower edge, and at most at the upper one. */
const LOWEST = 40;
const HIGHEST = 16_000;

/** Where a picture's edges are. */
export interface PictureShape {
  readonly rows: number;
  readonly columns: number;
  /** Hz, of the lower and the upper edge; the rows between them are logarithmic. */
  readonly lowest: number;
  readonly highest: number;
  /** At the right edge. */
  readonly seconds: number;
}

/** What is drawn on the grid: frames × bins. */
export interface SpectrogramShape {
  readonly frames: number;
  readonly bins: number;
  /** Hz */
  readonly sampleRate: number;
  /** Samples from one frame to the next. */
  readonly hopSize: number;
}

/**
 * Takes matrices to the resolution of a picture by means alone: of the bins in a row, and of the frames in a column. Means
 * are linear, so the picture of W times the picture of H is exactly the picture of W·H.
 */
export class PictureGrid implements PictureShape {
  readonly rows = ROWS;
  readonly columns: number;
  readonly lowest = LOWEST;
  readonly highest: number;
  readonly seconds: number;
  readonly #bins: number;
  /** First bin of every row from the top down, and the one after the last. */
  readonly #bands: readonly (readonly [number, number])[];
  /** First frame of every column, and the one after the last. */
  readonly #spans: readonly (readonly [number, number])[];

  constructor({ frames, bins, sampleRate, hopSize }: SpectrogramShape) {
    this.columns = Math.min(MOST_COLUMNS, frames);
    this.highest = Math.min(HIGHEST, sampleRate / 2);
    this.seconds = (frames * hopSize) / sampleRate;
    this.#bins = bins;
    const binOf = (row: number) => this.#frequencyAt(row) / (sampleRate / 2 / (bins - 1));
    this.#bands = Array.from({ length: ROWS }, (_, row) => bandBetween(binOf(row + 1), binOf(row), bins));
    this.#spans = Array.from({ length: this.columns }, (_, column) => [
      Math.floor((column * frames) / this.columns),
      Math.floor(((column + 1) * frames) / this.columns),
    ]);
  }

  /** @param V frames × bins @returns rows × columns, the highest frequencies first */
  picture(V: Float32Array): Float32Array {
    const picture = new Float32Array(ROWS * this.columns);
    this.#spans.forEach(([first, end], column) => {
      for (let t = first; t < end; t++) {
        const means = this.#rowsOf(V.subarray(t * this.#bins, (t + 1) * this.#bins));
        for (let row = 0; row < ROWS; row++) picture[row * this.columns + column] += means[row] / (end - first);
      }
    });
    return picture;
  }

  /** @param templates K × bins @returns K × rows */
  templates(templates: Float32Array): Float32Array {
    const count = templates.length / this.#bins;
    const pictured = new Float32Array(count * ROWS);
    for (let k = 0; k < count; k++) {
      pictured.set(this.#rowsOf(templates.subarray(k * this.#bins, (k + 1) * this.#bins)), k * ROWS);
    }
    return pictured;
  }

  /** @param activations frames × K @returns K × columns */
  activations(activations: Float32Array, count: number): Float32Array {
    const pictured = new Float32Array(count * this.columns);
    this.#spans.forEach(([first, end], column) => {
      for (let t = first; t < end; t++) {
        for (let k = 0; k < count; k++)
          pictured[k * this.columns + column] += activations[t * count + k] / (end - first);
      }
    });
    return pictured;
  }

  #rowsOf(spectrum: Float32Array): Float64Array {
    return Float64Array.from(this.#bands, ([first, end]) => {
      let sum = 0;
      for (let f = first; f < end; f++) sum += spectrum[f];
      return sum / (end - first);
    });
  }

  /** Hz at the upper edge of a row. */
  #frequencyAt(row: number): number {
    return this.highest * (this.lowest / this.highest) ** (row / ROWS);
  }
}

/** The bins between two fractional ones, or the nearest to their middle. */
function bandBetween(low: number, high: number, bins: number): readonly [number, number] {
  const first = Math.ceil(low);
  const end = Math.min(Math.ceil(high), bins);
  if (end > first) return [first, end];
  const nearest = Math.min(Math.round(Math.sqrt(low * high)), bins - 1);
  return [nearest, nearest + 1];
}
