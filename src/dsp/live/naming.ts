import { type LiveLayout, WORKER_ALLOWANCE } from './LiveLayout.ts';
import { isLowLatency } from './latencyModes.ts';

/**
 * A dictionary with shifted copies is too large to be solved for every short frame on the audio thread, or for the two
 * channels of a frame. So frames are solved in full where there is time for it, some of them and in low latency some time
 * later; that names the copies that sound. Each frame is solved over these and the taught templates: notes last longer than
 * the delay.
 */

/** Copies that may be named at a time. */
export const NAMED_COPIES = 40;

/** In low latency, samples from a frame that names to the first that uses it: as long as the worker has for its answers. */
const DELAY = WORKER_ALLOWANCE;
/** Samples from one frame that names to the next. */
const SPACING = 512;
/** Stands in a list where no more copies sound; sorts last. */
export const NO_NAME = Number.POSITIVE_INFINITY;

/** Whether frames of a layout are activated by named copies wherever they are: on the audio thread and offline. */
export function namesCopies({ window }: LiveLayout): boolean {
  return isLowLatency(window);
}

/** Whether a frame names copies. */
export function isNaming(sequence: number, hopSize: number): boolean {
  return sequence % namingSpacing(hopSize) === 0;
}

/** The frame that names the copies for another; below 0 where there is none yet. */
export function namingFrame(sequence: number, { hopSize, window }: LiveLayout): number {
  const spacing = namingSpacing(hopSize);
  // Elsewhere a frame waits for the worker itself.
  const delay = isLowLatency(window) ? Math.ceil(DELAY / hopSize) : 0;
  return Math.floor((sequence - delay) / spacing) * spacing;
}

/** Frames from one that names to the next. */
export function namingSpacing(hopSize: number): number {
  return Math.max(1, SPACING / hopSize);
}

/** How a copy is forgotten from one frame that names to the next: one that is masked for a moment stays named. */
const MEMORY = 0.9;

/** What sounds, or sounded a moment ago. Any thread; allocates nothing. @param levels one a template, renewed */
export function renewLevels(levels: Float32Array, h: Float32Array): void {
  for (let r = 0; r < h.length; r++) levels[r] = Math.max(h[r], MEMORY * levels[r]);
}

/**
 * Fills `names` with the indexes of the loudest copies, ascending, and `NO_NAME` for each place that is left. Any thread;
 * allocates nothing.
 *
 * @param levels of the whole dictionary, the taught templates first
 */
export function nameLoudest(levels: Float32Array, taught: number, names: Float32Array): void {
  names.fill(NO_NAME);
  let count = 0;
  for (let r = taught; r < levels.length; r++) {
    if (!(levels[r] > 0)) continue;
    // Insertion into a list that falls; the quietest drops out of a full one.
    let place = count;
    while (place > 0 && levels[r] > levels[names[place - 1]]) place--;
    if (place === names.length) continue;
    names.copyWithin(place + 1, place, names.length - 1);
    names[place] = r;
    count = Math.min(count + 1, names.length);
  }
  // As the whole dictionary has them: coordinate descent ends up elsewhere in another order.
  names.sort();
}
