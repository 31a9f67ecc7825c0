import { APPROXIMATION_FLOOR, EUCLIDEAN, ITAKURA_SAITO, KULLBACK_LEIBLER } from '../kernels/constants.ts';
import { checkChoice, checkMatrix } from '../parameters/checks.ts';
import { checkSpectrogramMatrix, templateCount } from './numeric/matrices.ts';
import { largest, powerOfTwoBelow } from './numeric/powers.ts';

/** Which distance between V and its approximation is made small. */
export type Divergence = 'euclidean' | 'kullback-leibler' | 'itakura-saito';

/** What the kernels call them. */
const CODES: Readonly<Record<Divergence, number>> = {
  euclidean: EUCLIDEAN,
  'kullback-leibler': KULLBACK_LEIBLER,
  'itakura-saito': ITAKURA_SAITO,
};

export const DIVERGENCES = Object.keys(CODES) as readonly Divergence[];
export const DEFAULT_DIVERGENCE = 'kullback-leibler' satisfies Divergence;

export function codeOf(divergence: Divergence): number {
  return CODES[divergence];
}

/**
 * The divergence of V from H·W, summed over all cells (Févotte and Idier, "Algorithms for nonnegative matrix
 * factorization with the β-divergence", Neural Computation 23, 2011, section 2.1). Euclidean: Σ(V−HW)²;
 * Kullback-Leibler: Σ V·log(V/HW) − V + HW; Itakura-Saito: Σ V/HW − log(V/HW) − 1.
 *
 * @param V frames × bins, row-major
 * @param templates templates × bins, row-major
 * @param activations frames × templates, row-major
 * @throws {TypeError | RangeError} for matrices whose sizes do not fit, and for a divergence that there is not
 */
export function divergenceBetween(
  V: Float32Array,
  templates: Float32Array,
  activations: Float32Array,
  frames: number,
  bins: number,
  divergence: Divergence,
): number {
  checkSpectrogramMatrix(V, frames, bins);
  checkChoice('divergence', divergence, DIVERGENCES);
  const count = templateCount('templates', templates, bins);
  checkMatrix('activations', activations, ['frames', frames], ['templates', count]);
  const approximation = new Float64Array(bins);
  const floor = APPROXIMATION_FLOOR * powerOfTwoBelow(largest(V));
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
