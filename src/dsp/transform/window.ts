import { memoized } from '../numeric/memoized.ts';
import { cosPi } from '../numeric/trigonometry.ts';

/**
 * Periodic analysis windows. `asymmetric-S` is the analysis window of a low-latency pair after Mauler and Martin, "A low
 * delay, variable resolution, perfect reconstruction spectral analysis-synthesis system for speech enhancement" (EUSIPCO
 * 2007): it looks back over the whole frame, while its synthesis window covers the last S samples only.
 */
export type WindowName =
  | 'hann'
  | 'blackman-harris'
  | 'asymmetric-256'
  | 'asymmetric-512'
  | 'asymmetric-1024'
  | 'asymmetric-2048'
  | 'asymmetric-4096';

/** An analysis window and the synthesis window that goes with it: one for all who ask, so nobody may write to it. */
export interface WindowPair {
  /** fftSize values. */
  readonly analysis: Float64Array;
  /** fftSize values, zero before the last `support` samples; not yet divided by the overlap sum. */
  readonly synthesis: Float64Array;
}

interface Window {
  /** Samples at the end of the frame where the synthesis window is not zero; the whole frame where absent. */
  readonly support?: number;
  /** @param size samples of a frame, at least `support` */
  makePair(size: number): WindowPair;
}

/** Four-term Blackman-Harris (Harris 1978, "On the use of windows", minimum 4-term). */
const BLACKMAN_HARRIS = [0.35875, 0.48829, 0.14128, 0.01168];

const WINDOWS: Readonly<Record<WindowName, Window>> = {
  hann: symmetric(hann),
  'blackman-harris': symmetric(blackmanHarris),
  'asymmetric-256': asymmetric(256),
  'asymmetric-512': asymmetric(512),
  'asymmetric-1024': asymmetric(1024),
  'asymmetric-2048': asymmetric(2048),
  'asymmetric-4096': asymmetric(4096),
};

export const WINDOW_NAMES = Object.keys(WINDOWS) as readonly WindowName[];

/** Samples at the end of a frame where the synthesis window is not zero. */
export function supportOf({ window, fftSize }: { window: WindowName; fftSize: number }): number {
  return WINDOWS[window].support ?? fftSize;
}

/** The asymmetric window whose synthesis window covers so many samples. */
export function asymmetricWindow(support: number): WindowName {
  const found = WINDOW_NAMES.find((name) => WINDOWS[name].support === support);
  if (found) return found;
  throw new RangeError(`window: there is none with a synthesis support of ${support} samples.`);
}

export function windowPair(window: WindowName, fftSize: number): WindowPair {
  return WINDOWS[window].makePair(fftSize);
}

/** Σ of the analysis window: the sum of the magnitudes of a sine at full scale. */
export function fullScale({ window, fftSize }: { window: WindowName; fftSize: number }): number {
  return windowPair(window, fftSize).analysis.reduce((sum, value) => sum + value, 0);
}

/** Σ analysis·synthesis over the frames that cover a sample, one value for each sample of a hop. */
export function overlapSum({ analysis, synthesis }: WindowPair, hopSize: number): Float64Array {
  const sum = new Float64Array(hopSize);
  for (let n = 0; n < analysis.length; n++) sum[n % hopSize] += analysis[n] * synthesis[n];
  return sum;
}

/** The same window for analysis and synthesis. */
function symmetric(make: (size: number) => Float64Array): Window {
  return {
    makePair: memoized((size) => {
      const analysis = make(size);
      return { analysis, synthesis: analysis };
    }),
  };
}

function asymmetric(support: number): Window {
  return { support, makePair: memoized((size) => asymmetricPair(size, support)) };
}

function hann(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, n) => 0.5 - 0.5 * cosPi((2 * n) / size));
}

function blackmanHarris(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, n) =>
    BLACKMAN_HARRIS.reduce((sum, term, i) => sum + (i % 2 ? -term : term) * cosPi((2 * i * n) / size), 0),
  );
}

/**
 * With N samples of a frame, a support of 2M samples and Hann(L) periodic: the analysis window is √Hann(2(N−M)) up to
 * N−M, then √Hann(2M). The synthesis window is whatever makes their product Hann(2M) on the last 2M samples.
 */
function asymmetricPair(size: number, support: number): WindowPair {
  const half = support / 2;
  const rise = hann(2 * (size - half)).map(Math.sqrt);
  const tail = hann(support);
  const analysis = new Float64Array(size);
  const synthesis = new Float64Array(size);
  for (let n = 0; n < size; n++) {
    const inTail = n - (size - support);
    analysis[n] = n < size - half ? rise[n] : Math.sqrt(tail[inTail]);
    if (inTail > 0) synthesis[n] = n < size - half ? tail[inTail] / rise[n] : Math.sqrt(tail[inTail]);
  }
  return { analysis, synthesis };
}
