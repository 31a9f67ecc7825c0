import type { LiveLayout } from '../../src/dsp/live/LiveLayout.ts';
import { Float64Fft } from '../../src/dsp/scores/Float64Fft.ts';
import { overlapSum, windowPair } from '../../src/dsp/transform/window.ts';
import { approximation } from './activation.ts';

export interface ReferenceModel {
  /** templates × bins, row-major */
  readonly templates: Float32Array;
  readonly componentOf: Uint8Array;
  /** Activations of one frame, one for each template */
  activationsOf(frame: number): ArrayLike<number>;
}

/**
 * A plain float64 version of the separation chain for one channel, without its latency: analysis window, FFT, mask,
 * inverse FFT, synthesis window and overlap-add, separately for each component.
 */
export function separateByReference(
  signal: Float32Array,
  layout: LiveLayout,
  components: number,
  model: ReferenceModel,
  exponent: number,
): Float64Array[] {
  const { fftSize, hopSize, window } = layout;
  const { analysis, synthesis } = windowPair(window, fftSize);
  const sum = overlapSum({ analysis, synthesis }, hopSize);
  const fft = new Float64Fft(fftSize);
  const streams = Array.from({ length: components }, () => new Float64Array(signal.length));
  for (let t = 0; (t + 1) * hopSize <= signal.length; t++) {
    const start = (t + 1) * hopSize - fftSize;
    const re = Float64Array.from({ length: fftSize }, (_, n) => analysis[n] * (signal[start + n] ?? 0));
    const im = new Float64Array(fftSize);
    fft.forward(re, im);
    const masks = referenceMasks(model, t, components, fftSize / 2 + 1, exponent);
    streams.forEach((stream, k) => {
      const maskAt = (f: number) => masks[k][Math.min(f, fftSize - f)];
      const maskedRe = re.map((value, f) => value * maskAt(f));
      const maskedIm = im.map((value, f) => value * maskAt(f));
      fft.inverse(maskedRe, maskedIm);
      for (let n = Math.max(0, -start); n < fftSize; n++) {
        stream[start + n] += (maskedRe[n] * synthesis[n]) / sum[n % hopSize];
      }
    });
  }
  return streams;
}

/** The mask of component k: Y_k^p / Σ_j Y_j^p, with Y_k = Σ W_r·h_r over its templates. 1/K where all Y_j are 0. */
function referenceMasks(model: ReferenceModel, frame: number, components: number, bins: number, exponent: number) {
  const { templates, componentOf } = model;
  const h = Array.from(model.activationsOf(frame));
  const powers = Array.from({ length: components }, (_, k) => {
    const own = h.map((value, r) => (componentOf[r] === k ? value : 0));
    return approximation(templates, own, bins).map((value) => value ** exponent);
  });
  const sums = powers[0].map((_, f) => powers.reduce((sum, power) => sum + power[f], 0));
  return powers.map((power) => power.map((value, f) => (sums[f] > 0 ? value / sums[f] : 1 / components)));
}
