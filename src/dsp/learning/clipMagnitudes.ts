import { forEachSpectrum } from '../transform/forEachSpectrum.ts';
import { resample } from '../transform/resample.ts';
import { binsOf, frameCount, type SpectrogramLayout } from '../transform/StftLayout.ts';
import { isSpectrogram, type LearningClip } from './clips.ts';

/** V, as it is learned from. */
export interface Magnitudes {
  /** frames × bins, row-major */
  readonly values: Float32Array;
  readonly frames: number;
}

/** |X| averaged over the channels, at the rate and with the window of a model. */
export function clipMagnitudes(clip: LearningClip, layout: SpectrogramLayout): Magnitudes {
  if (isSpectrogram(clip)) return { values: clip.magnitudes, frames: clip.frames };
  const bins = binsOf(layout);
  const channels = clip.channels.map((samples) => resample(samples, clip.sampleRate, layout.sampleRate));
  const frames = frameCount(channels[0].length, layout);
  const values = new Float32Array(frames * bins);
  // Frame by frame: the complex spectrogram of a song would not fit beside the others.
  for (const samples of channels) {
    forEachSpectrum(samples, layout, true, (t, { re, im }) => {
      for (let f = 0; f < bins; f++) values[t * bins + f] += Math.sqrt(re[f] * re[f] + im[f] * im[f]);
    });
  }
  for (let i = 0; i < values.length; i++) values[i] /= channels.length;
  return { values, frames };
}
