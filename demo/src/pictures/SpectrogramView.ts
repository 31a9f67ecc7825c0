import { COLOURS, colourMap } from './colourMap.ts';
import { loudestBetween } from './loudestBetween.ts';
import { RollingCanvas } from './RollingCanvas.ts';

/** Hz at the lower and the upper edge */
const LOWEST = 40;
const HIGHEST = 16_000;
/** dB re a full-scale sine, of the darkest and the brightest colour */
const DARKEST = -85;
const BRIGHTEST = -5;

/** A rolling spectrogram on a logarithmic frequency axis. */
export class SpectrogramView {
  readonly #canvas: RollingCanvas;
  readonly #pixels: ImageData;
  readonly #colours: Uint32Array;
  /** Colour map index of each row of the newest column, top to bottom */
  readonly #levels: Uint8ClampedArray;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = new RollingCanvas(canvas);
    this.#pixels = new ImageData(1, this.#canvas.height);
    this.#colours = new Uint32Array(this.#pixels.data.buffer);
    this.#levels = new Uint8ClampedArray(this.#canvas.height);
  }

  /** @param time  in seconds of the audio clock */
  add(time: number, magnitudes: Float32Array, sampleRate: number): void {
    const added = this.#canvas.advanceTo(time);
    // Several frames can fall into one column, which shows their maximum.
    if (added.length > 0) this.#levels.fill(0);
    for (let row = 0; row < this.#levels.length; row++) {
      const level = levelBetween(
        magnitudes,
        this.#binAt(row + 1, magnitudes, sampleRate),
        this.#binAt(row, magnitudes, sampleRate),
      );
      this.#levels[row] = Math.max(this.#levels[row], level);
      this.#colours[row] = colourMap[this.#levels[row]];
    }
    for (const column of added.length > 0 ? added : [this.#canvas.newestColumn]) {
      this.#canvas.paint(column, this.#pixels);
    }
  }

  /** The fractional bin at the upper edge of a row */
  #binAt(row: number, magnitudes: Float32Array, sampleRate: number): number {
    const frequency = HIGHEST * (LOWEST / HIGHEST) ** (row / this.#levels.length);
    return Math.min((2 * frequency * (magnitudes.length - 1)) / sampleRate, magnitudes.length - 1);
  }
}

/** Colour map index of the loudest value between the fractional bins `low` and `high` */
function levelBetween(magnitudes: Float32Array, low: number, high: number): number {
  // A full-scale sine under a Hann window has a peak of fftSize/4 (Harris, Proc. IEEE 66(1), 1978, coherent gain ½).
  const amplitude = (2 * loudestBetween(magnitudes, low, high)) / (magnitudes.length - 1);
  const decibels = 20 * Math.log10(amplitude + 1e-9);
  return ((COLOURS - 1) * (decibels - DARKEST)) / (BRIGHTEST - DARKEST);
}
