import { checkInteger, checkMatrix, checkObject } from '../../parameters/checks.ts';
import { SEEDS } from '../limits.ts';
import { Random } from '../numeric/random.ts';
import { cosPi, sinPi } from '../numeric/trigonometry.ts';
import { checkLayout } from './checkLayout.ts';
import { binsOf, DEFAULT_WINDOW } from './StftLayout.ts';
import { type ComplexSpectrogram, istft, stft } from './stft.ts';
import type { WindowName } from './window.ts';

/** How the magnitudes were made, and how long to look for phases. */
export interface GriffinLimOptions {
  /** Samples of a frame. */
  fftSize: number;
  /** Samples from one frame to the next. */
  hopSize: number;
  /** Default `'hann'`. */
  window?: WindowName | undefined;
  /** Default 32. */
  iterations?: number | undefined;
  /** Of the phases it starts from. Default 0. */
  seed?: number | undefined;
}

/** Momentum of the accelerated iteration (Perraudin, Balazs and Søndergaard 2013, section 4). */
const MOMENTUM = 0.99;

/** On the repeated templates of pop music 32 iterations come 1 to 2 dB nearer than 16, and 256 at most 2 dB nearer still. */
const DEFAULT_ITERATIONS = 32;

/**
 * Finds a signal whose short-time Fourier transform has the magnitudes given, as nearly as any has: from random phases,
 * in turn the nearest spectrogram that belongs to a signal and the nearest one with those magnitudes (Griffin and Lim,
 * "Signal estimation from modified short-time Fourier transform", 1984), accelerated (Perraudin, Balazs and
 * Søndergaard, "A fast Griffin-Lim algorithm", WASPAA 2013).
 *
 * @param magnitudes frames × bins, row-major, of a padded `stft`
 * @returns (frames − 1) · hopSize samples, the same bits for the same seed in every engine
 * @throws {TypeError | RangeError} for options out of range, and magnitudes that are not frames × bins
 */
export function griffinLim(magnitudes: Float32Array, frames: number, options: GriffinLimOptions): Float32Array {
  checkObject('options', options);
  const { fftSize, hopSize, window = DEFAULT_WINDOW, iterations = DEFAULT_ITERATIONS, seed = 0 } = options;
  checkLayout({ fftSize, hopSize, window });
  checkInteger('frames', frames, 1, Number.MAX_SAFE_INTEGER);
  checkMatrix('magnitudes', magnitudes, ['frames', frames], ['bins', binsOf({ fftSize })]);
  checkInteger('iterations', iterations, 0, Number.MAX_SAFE_INTEGER);
  checkInteger('seed', seed, SEEDS.minimum, SEEDS.maximum);
  const layout = { frames, bins: binsOf({ fftSize }), fftSize, hopSize, window, length: (frames - 1) * hopSize };
  const target = withRandomPhases(magnitudes, seed);
  let signal = istft({ ...target, ...layout });
  let previous: Phased | null = null;
  for (let i = 0; i < iterations; i++) {
    const consistent = stft(signal, layout);
    takePhases(target, magnitudes, consistent, previous ?? consistent);
    previous = consistent;
    signal = istft({ ...target, ...layout });
  }
  return signal;
}

type Phased = Pick<ComplexSpectrogram, 're' | 'im'>;

function withRandomPhases(magnitudes: Float32Array, seed: number): Phased {
  const random = new Random(seed);
  const re = new Float32Array(magnitudes.length);
  const im = new Float32Array(magnitudes.length);
  magnitudes.forEach((magnitude, i) => {
    const phase = 2 * random.next();
    re[i] = magnitude * cosPi(phase);
    im[i] = magnitude * sinPi(phase);
  });
  return { re, im };
}

/** Gives the target the phases of `now`, pushed on in the direction it came from `before`. */
function takePhases(target: Phased, magnitudes: Float32Array, now: Phased, before: Phased): void {
  for (let i = 0; i < magnitudes.length; i++) {
    const x = now.re[i] + MOMENTUM * (now.re[i] - before.re[i]);
    const y = now.im[i] + MOMENTUM * (now.im[i] - before.im[i]);
    const size = Math.sqrt(x * x + y * y);
    target.re[i] = size > 0 ? (magnitudes[i] * x) / size : magnitudes[i];
    target.im[i] = size > 0 ? (magnitudes[i] * y) / size : 0;
  }
}
