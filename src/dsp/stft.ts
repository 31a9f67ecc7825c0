import { Fft } from './fft.ts';
import { type WindowName, windowPair } from './window.ts';

/** A short-time Fourier transform; `re` and `im` are frames × bins, row-major. */
export interface ComplexSpectrogram {
  re: Float32Array;
  im: Float32Array;
  frames: number;
  /** fftSize/2 + 1 */
  bins: number;
  fftSize: number;
  hopSize: number;
  window: WindowName;
  /** Samples that were transformed, without the padding. */
  length: number;
}

export interface StftOptions {
  fftSize: number;
  hopSize: number;
  window?: WindowName;
  pad?: boolean;
}

/**
 * Short-time Fourier transform.
 *
 * @param options.pad puts fftSize/2 zeros at both ends (default true): 1 + ⌊length/hopSize⌋ frames
 */
export function stft(
  samples: Float32Array,
  { fftSize, hopSize, window = 'hann', pad = true }: StftOptions,
): ComplexSpectrogram {
  const { length } = samples;
  const frames = frameCount(length, fftSize, hopSize, pad);
  const bins = fftSize / 2 + 1;
  const spectrogram = {
    re: new Float32Array(frames * bins),
    im: new Float32Array(frames * bins),
    frames,
    bins,
    fftSize,
    hopSize,
    window,
    length,
  };
  const { analysis } = windowPair(window, fftSize);
  const fft = new Fft(fftSize);
  const re = new Float64Array(fftSize);
  const im = new Float64Array(fftSize);
  for (let t = 0; t < frames; t++) {
    const start = t * hopSize - (pad ? fftSize / 2 : 0);
    for (let n = 0; n < fftSize; n++) re[n] = analysis[n] * (samples[start + n] ?? 0);
    im.fill(0);
    fft.forward(re, im);
    spectrogram.re.set(re.subarray(0, bins), t * bins);
    spectrogram.im.set(im.subarray(0, bins), t * bins);
  }
  return spectrogram;
}

/** Frames that `stft` gives for so many samples. */
export function frameCount(length: number, fftSize: number, hopSize: number, pad = true): number {
  return pad ? 1 + Math.floor(length / hopSize) : Math.max(0, 1 + Math.floor((length - fftSize) / hopSize));
}

/** Inverts `stft` to −120 dB: overlap-add with the analysis window, divided by the sum of its squares (Griffin and Lim 1984, eq. 6). */
export function istft({ re, im, frames, bins, fftSize, hopSize, window, length }: ComplexSpectrogram): Float32Array {
  const padded = frames === frameCount(length, fftSize, hopSize, true);
  const { analysis } = windowPair(window, fftSize);
  const fft = new Fft(fftSize);
  const frameRe = new Float64Array(fftSize);
  const frameIm = new Float64Array(fftSize);
  const sum = new Float64Array(length);
  const weight = new Float64Array(length);
  for (let t = 0; t < frames; t++) {
    for (let f = 0; f < bins; f++) {
      frameRe[f] = re[t * bins + f];
      frameIm[f] = im[t * bins + f];
    }
    mirror(frameRe, frameIm);
    fft.inverse(frameRe, frameIm);
    const start = t * hopSize - (padded ? fftSize / 2 : 0);
    for (let n = Math.max(0, -start); n < Math.min(fftSize, length - start); n++) {
      sum[start + n] += analysis[n] * frameRe[n];
      weight[start + n] += analysis[n] * analysis[n];
    }
  }
  return Float32Array.from(sum, (value, n) => (weight[n] > MINIMUM_WEIGHT ? value / weight[n] : 0));
}

/** Below this a sample was seen only through the foot of a window, and cannot be restored. */
const MINIMUM_WEIGHT = 1e-10;

/** |X|, frames × bins. */
export function magnitudes({ re, im }: ComplexSpectrogram): Float32Array {
  return re.map((value, i) => Math.sqrt(value * value + im[i] * im[i]));
}

/** Completes the spectrum of a real signal from its bins 0 … size/2. */
function mirror(re: Float64Array, im: Float64Array): void {
  const size = re.length;
  for (let f = 1; f < size / 2; f++) {
    re[size - f] = re[f];
    im[size - f] = -im[f];
  }
}
