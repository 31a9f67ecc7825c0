import { resample } from '../dsp/resample.ts';
import { frameCount, stft } from '../dsp/stft.ts';
import type { WindowName } from '../dsp/window.ts';
import type { Sound, Spectrogram } from '../protocol.ts';

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

/** Frames that are transformed at once, so that the complex spectrogram of a song never exists as a whole. */
const FRAMES_AT_ONCE = 128;

/** |X| averaged over the channels, at the rate and with the window of a model. */
export function clipMagnitudes(clip: Sound | Spectrogram, layout: MagnitudeLayout): Magnitudes {
  if ('magnitudes' in clip) return { values: clip.magnitudes, frames: clip.frames };
  const { fftSize, hopSize } = layout;
  const bins = fftSize / 2 + 1;
  const channels = clip.channels.map((samples) => resample(samples, clip.sampleRate, layout.sampleRate));
  const frames = frameCount(channels[0].length, fftSize, hopSize);
  const values = new Float32Array(frames * bins);
  for (let first = 0; first < frames; first += FRAMES_AT_ONCE) {
    const count = Math.min(FRAMES_AT_ONCE, frames - first);
    const target = values.subarray(first * bins, (first + count) * bins);
    for (const samples of channels) addMagnitudes(target, samples, first, count, layout);
  }
  for (let i = 0; i < values.length; i++) values[i] /= channels.length;
  return { values, frames };
}

function addMagnitudes(
  target: Float32Array,
  samples: Float32Array,
  first: number,
  count: number,
  { fftSize, hopSize, window }: MagnitudeLayout,
): void {
  const start = first * hopSize - fftSize / 2;
  const block = new Float32Array((count - 1) * hopSize + fftSize);
  block.set(samples.subarray(Math.max(0, start), start + block.length), Math.max(0, -start));
  const { re, im } = stft(block, { fftSize, hopSize, window: window as WindowName, pad: false });
  for (let i = 0; i < target.length; i++) target[i] += Math.sqrt(re[i] * re[i] + im[i] * im[i]);
}
