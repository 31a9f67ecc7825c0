import { checkBoolean, checkFloat32Array, checkInteger, checkObject } from '../../parameters/checks.ts';
import { checkLayout } from './checkLayout.ts';
import { forEachSpectrum } from './forEachSpectrum.ts';
import { realTransform } from './RealTransform.ts';
import { binsOf, DEFAULT_WINDOW, frameCount, type StftLayout } from './StftLayout.ts';
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
  /** Samples of a frame: a power of two, 64…65536. */
  fftSize: number;
  /** Samples from one frame to the next: 1…fftSize. */
  hopSize: number;
  /** Default `'hann'`. */
  window?: WindowName | undefined;
  /** Puts fftSize/2 zeros at both ends, which gives 1 + ⌊length/hopSize⌋ frames. Default true. */
  pad?: boolean | undefined;
}

/**
 * Short-time Fourier transform with a periodic window (Allen, "Short-term spectral analysis, synthesis, and modification
 * by discrete Fourier transform", IEEE Trans. ASSP 25(3), 1977).
 *
 * @param samples mono
 * @throws {TypeError | RangeError} for a size, a hop or a window that there is not
 */
export function stft(samples: Float32Array, options: StftOptions): ComplexSpectrogram {
  checkFloat32Array('samples', samples);
  const { pad, ...layout } = checkedOptions(options);
  const bins = binsOf(layout);
  const frames = frameCount(samples.length, layout, pad);
  const re = new Float32Array(frames * bins);
  const im = new Float32Array(frames * bins);
  forEachSpectrum(samples, layout, pad, (t, spectrum) => {
    re.set(spectrum.re, t * bins);
    im.set(spectrum.im, t * bins);
  });
  return { re, im, frames, bins, ...layout, length: samples.length };
}

/**
 * Inverts `stft` to −120 dB: overlap-add with the analysis window, divided by the sum of its squares (Griffin and Lim
 * 1984, eq. 6).
 *
 * @returns `length` samples
 * @throws {TypeError | RangeError} for a spectrogram whose arrays, sizes and window do not fit together
 */
export function istft(spectrogram: ComplexSpectrogram): Float32Array {
  checkSpectrogram(spectrogram);
  const { re, im, frames, bins, fftSize, hopSize, window, length } = spectrogram;
  const padded = frames === frameCount(length, spectrogram);
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

/**
 * |X|, frames × bins.
 *
 * @throws {TypeError | RangeError} where real and imaginary parts are not Float32Arrays of one length
 */
export function magnitudes(spectrogram: Pick<ComplexSpectrogram, 're' | 'im'>): Float32Array {
  checkObject('spectrogram', spectrogram);
  const { re, im } = spectrogram;
  checkFloat32Array('spectrogram.re', re);
  checkFloat32Array('spectrogram.im', im, re.length);
  return re.map((value, i) => Math.sqrt(value * value + im[i] * im[i]));
}

function checkedOptions(options: StftOptions): StftLayout & { readonly pad: boolean } {
  checkObject('options', options);
  const { fftSize, hopSize, window = DEFAULT_WINDOW, pad = true } = options;
  checkLayout({ fftSize, hopSize, window });
  checkBoolean('pad', pad);
  return { fftSize, hopSize, window, pad };
}

function checkSpectrogram(spectrogram: ComplexSpectrogram): void {
  checkObject('spectrogram', spectrogram);
  checkLayout(spectrogram);
  const { re, im, frames, bins, length } = spectrogram;
  checkInteger('length', length, 0, Number.MAX_SAFE_INTEGER);
  checkInteger('bins', bins, binsOf(spectrogram), binsOf(spectrogram));
  const counts = [frameCount(length, spectrogram, true), frameCount(length, spectrogram, false)];
  if (!counts.includes(frames)) {
    throw new RangeError(
      `frames: ${frames} given; ${length} samples have ${counts.join(' with padding, or ')} without.`,
    );
  }
  checkFloat32Array('re', re, frames * bins);
  checkFloat32Array('im', im, frames * bins);
}
