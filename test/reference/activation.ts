import type { Divergence } from '../../src/dsp/index.ts';

/**
 * Activations of one frame by multiplicative updates in float64, far beyond what hearing needs: they never raise the
 * divergence, and take their time.
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
    const attraction = y.map((value, f) => v[f] * value ** (beta - 2));
    const repulsion = y.map((value) => value ** (beta - 1));
    for (let r = 0; r < count; r++) {
      let above = 0;
      let below = 0;
      for (let f = 0; f < bins; f++) {
        above += templates[r * bins + f] * attraction[f];
        below += templates[r * bins + f] * repulsion[f];
      }
      h[r] *= above / below;
    }
  }
  return h;
}

/** Σ_r h_r · (row r of templates) */
export function approximation(templates: ArrayLike<number>, h: ArrayLike<number>, bins: number): Float64Array {
  return Float64Array.from({ length: bins }, (_, f) => {
    let y = 0;
    for (let r = 0; r < h.length; r++) y += h[r] * templates[r * bins + f];
    return y;
  });
}
