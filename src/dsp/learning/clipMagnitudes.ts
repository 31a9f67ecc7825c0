import type { Sound, Spectrogram } from '../../protocol/protocol.ts';
import { resample } from '../transform/resample.ts';
import { eachSpectrum, frameCount } from '../transform/stft.ts';
import type { WindowName } from '../transform/window.ts';

export interface Magnitudes {
  /** frames × bins, row-major */
  readonly values: Float32Array;
  readonly frames: number;
}

/** What the magnitudes are to be like. */
export interface MagnitudeLayout {
  readonly sampleRate: number;
  readonly fftSize: number;
  readonly hopSize: number;
  readonly window: string;
}

/** |X| averaged over the channels, at the rate and with the window of a model. */
export function clipMagnitudes(clip: Sound | Spectrogram, layout: MagnitudeLayout): Magnitudes {
  if ('magnitudes' in clip) return { values: clip.magnitudes, frames: clip.frames };
  const { fftSize, hopSize } = layout;
  const bins = fftSize / 2 + 1;
  const channels = clip.channels.map((samples) => resample(samples, clip.sampleRate, layout.sampleRate));
  const frames = frameCount(channels[0].length, fftSize, hopSize);
  const values = new Float32Array(frames * bins);
  // Frame by frame: the complex spectrogram of a song would not fit beside the others.
  for (const samples of channels) {
    eachSpectrum(samples, { fftSize, hopSize, window: layout.window as WindowName }, (t, { re, im }) => {
      for (let f = 0; f < bins; f++) values[t * bins + f] += Math.sqrt(re[f] * re[f] + im[f] * im[f]);
    });
  }
  for (let i = 0; i < values.length; i++) values[i] /= channels.length;
  return { values, frames };
}
