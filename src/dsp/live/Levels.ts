import type { SpectrogramLayout } from '../transform/StftLayout.ts';
import { fullScale } from '../transform/window.ts';

/** Seconds in which the loudest that was heard of a component is forgotten by half: after ten, 12 dB less is full level. */
const HALF_LIFE = 5;
/** How far below its taught level a component may be and still reach full level; anything softer never does. */
const RANGE = 32;
/** Without a taught level: that of a sine, relative to full scale. */
const SOFTEST_FULL_LEVEL = 1e-3;
/** The level of an amplitude a is SCALE · log(1 + COMPRESSION · a / that of full level). */
export const COMPRESSION = 10;
export const SCALE = 1 / Math.log1p(COMPRESSION);

/**
 * The levels of the components' streams, from 0 to 1: amplitudes against the largest, compressed by a logarithm. The largest
 * is the one it was taught with, until a larger one is heard, and is slowly forgotten; so levels can be compared between
 * components, models and sounds. An amplitude is the sum over the bins of mask·|X|. Any thread; allocates nothing once made.
 */
export class Levels {
  /** Of the frame before, one a component. */
  readonly values: Float32Array;
  /** The amplitudes of full level, one a component. */
  readonly largest: Float64Array;
  readonly #least: Float64Array;
  readonly #softest: number;
  /** By which the largest amplitude is forgotten from one frame to the next. */
  readonly #decay: number;

  constructor(components: number, layout: SpectrogramLayout) {
    this.values = new Float32Array(components);
    this.largest = new Float64Array(components);
    this.#least = new Float64Array(components);
    this.#decay = 0.5 ** (layout.hopSize / layout.sampleRate / HALF_LIFE);
    this.#softest = SOFTEST_FULL_LEVEL * fullScale(layout);
    this.restart();
  }

  /** @param taught the largest amplitude of each component that it was learned from; 0 where unknown */
  restart(taught: ArrayLike<number> = []): void {
    for (let k = 0; k < this.largest.length; k++) {
      this.#least[k] = taught[k] > 0 ? taught[k] / RANGE : this.#softest;
      this.largest[k] = taught[k] > 0 ? taught[k] : this.#softest;
    }
  }

  /** The next frame. Numbers that pass between functions may be allocated, so this one calls none of its own. */
  update(amplitudes: Float32Array): void {
    for (let k = 0; k < amplitudes.length; k++) {
      const largest = Math.max(amplitudes[k], this.#least[k], this.#decay * this.largest[k]);
      this.largest[k] = largest;
      this.values[k] = SCALE * Math.log1p((COMPRESSION * amplitudes[k]) / largest);
    }
  }
}
