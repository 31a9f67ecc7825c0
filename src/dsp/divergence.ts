import { largest, powerOfTwoBelow } from './numeric/powers.ts';

/** Which distance between V and its approximation is made small. */
export type Divergence = 'euclidean' | 'kullback-leibler' | 'itakura-saito';

export const DIVERGENCES: readonly Divergence[] = ['euclidean', 'kullback-leibler', 'itakura-saito'];

/**
 * Added to every approximated magnitude, and the least that Itakura-Saito takes V for, as a fraction of the largest power
 * of two in V: about −250 dB. The kernels use the same (`assembly/losses.ts`).
 */
const FLOOR = 2 ** -42;

/**
 * The divergence of V from H·W, summed over all cells. Euclidean: Σ(V−HW)²; Kullback-Leibler: Σ V·log(V/HW) − V + HW;
 * Itakura-Saito: Σ V/HW − log(V/HW) − 1.
 *
 * @param V frames × bins, row-major
 * @param templates templates × bins, row-major
 * @param activations frames × templates, row-major
 */
export function divergenceBetween(
  V: Float32Array,
  templates: Float32Array,
  activations: Float32Array,
  frames: number,
  bins: number,
  divergence: Divergence,
): number {
  const count = templates.length / bins;
  const approximation = new Float64Array(bins);
  const floor = FLOOR * powerOfTwoBelow(largest(V));
  let sum = 0;
  for (let t = 0; t < frames; t++) {
    approximate(approximation, templates, activations.subarray(t * count, (t + 1) * count));
    for (let f = 0; f < bins; f++) sum += cellDivergence(V[t * bins + f], approximation[f], floor, divergence);
  }
  return sum;
}

/** target ← Σ_r h_r · (row r of templates) */
function approximate(target: Float64Array, templates: Float32Array, h: ArrayLike<number>): void {
  const bins = target.length;
  target.fill(0);
  for (let r = 0; r < h.length; r++) {
    if (h[r] === 0) continue;
    for (let f = 0; f < bins; f++) target[f] += h[r] * templates[r * bins + f];
  }
}

function cellDivergence(v: number, y: number, floor: number, divergence: Divergence): number {
  if (divergence === 'euclidean') return (v - y) ** 2;
  const approximation = y + floor;
  if (divergence === 'kullback-leibler') return (v > 0 ? v * Math.log(v / approximation) : 0) - v + approximation;
  const ratio = Math.max(v, floor) / approximation;
  return ratio - Math.log(ratio) - 1;
}
