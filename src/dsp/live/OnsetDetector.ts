import type { SpectrogramLayout } from '../transform/StftLayout.ts';
import { supportOf } from '../transform/window.ts';
import { COMPRESSION, Levels, SCALE } from './Levels.ts';

/** How much the level of a stream rises at an onset, and by how much less before there can be another. */
const RISE = 0.15;
const REARMED = 0.05;
/** Seconds over which it rises. */
const RISE_TIME = 0.02;
/** Seconds over which amplitudes are averaged: short hops let them flicker. */
const AVERAGED = 0.009;
/** Seconds between two onsets of a component, at least. */
const LEAST_DISTANCE = 0.05;
/** How far before the end of the frame that tells it an onset lies, in the median, as a part of the synthesis window. */
const FOUND_AFTER = 0.45;
/** Seconds in which a program can still prepare for an onset, where the latency gives as much. */
const WARNING = 0.02;

/** @param strength from 0 to 1 */
export type OnOnset = (component: number, strength: number) => void;

/**
 * Tells when a component starts to sound: when the level of its stream has risen by enough in a short time. Of what was
 * tried on taught mixtures (levels, spectral flux under the mask, and both), this found the most onsets. Any thread;
 * allocates nothing once made.
 */
export class OnsetDetector {
  readonly #components: number;
  readonly #levels: Levels;
  readonly #onOnset: OnOnset;
  /** Frames that are averaged, and over which a level rises. */
  readonly #averagedFrames: number;
  readonly #riseFrames: number;
  /** Rings of frames × components: the newest amplitudes, and the newest averages of them. */
  readonly #amplitudes: Float32Array;
  readonly #averages: Float32Array;
  readonly #armed: Uint8Array;
  /** Frames from one onset of a component to the next, at least; and since its last one. */
  readonly #leastFrames: number;
  readonly #since: Float64Array;
  /** Frames so far. */
  #count = 0;

  constructor(components: number, layout: SpectrogramLayout, onOnset: OnOnset) {
    const framesOf = (seconds: number) => (seconds * layout.sampleRate) / layout.hopSize;
    this.#components = components;
    this.#levels = new Levels(components, layout);
    this.#onOnset = onOnset;
    this.#averagedFrames = Math.max(1, Math.round(framesOf(AVERAGED)));
    this.#riseFrames = Math.max(1, Math.round(framesOf(RISE_TIME)));
    this.#leastFrames = Math.ceil(framesOf(LEAST_DISTANCE));
    this.#amplitudes = new Float32Array(this.#averagedFrames * components);
    this.#averages = new Float32Array((this.#riseFrames + 1) * components);
    this.#armed = new Uint8Array(components).fill(1);
    this.#since = new Float64Array(components).fill(Number.POSITIVE_INFINITY);
  }

  /** Another model is in force: what sounds from now on is no onset because it comes out elsewhere. */
  restart(taught?: ArrayLike<number>): void {
    this.#levels.restart(taught);
    this.#armed.fill(this.#count === 0 ? 1 : 0);
  }

  /**
   * The next frame. Numbers that pass between functions may be allocated, so none do but those of an onset.
   *
   * @param amplitudes Σ mask·|X| of each component's stream
   */
  next(amplitudes: Float32Array): void {
    this.#levels.update(amplitudes);
    this.#average(amplitudes);
    const { largest } = this.#levels;
    const now = (this.#count % (this.#riseFrames + 1)) * this.#components;
    // In the ring, the frame after the newest is the oldest.
    const before = ((this.#count + 1) % (this.#riseFrames + 1)) * this.#components;
    for (let k = 0; k < this.#components; k++) {
      const factor = COMPRESSION / largest[k];
      const past = Math.log1p(factor * this.#averages[before + k]);
      const rise = SCALE * (Math.log1p(factor * this.#averages[now + k]) - past);
      this.#since[k]++;
      if (rise <= REARMED) this.#armed[k] = 1;
      if (rise <= RISE || this.#armed[k] === 0) continue;
      this.#armed[k] = 0;
      if (this.#since[k] < this.#leastFrames) continue;
      this.#since[k] = 0;
      // The newest frame alone tells more of how strong it is than the average does.
      const newest = SCALE * (Math.log1p(factor * amplitudes[k]) - past);
      this.#onOnset(k, Math.min(1, Math.max(rise, newest)));
    }
    this.#count++;
  }

  #average(amplitudes: Float32Array): void {
    const components = this.#components;
    this.#amplitudes.set(amplitudes, (this.#count % this.#averagedFrames) * components);
    const now = (this.#count % (this.#riseFrames + 1)) * components;
    for (let k = 0; k < components; k++) {
      let sum = 0;
      for (let t = 0; t < this.#averagedFrames; t++) sum += this.#amplitudes[t * components + k];
      this.#averages[now + k] = sum / this.#averagedFrames;
    }
  }
}

/**
 * How far before the end of a frame that tells an onset this began, in samples: what it is in the median, but so that it
 * can be told before it is heard.
 *
 * @param latency samples from input to output
 */
export function onsetLead({ fftSize, window, sampleRate }: SpectrogramLayout, latency: number): number {
  const found = FOUND_AFTER * supportOf({ fftSize, window });
  return Math.max(0, Math.min(found, latency - WARNING * sampleRate));
}
