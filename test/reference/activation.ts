import type { Divergence } from '../../src/dsp/index.ts';

/**
 * Activations of one frame by multiplicative updates in float64. Slow, but the divergence never increases from one
 * iteration to the next (Lee and Seung 2000), so with many iterations they serve as the reference.
 */
export function referenceActivations(
  v: ArrayLike<number>,
  templates: ArrayLike<number>,
  divergence: Divergence,
  iterations: number,
): Float64Array {
  const bins = v.length;
  const count = templates.length / bins;
  const beta = { euclidean: 2, 'kullback-leibler': 1, 'itakura-saito': 0 }[divergence];
  const h = new Float64Array(count).fill(1);
  for (let i = 0; i < iterations; i++) {
    const y = approximation(templates, h, bins);
    const weightedFrame = y.map((value, f) => v[f] * value ** (beta - 2));
    const weights = y.map((value) => value ** (beta - 1));
    for (let r = 0; r < count; r++) {
      let numerator = 0;
      let denominator = 0;
      for (let f = 0; f < bins; f++) {
        numerator += templates[r * bins + f] * weightedFrame[f];
        denominator += templates[r * bins + f] * weights[f];
      }
      h[r] *= numerator / denominator;
    }
  }
  return h;
}

/** Σ_r h_r · (row r of templates), one value for each bin */
export function approximation(templates: ArrayLike<number>, h: ArrayLike<number>, bins: number): Float64Array {
  return Float64Array.from({ length: bins }, (_, f) => {
    let y = 0;
    for (let r = 0; r < h.length; r++) y += h[r] * templates[r * bins + f];
    return y;
  });
}
