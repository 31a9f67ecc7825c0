import { type ComplexSpectrogram, griffinLim, istft } from 'nmf-separator-node/dsp';
import type { Factors } from './Iterations.ts';

/** Seconds of a template that is made audible. */
const TEMPLATE_SECONDS = 2;
/** A template has no level of its own, so its loudest sample gets this. */
const PEAK = 0.5;

/**
 * The clip through the mask of one component, (W_k·H_k)^p / Σ_j (W_j·H_j)^p, with the phases of the clip. Where no component
 * has anything, each gets an equal part.
 */
export function filtered(X: ComplexSpectrogram, factors: Factors, component: number, exponent: number): Float32Array {
  const { frames, bins } = X;
  const { templates, activations } = factors;
  const count = templates.length / bins;
  const re = new Float32Array(X.re.length);
  const im = new Float32Array(X.im.length);
  for (let t = 0; t < frames; t++) {
    for (let f = 0; f < bins; f++) {
      let own = 0;
      let sum = 0;
      for (let k = 0; k < count; k++) {
        const part = (templates[k * bins + f] * activations[t * count + k]) ** exponent;
        sum += part;
        if (k === component) own = part;
      }
      const mask = sum > 0 ? own / sum : 1 / count;
      re[t * bins + f] = mask * X.re[t * bins + f];
      im[t * bins + f] = mask * X.im[t * bins + f];
    }
  }
  return istft({ ...X, re, im });
}

/** What a template sounds like: its column again and again, with phases by Griffin and Lim. */
export function sonified(layout: ComplexSpectrogram, template: Float32Array, sampleRate: number): Float32Array {
  const { fftSize, hopSize, window } = layout;
  const length = TEMPLATE_SECONDS * sampleRate;
  const frames = 1 + Math.ceil(length / hopSize);
  const column = new Float32Array(frames * template.length);
  for (let t = 0; t < frames; t++) column.set(template, t * template.length);
  const samples = griffinLim(column, frames, { fftSize, hopSize, window }).subarray(0, length);
  const loudest = samples.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  return samples.map((value) => (loudest > 0 ? (value * PEAK) / loudest : 0));
}
