import type { SpectrogramLayout } from '../transform/StftLayout.ts';
import { clipMagnitudes } from './clipMagnitudes.ts';
import { isSpectrogram, type LearningClip, type Sound } from './clips.ts';

/** Frames that are looked at, or up to twice as many: enough to tell where a template lies. */
const FRAMES = 300;
/** Of what is in the middle, and of what never sounds. */
const MIDDLE = 0.5;

/** What was learned from a clip. */
interface Taught {
  /** templates × bins, row-major */
  readonly templates: Float32Array;
  /** frames × templates, row-major */
  readonly activations: Float32Array;
  readonly frames: number;
}

export function isStereoSound(clip: LearningClip | null): clip is Sound {
  return clip !== null && !isSpectrogram(clip) && clip.channels.length === 2;
}

/**
 * The left channel's part of each template: each channel's magnitudes go to the templates as those of the mixture do, by
 * W_r·h_r / W·h.
 */
export function panningOf({ channels, sampleRate }: Sound, layout: SpectrogramLayout, taught: Taught): Float32Array {
  const { templates, activations, frames } = taught;
  const count = activations.length / frames;
  const bins = templates.length / count;
  const [left, right] = channels.map((samples) => clipMagnitudes({ channels: [samples], sampleRate }, layout).values);
  const lefts = new Float64Array(count);
  const rights = new Float64Array(count);
  const approximation = new Float64Array(bins);
  const step = Math.max(1, Math.floor(frames / FRAMES));
  for (let t = 0; t < frames; t += step) {
    const h = activations.subarray(t * count, (t + 1) * count);
    approximation.fill(0);
    eachSounding(h, (r) => {
      for (let f = 0; f < bins; f++) approximation[f] += h[r] * templates[r * bins + f];
    });
    eachSounding(h, (r) => {
      for (let f = 0; f < bins; f++) {
        if (!(approximation[f] > 0)) continue;
        const share = (h[r] * templates[r * bins + f]) / approximation[f];
        lefts[r] += share * left[t * bins + f];
        rights[r] += share * right[t * bins + f];
      }
    });
  }
  return Float32Array.from(lefts, (value, r) => (value + rights[r] > 0 ? value / (value + rights[r]) : MIDDLE));
}

function eachSounding(h: Float32Array, use: (r: number) => void): void {
  for (let r = 0; r < h.length; r++) if (h[r] > 0) use(r);
}
