import { cosPi } from '../numeric/trigonometry.ts';

/**
 * Periodic analysis windows. `asymmetric-S` is the low-latency pair after Mauler and Martin, "A low delay,
 * variable resolution, perfect reconstruction spectral analysis-synthesis system for speech enhancement"
 * (EUSIPCO 2007): it looks back over the whole frame, while its synthesis window covers the last S samples only.
 */
export type WindowName = 'hann' | 'blackman-harris' | `asymmetric-${number}`;

export interface WindowPair {
  /** fftSize values. */
  readonly analysis: Float64Array;
  /** fftSize values, zero before the last `support` samples; not yet divided by the overlap sum. */
  readonly synthesis: Float64Array;
  /** Samples at the end of the frame where the synthesis window is not zero. */
  readonly support: number;
}

/** Four-term Blackman-Harris (Harris 1978, "On the use of windows", minimum 4-term). */
const BLACKMAN_HARRIS = [0.35875, 0.48829, 0.14128, 0.01168];

/** @throws {TypeError} for a name that is not a window of this size */
export function windowPair(name: string, fftSize: number): WindowPair {
  const support = asymmetricSupport(name, fftSize);
  if (support !== null) return asymmetricPair(fftSize, support);
  const analysis = symmetricWindow(name, fftSize);
  return { analysis, synthesis: analysis, support: fftSize };
}

/** Σ analysis·synthesis over the frames that cover a sample, one value for each sample of a hop. */
export function overlapSum({ analysis, synthesis }: WindowPair, hopSize: number): Float64Array {
  const sum = new Float64Array(hopSize);
  for (let n = 0; n < analysis.length; n++) sum[n % hopSize] += analysis[n] * synthesis[n];
  return sum;
}

function symmetricWindow(name: string, size: number): Float64Array {
  if (name === 'hann') return hann(size);
  if (name === 'blackman-harris') {
    return Float64Array.from({ length: size }, (_, n) =>
      BLACKMAN_HARRIS.reduce((sum, term, i) => sum + (i % 2 ? -term : term) * cosPi((2 * i * n) / size), 0),
    );
  }
  throw new TypeError(`window: ${JSON.stringify(name)} is not one of 'hann', 'blackman-harris', 'asymmetric-S'.`);
}

function hann(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, n) => 0.5 - 0.5 * cosPi((2 * n) / size));
}

/** The S of `asymmetric-S`, or null for another name. */
function asymmetricSupport(name: string, fftSize: number): number | null {
  const match = /^asymmetric-(\d{1,6})$/.exec(name);
  if (!match) return null;
  const support = Number(match[1]);
  if (support >= 4 && support % 2 === 0 && support <= fftSize) return support;
  throw new TypeError(`window: ${JSON.stringify(name)} needs an even support from 4 to fftSize = ${fftSize}.`);
}

function asymmetricPair(fftSize: number, support: number): WindowPair {
  const half = support / 2;
  const rise = hann(2 * (fftSize - half)).map(Math.sqrt);
  const tail = hann(support);
  const analysis = new Float64Array(fftSize);
  const synthesis = new Float64Array(fftSize);
  for (let n = 0; n < fftSize; n++) {
    const inTail = n - (fftSize - support);
    analysis[n] = n < fftSize - half ? rise[n] : Math.sqrt(tail[inTail]);
    if (inTail > 0) synthesis[n] = n < fftSize - half ? tail[inTail] / rise[n] : Math.sqrt(tail[inTail]);
  }
  return { analysis, synthesis, support };
}
