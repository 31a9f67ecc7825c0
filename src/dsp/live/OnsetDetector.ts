import type { SpectrogramLayout } from '../transform/StftLayout.ts';
import { supportOf } from '../transform/window.ts';
import { Levels } from './Levels.ts';

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
  readonly #averaged: number;
  readonly #distance: number;
  readonly #onOnset: OnOnset;
  /** The newest amplitudes, frames × components, a ring. */
  readonly #amplitudes: Float32Array;
  readonly #frames: number;
  readonly #riseFrames: number;
  readonly #armed: Uint8Array;
  /** Frames since the last onset of each component. */
  readonly #since: Float64Array;
  #next = 0;

  constructor(components: number, layout: SpectrogramLayout, onOnset: OnOnset) {
    const framesOf = (seconds: number) => (seconds * layout.sampleRate) / layout.hopSize;
    this.#components = components;
    this.#levels = new Levels(components, layout);
    this.#averaged = Math.max(1, Math.round(framesOf(AVERAGED)));
    this.#riseFrames = Math.max(1, Math.round(framesOf(RISE_TIME)));
    this.#distance = framesOf(LEAST_DISTANCE);
    this.#onOnset = onOnset;
    this.#frames = this.#riseFrames + this.#averaged;
    this.#amplitudes = new Float32Array(this.#frames * components);
    this.#armed = new Uint8Array(components).fill(1);
    this.#since = new Float64Array(components).fill(Number.POSITIVE_INFINITY);
  }

  /** Another model is in force: what sounds from now on is no onset because it comes out elsewhere. */
  restart(taught?: ArrayLike<number>): void {
    this.#levels.restart(taught);
    this.#armed.fill(this.#next === 0 ? 1 : 0);
  }

  /** @param amplitudes of the next frame */
  next(amplitudes: Float32Array): void {
    this.#amplitudes.set(amplitudes, (this.#next % this.#frames) * this.#components);
    this.#levels.update(amplitudes);
    for (let k = 0; k < this.#components; k++) {
      const before = this.#level(k, this.#mean(k, this.#next - this.#riseFrames));
      const rise = this.#level(k, this.#mean(k, this.#next)) - before;
      this.#since[k]++;
      if (rise <= REARMED) this.#armed[k] = 1;
      if (rise <= RISE || !this.#armed[k]) continue;
      this.#armed[k] = 0;
      if (this.#since[k] < this.#distance) continue;
      this.#since[k] = 0;
      // The newest frame alone tells more of how strong it is than the average does.
      this.#onOnset(k, Math.min(1, Math.max(rise, this.#level(k, amplitudes[k]) - before)));
    }
    this.#next++;
  }

  #level(component: number, amplitude: number): number {
    return this.#levels.levelOf(component, amplitude);
  }

  /** The mean amplitude of some frames, the last of which is given. */
  #mean(component: number, last: number): number {
    let sum = 0;
    for (let t = Math.max(0, last - this.#averaged + 1); t <= last; t++) {
      sum += this.#amplitudes[(t % this.#frames) * this.#components + component];
    }
    return sum / this.#averaged;
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
