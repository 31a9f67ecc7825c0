import { approximate, type Divergence, divergenceBetween, TINY } from './divergence.ts';
import { Random } from './random.ts';

export interface FactorizeOptions {
  /** R, columns of the lecture's W. */
  templates: number;
  divergence?: Divergence;
  solver?: 'fast' | 'multiplicative';
  iterations?: number;
  tolerance?: number;
  restarts?: number;
  seed?: number;
  /** templates × bins; random where absent. */
  templates0?: Float32Array;
  /** frames × templates; random where absent. */
  activations0?: Float32Array;
  /** One flag a template: those that stay as they are. */
  holdTemplates?: ArrayLike<boolean>;
  /** Called after every iteration; `false` stops. */
  // biome-ignore lint/suspicious/noConfusingVoidType: a callback that returns nothing is the common case.
  onIteration?(iteration: number, loss: number): boolean | void;
}

export interface Factorization {
  /** templates × bins, row-major */
  templates: Float32Array;
  /** frames × templates, row-major */
  activations: Float32Array;
  /** The loss after each iteration. */
  loss: Float32Array;
  iterations: number;
}

/**
 * Nonnegative matrix factorisation V ≈ H·W by multiplicative updates (Lee and Seung, "Algorithms for non-negative
 * matrix factorization", NIPS 2000; Févotte and Idier 2011 for Itakura-Saito): H, then W, each iteration.
 *
 * @param V frames × bins, row-major
 */
export function factorize(V: Float32Array, frames: number, bins: number, options: FactorizeOptions): Factorization {
  const { templates: count, divergence = 'kullback-leibler', iterations = 200, tolerance = 1e-4, seed = 0 } = options;
  const random = new Random(seed);
  const templates = options.templates0?.slice() ?? randomMatrix(random, count * bins);
  const activations = options.activations0?.slice() ?? randomMatrix(random, frames * count);
  const loss: number[] = [];
  for (let i = 0; i < iterations; i++) {
    updateActivations(V, templates, activations, frames, bins, divergence);
    updateTemplates(V, templates, activations, frames, bins, divergence, options.holdTemplates);
    loss.push(divergenceBetween(V, templates, activations, frames, bins, divergence));
    if (options.onIteration?.(i, loss[i]) === false) break;
    if (tolerance > 0 && i >= 10 && loss[i - 10] - loss[i] < tolerance * loss[i - 10]) break;
  }
  return { templates, activations, loss: Float32Array.from(loss), iterations: loss.length };
}

function randomMatrix(random: Random, length: number): Float32Array {
  return Float32Array.from({ length }, () => random.next() + 0.01);
}

/** H ← H ∘ (V∘Y^(β−2) · Wᵀ) / (Y^(β−1) · Wᵀ), frame by frame, with Y = H·W. */
function updateActivations(
  V: Float32Array,
  W: Float32Array,
  H: Float32Array,
  frames: number,
  bins: number,
  divergence: Divergence,
): void {
  const count = W.length / bins;
  const y = new Float64Array(bins);
  const numerator = new Float64Array(bins);
  for (let t = 0; t < frames; t++) {
    const h = H.subarray(t * count, (t + 1) * count);
    approximate(y, W, h);
    gradientParts(V, t * bins, y, numerator, divergence);
    for (let r = 0; r < count; r++) h[r] *= quotient(dot(W, r * bins, numerator), dot(W, r * bins, y));
  }
}

/** W ← W ∘ (Hᵀ · V∘Y^(β−2)) / (Hᵀ · Y^(β−1)) */
function updateTemplates(
  V: Float32Array,
  W: Float32Array,
  H: Float32Array,
  frames: number,
  bins: number,
  divergence: Divergence,
  hold?: ArrayLike<boolean>,
): void {
  const count = W.length / bins;
  const y = new Float64Array(bins);
  const numerator = new Float64Array(bins);
  const above = new Float64Array(W.length);
  const below = new Float64Array(W.length);
  for (let t = 0; t < frames; t++) {
    const h = H.subarray(t * count, (t + 1) * count);
    approximate(y, W, h);
    gradientParts(V, t * bins, y, numerator, divergence);
    for (let r = 0; r < count; r++) {
      for (let f = 0; f < bins; f++) {
        above[r * bins + f] += h[r] * numerator[f];
        below[r * bins + f] += h[r] * y[f];
      }
    }
  }
  for (let i = 0; i < W.length; i++) if (!hold?.[Math.floor(i / bins)]) W[i] *= quotient(above[i], below[i]);
}

/** numerator ← V∘Y^(β−2) and y ← Y^(β−1), β = 2, 1, 0. */
export function gradientParts(
  V: ArrayLike<number>,
  offset: number,
  y: Float64Array,
  numerator: Float64Array,
  divergence: Divergence,
): void {
  for (let f = 0; f < y.length; f++) {
    const v = V[offset + f];
    if (divergence === 'euclidean') {
      numerator[f] = v;
      continue;
    }
    const inverse = 1 / Math.max(y[f], TINY);
    numerator[f] = divergence === 'kullback-leibler' ? v * inverse : v * inverse * inverse;
    y[f] = divergence === 'kullback-leibler' ? 1 : inverse;
  }
}

export function dot(W: Float32Array, offset: number, values: Float64Array): number {
  let sum = 0;
  for (let f = 0; f < values.length; f++) sum += W[offset + f] * values[f];
  return sum;
}

function quotient(above: number, below: number): number {
  return below > 0 ? above / below : 1;
}
