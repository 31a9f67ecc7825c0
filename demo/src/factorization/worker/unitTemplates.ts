import type { Factors } from './Iterations.ts';

/** The same product with templates that each sum to 1, as those of a model do; the activations take the scale. */
export function unitTemplates({ templates, activations }: Factors, bins: number): Factors {
  const count = templates.length / bins;
  const sums = Float64Array.from({ length: count }, (_, k) => {
    let sum = 0;
    for (let f = 0; f < bins; f++) sum += templates[k * bins + f];
    return sum;
  });
  return {
    templates: templates.map((value, i) => {
      const sum = sums[Math.floor(i / bins)];
      return sum > 0 ? value / sum : 1 / bins;
    }),
    activations: activations.map((value, i) => value * sums[i % count]),
  };
}
