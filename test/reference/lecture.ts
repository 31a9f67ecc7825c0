import { Float64Fft } from '../../src/dsp/scores/Float64Fft.ts';
import { multiplicativeUpdates, product } from './multiplicativeUpdates.ts';

/** The lecture's experiment, and what it starts from. */
export interface LectureCase {
  readonly samples: Float32Array;
  readonly templates0: Float32Array;
  readonly activations0: Float32Array;
}

const FFT_SIZE = 2048;
const HOP_SIZE = 512;
const BINS = FFT_SIZE / 2 + 1;
const ITERATIONS = 100;
/** Four terms (Harris, "On the use of windows", Proc. IEEE 66(1), 1978), periodic. */
const TERMS = [0.35875, -0.48829, 0.14128, -0.01168];
const WINDOW = Float64Array.from({ length: FFT_SIZE }, (_, n) =>
  TERMS.reduce((sum, term, i) => sum + term * Math.cos((2 * Math.PI * i * n) / FFT_SIZE), 0),
);

/** Frames of a clip with half a frame of zeros at both ends. */
export const lectureFrames = (length: number) => 1 + Math.floor(length / HOP_SIZE);

/** The lecture in plain float64: the transform, the Euclidean rule, the masks W_kH_k/WH, and the transform back. */
export function lectureByReference({ samples, templates0, activations0 }: LectureCase) {
  const frames = lectureFrames(samples.length);
  const spectra = Array.from({ length: frames }, (_, t) => spectrumAt(samples, t));
  const V = Float64Array.from({ length: frames * BINS }, (_, i) => {
    const { re, im } = spectra[Math.floor(i / BINS)];
    return Math.hypot(re[i % BINS], im[i % BINS]);
  });
  const given = { V, frames, bins: BINS, templates0, activations0 };
  const { templates, activations, loss } = multiplicativeUpdates(given, 'euclidean', ITERATIONS);
  const energy = V.reduce((sum, value) => sum + value * value, 0);
  const whole = product(activations, templates, frames, BINS);
  const count = templates.length / BINS;
  const filtered = Array.from({ length: count }, (_, k) => {
    const maskAt = (t: number, f: number) => {
      const cell = t * BINS + f;
      return whole[cell] > 0 ? (activations[t * count + k] * templates[k * BINS + f]) / whole[cell] : 1 / count;
    };
    return overlapAdd(spectra, samples.length, maskAt);
  });
  return { errors: loss.map((value) => Math.sqrt(value / energy)), templates, activations, filtered };
}

function spectrumAt(samples: Float32Array, frame: number) {
  const start = frame * HOP_SIZE - FFT_SIZE / 2;
  const re = WINDOW.map((value, n) => value * (samples[start + n] ?? 0));
  const im = new Float64Array(FFT_SIZE);
  new Float64Fft(FFT_SIZE).forward(re, im);
  return { re, im };
}

/** Divided by the sum of the squared windows. */
function overlapAdd(
  spectra: readonly { re: Float64Array; im: Float64Array }[],
  length: number,
  maskAt: (frame: number, bin: number) => number,
): Float64Array {
  const fft = new Float64Fft(FFT_SIZE);
  const sum = new Float64Array(length);
  const weight = new Float64Array(length);
  spectra.forEach((spectrum, t) => {
    const re = spectrum.re.map((value, f) => value * maskAt(t, Math.min(f, FFT_SIZE - f)));
    const im = spectrum.im.map((value, f) => value * maskAt(t, Math.min(f, FFT_SIZE - f)));
    fft.inverse(re, im);
    const start = t * HOP_SIZE - FFT_SIZE / 2;
    for (let n = Math.max(0, -start); n < Math.min(FFT_SIZE, length - start); n++) {
      sum[start + n] += WINDOW[n] * re[n];
      weight[start + n] += WINDOW[n] ** 2;
    }
  });
  return sum.map((value, n) => value / weight[n]);
}
