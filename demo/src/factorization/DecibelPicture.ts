import { COLOURS, colourMap } from '../pictures/colourMap.ts';
import type { PictureShape } from './worker/PictureGrid.ts';

/** dB below the brightest colour, of the darkest one. */
export const RANGE = 60;
/** Keeps the logarithm of silence finite. */
const SILENCE = 1e-30;
const COLOURS_PER_OCTAVE = ((COLOURS - 1) * 20 * Math.log10(2)) / RANGE;
/** How bright what is not lit still is, so that one sees what the lit layer is a part of. */
const GHOST = 0.5;

const ghostMap = colourMap.map(greyOf);

/** Magnitudes as colours. All pictures of one clip have the same loudest value, so the same colour means the same level. */
export class DecibelPicture {
  readonly #context: CanvasRenderingContext2D;
  #image = new ImageData(1, 1);
  #pixels = new Uint32Array(1);
  #loudest = 1;

  constructor(canvas: HTMLCanvasElement) {
    // Drawn pixel by pixel, which a canvas in main memory does best.
    this.#context = canvas.getContext('2d', { willReadFrequently: true })!;
  }

  /** @param loudest the magnitude of the brightest colour */
  fit({ rows, columns }: PictureShape, loudest: number): void {
    Object.assign(this.#context.canvas, { width: columns, height: rows });
    this.#image = new ImageData(columns, rows);
    this.#pixels = new Uint32Array(this.#image.data.buffer);
    this.#loudest = loudest;
  }

  /** @param magnitudes rows × columns */
  paint(magnitudes: Float32Array): void {
    for (let i = 0; i < this.#pixels.length; i++) this.#pixels[i] = colourMap[this.#levelOf(magnitudes[i])];
    this.#context.putImageData(this.#image, 0, 0);
  }

  /** A layer in colours, over what it is a part of in grey: the brighter of both. */
  paintLayer(layer: Float32Array, whole: Float32Array): void {
    for (let i = 0; i < this.#pixels.length; i++) {
      this.#pixels[i] = brighter(colourMap[this.#levelOf(layer[i])], ghostMap[this.#levelOf(whole[i])]);
    }
    this.#context.putImageData(this.#image, 0, 0);
  }

  /** Entry of the colour map. */
  #levelOf(magnitude: number): number {
    const level = COLOURS - 1 + COLOURS_PER_OCTAVE * Math.log2(magnitude / this.#loudest + SILENCE);
    return level > 0 ? Math.min(COLOURS - 1, Math.floor(level)) : 0;
  }
}

function greyOf(pixel: number): number {
  const [red, green, blue] = [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
  const grey = Math.round(GHOST * (0.3 * red + 0.6 * green + 0.1 * blue));
  return ((pixel & 0xff000000) | (grey << 16) | (grey << 8) | grey) >>> 0;
}

/** Channel by channel; both are opaque. */
function brighter(a: number, b: number): number {
  const low = Math.max(a & 0xff, b & 0xff);
  const middle = Math.max(a & 0xff00, b & 0xff00);
  const high = Math.max(a & 0xff0000, b & 0xff0000);
  return ((a & 0xff000000) | high | middle | low) >>> 0;
}
