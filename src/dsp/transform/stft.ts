import { realTransform, type Spectrum } from './RealTransform.ts';
import { type WindowName, windowPair } from './window.ts';

/** A short-time Fourier transform; `re` and `im` are frames × bins, row-major. */
export interface ComplexSpectrogram {
  /** Real parts. */
  re: Float32Array;
  /** Imaginary parts. */
  im: Float32Array;
  /** One after the other, `hopSize` samples apart. */
  frames: number;
  /** fftSize/2 + 1 */
  bins: number;
  /** Samples of a frame. */
  fftSize: number;
  /** Samples from one frame to the next. */
  hopSize: number;
  /** The window of analysis and synthesis. */
  window: WindowName;
  /** Samples that were transformed, without the padding. */
  length: number;
}

/** How samples are cut into frames. */
export interface StftOptions {
  /** Samples of a frame, a power of two. */
  fftSize: number;
  /** Samples from one frame to the next. */
  hopSize: number;
  /** Default `'hann'`. */
  window?: WindowName;
  /** Puts fftSize/2 zeros at both ends, which gives 1 + ⌊length/hopSize⌋ frames. Default true. */
  pad?: boolean;
}

/**
 * Short-time Fourier transform with a periodic window (Allen, "Short-term spectral analysis, synthesis, and modification
 * by discrete Fourier transform", IEEE Trans. ASSP 25(3), 1977).
 *
 * @param samples mono
 */
export function stft(samples: Float32Array, options: StftOptions): ComplexSpectrogram {
  const { fftSize, hopSize, window = 'hann', pad = true } = options;
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
  eachSpectrum(samples, options, (t, { re, im }) => {
    spectrogram.re.set(re, t * bins);
    spectrogram.im.set(im, t * bins);
  });
  return spectrogram;
}

/** Calls `use` with the spectrum of every frame of `stft`, which is another one after the call. Makes no garbage. */
export function eachSpectrum(
  samples: Float32Array,
  { fftSize, hopSize, window = 'hann', pad = true }: StftOptions,
  use: (t: number, spectrum: Spectrum) => void,
): void {
  const frames = frameCount(samples.length, fftSize, hopSize, pad);
  const { analysis } = windowPair(window, fftSize);
  const transform = realTransform(fftSize);
  const { signals, spectra } = transform;
  const cut = (t: number, frame: Float32Array) => {
    const start = t * hopSize - (pad ? fftSize / 2 : 0);
    for (let n = 0; n < fftSize; n++) frame[n] = t < frames ? analysis[n] * (samples[start + n] ?? 0) : 0;
  };
  for (let t = 0; t < frames; t += 2) {
    cut(t, signals[0]);
    cut(t + 1, signals[1]);
    transform.forward();
    use(t, spectra[0]);
    if (t + 1 < frames) use(t + 1, spectra[1]);
  }
}

/** Frames that `stft` gives for so many samples. */
export function frameCount(length: number, fftSize: number, hopSize: number, pad = true): number {
  return pad ? 1 + Math.floor(length / hopSize) : Math.max(0, 1 + Math.floor((length - fftSize) / hopSize));
}

/** Inverts `stft` to −120 dB: overlap-add with the analysis window, divided by the sum of its squares (Griffin and Lim 1984, eq. 6). */
export function istft({ re, im, frames, bins, fftSize, hopSize, window, length }: ComplexSpectrogram): Float32Array {
  const padded = frames === frameCount(length, fftSize, hopSize, true);
  const { analysis } = windowPair(window, fftSize);
  const transform = realTransform(fftSize);
  const sum = new Float64Array(length);
  const weight = new Float64Array(length);
  const overlapAdd = (t: number, frame: Float32Array) => {
    const start = t * hopSize - (padded ? fftSize / 2 : 0);
    for (let n = Math.max(0, -start); n < Math.min(fftSize, length - start); n++) {
      sum[start + n] += analysis[n] * frame[n];
      weight[start + n] += analysis[n] * analysis[n];
    }
  };
  for (let t = 0; t < frames; t += 2) {
    transform.spectra.forEach((spectrum, i) => {
      spectrum.re.set(re.subarray((t + i) * bins, Math.min(t + i + 1, frames) * bins));
      spectrum.im.set(im.subarray((t + i) * bins, Math.min(t + i + 1, frames) * bins));
    });
    transform.inverse();
    transform.signals.slice(0, frames - t).forEach((frame, i) => {
      overlapAdd(t + i, frame);
    });
  }
  return Float32Array.from(sum, (value, n) => (weight[n] > MINIMUM_WEIGHT ? value / weight[n] : 0));
}

/** Below this a sample was seen only through the foot of a window, and cannot be restored. */
const MINIMUM_WEIGHT = 1e-10;

/** |X|, frames × bins. */
export function magnitudes({ re, im }: ComplexSpectrogram): Float32Array {
  return re.map((value, i) => Math.sqrt(value * value + im[i] * im[i]));
}
