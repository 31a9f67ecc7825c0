import type { Divergence } from '../../src/dsp/index.ts';

/** V ≈ H·W. Row-major: V frames × bins, H (activations) frames × templates, W (templates) templates × bins. */
export interface ReferenceCase {
  readonly V: ArrayLike<number>;
  readonly frames: number;
  readonly bins: number;
  readonly templates0: ArrayLike<number>;
  readonly activations0: ArrayLike<number>;
}

/**
 * Multiplicative updates of H, then W, for the beta divergence in float64 (Lee and Seung 2000; Févotte and Idier 2011),
 * as a reference for the kernels. Where the denominator is 0, a value is not updated.
 */
export function multiplicativeUpdates(given: ReferenceCase, divergence: Divergence, iterations: number) {
  const { V, frames, bins } = given;
  const templates = Float64Array.from(given.templates0);
  const activations = Float64Array.from(given.activations0);
  const count = templates.length / bins;
  const loss: number[] = [];
  for (let i = 0; i < iterations; i++) {
    const forH = gradient(V, product(activations, templates, frames, bins), divergence);
    updateEach(activations, (index) => {
      const [t, r] = [Math.floor(index / count), index % count];
      return sumOver(
        bins,
        (f) => templates[r * bins + f],
        forH,
        (f) => t * bins + f,
      );
    });
    const forW = gradient(V, product(activations, templates, frames, bins), divergence);
    updateEach(templates, (index) => {
      const [r, f] = [Math.floor(index / bins), index % bins];
      return sumOver(
        frames,
        (t) => activations[t * count + r],
        forW,
        (t) => t * bins + f,
      );
    });
    loss.push(totalDivergence(V, product(activations, templates, frames, bins), divergence));
  }
  return { templates, activations, loss };
}

/** H·W */
export function product(H: Float64Array, W: Float64Array, frames: number, bins: number): Float64Array {
  const count = W.length / bins;
  return Float64Array.from({ length: frames * bins }, (_, cell) => {
    const [t, f] = [Math.floor(cell / bins), cell % bins];
    let y = 0;
    for (let r = 0; r < count; r++) y += H[t * count + r] * W[r * bins + f];
    return y;
  });
}

/** The divergence of V from Y, summed over all cells */
export function totalDivergence(V: ArrayLike<number>, Y: Float64Array, divergence: Divergence): number {
  return Y.reduce((sum, y, cell) => {
    const v = V[cell];
    if (divergence === 'euclidean') return sum + (v - y) ** 2;
    if (divergence === 'kullback-leibler') return sum + (v > 0 ? v * Math.log(v / y) : 0) - v + y;
    return sum + v / y - Math.log(v / y) - 1;
  }, 0);
}

/** The two parts of the gradient with respect to Y. Weighted with W or H they give numerator and denominator. */
interface Gradient {
  /** V∘Y^(β−2), frames × bins */
  readonly numerator: Float64Array;
  /** Y^(β−1), frames × bins */
  readonly denominator: Float64Array;
}

/** β = 2 for Euclidean, 1 for Kullback-Leibler, 0 for Itakura-Saito. */
function gradient(V: ArrayLike<number>, Y: Float64Array, divergence: Divergence): Gradient {
  const beta = { euclidean: 2, 'kullback-leibler': 1, 'itakura-saito': 0 }[divergence];
  return {
    numerator: Y.map((y, cell) => (V[cell] > 0 ? V[cell] * y ** (beta - 2) : 0)),
    denominator: Y.map((y) => y ** (beta - 1)),
  };
}

/** The numerator and denominator of one update. */
function sumOver(length: number, weight: (i: number) => number, parts: Gradient, cell: (i: number) => number) {
  let numerator = 0;
  let denominator = 0;
  for (let i = 0; i < length; i++) {
    numerator += weight(i) * parts.numerator[cell(i)];
    denominator += weight(i) * parts.denominator[cell(i)];
  }
  return { numerator, denominator };
}

function updateEach(
  values: Float64Array,
  quotientOf: (index: number) => { numerator: number; denominator: number },
): void {
  values.forEach((value, index) => {
    const { numerator, denominator } = quotientOf(index);
    if (denominator > 0) values[index] = (value * numerator) / denominator;
  });
}
