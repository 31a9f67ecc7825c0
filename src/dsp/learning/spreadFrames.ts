import { binsOf } from '../transform/StftLayout.ts';
import type { Magnitudes } from './clipMagnitudes.ts';
import type { LearnRequest } from './LearnRequest.ts';

/** From one frame to the next, as a part of fftSize: those in between tell little more. */
const SPACING = 3 / 4;
/** Where the clip has as many. */
const FRAMES = { least: 256, most: 2048 } as const;

/** Frames of a clip, evenly spread over all of it: what is not yet the last word is learned from them in less time. */
export function spreadFrames({ fftSize, hopSize }: LearnRequest, { values, frames }: Magnitudes): Magnitudes {
  const bins = binsOf({ fftSize });
  const spaced = Math.ceil((frames * hopSize) / (SPACING * fftSize));
  const count = Math.min(frames, FRAMES.most, Math.max(FRAMES.least, spaced));
  const chosen = new Float32Array(count * bins);
  for (let i = 0; i < count; i++) {
    const t = Math.floor((i * frames) / count);
    chosen.set(values.subarray(t * bins, (t + 1) * bins), i * bins);
  }
  return { values: chosen, frames: count };
}
