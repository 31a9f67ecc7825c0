import type { Divergence } from '../divergence.ts';
import { representable } from '../numeric/powers.ts';
import { bestOfStarts } from './solvers/bestOfStarts.ts';
import { Learner } from './solvers/Learner.ts';
import type { Solver } from './solvers/makeSolver.ts';

/** What to learn, from where, and for how long. */
export interface FactorizeOptions {
  /** R, columns of the lecture's W. */
  templates: number;
  /** Default `'kullback-leibler'`. */
  divergence?: Divergence;
  /** `'multiplicative'` is the lecture's rule, to the letter. Default `'fast'`. */
  solver?: Solver;
  /** At most. Default 200. */
  iterations?: number;
  /** Ends when the loss improves by less than this fraction over 10 iterations; 0 runs all. Default 1e-4. */
  tolerance?: number;
  /** Starts, of which the best is kept. Default 1. */
  restarts?: number;
  /** The same seed gives the same bits, in every engine. Default 0. */
  seed?: number;
  /** templates × bins; random where absent. */
  templates0?: Float32Array;
  /** frames × templates; random where absent. */
  activations0?: Float32Array;
  /** One flag a template: those that stay as they are. */
  holdTemplates?: ArrayLike<boolean>;
  /** Called after every iteration of every start; `false` stops. */
  // biome-ignore lint/suspicious/noConfusingVoidType: a callback that returns nothing is the common case.
  onIteration?(iteration: number, loss: number): boolean | void;
}

/** V ≈ activations · templates. */
export interface Factorization {
  /** templates × bins, row-major */
  templates: Float32Array;
  /** frames × templates, row-major */
  activations: Float32Array;
  /** The loss after each iteration of the start that was kept. */
  loss: Float32Array;
  /** That the kept start took. */
  iterations: number;
}

/** Called after every iteration of every start, counted from 0; `false` stops. */
export type OnIteration = (iteration: number, loss: number, start: number) => boolean;

/**
 * Nonnegative matrix factorisation V ≈ H·W, H then W each iteration.
 *
 * `'multiplicative'`: Lee and Seung, "Algorithms for non-negative matrix factorization", NIPS 2000; Févotte and Idier,
 * "Algorithms for nonnegative matrix factorization with the β-divergence", Neural Computation 23, 2011. `'fast'`:
 * hierarchical alternating least squares (Gillis and Glineur 2012) for Euclidean, extrapolated multiplicative updates
 * (Ang and Gillis 2019) for the others. The loss never rises but for rounding.
 *
 * @param V frames × bins, row-major; what is negative or not finite counts as zero
 */
export function factorize(V: Float32Array, frames: number, bins: number, options: FactorizeOptions): Factorization {
  return factorizeFromStarts(V, frames, bins, options, (i, loss) => options.onIteration?.(i, loss) !== false);
}

/** As `factorize`, but tells which start is under way. The kept one is finished as the last. */
export function factorizeFromStarts(
  V: Float32Array,
  frames: number,
  bins: number,
  options: Omit<FactorizeOptions, 'onIteration'>,
  onIteration: OnIteration,
): Factorization {
  const { divergence = 'kullback-leibler', solver = 'fast', iterations = 200, tolerance = 1e-4 } = options;
  const { templates0, activations0, holdTemplates, restarts: starts = 1, seed = 0 } = options;
  const given = { templates0, activations0, holdTemplates };
  const learner = new Learner(V, { frames, bins, count: options.templates }, divergence, holdTemplates);
  try {
    const limits = { iterations, tolerance };
    const { factors, loss } = bestOfStarts(learner, V, { ...given, ...limits, solver, starts, seed, onIteration });
    if (templates0) keepHeld(factors.templates, templates0, bins, holdTemplates);
    return { ...factors, loss: Float32Array.from(loss, representable), iterations: loss.length };
  } finally {
    learner.release();
  }
}

/** Held templates come back as they were given, even what the kernels' scale cannot hold. */
function keepHeld(templates: Float32Array, templates0: Float32Array, bins: number, hold?: ArrayLike<boolean>): void {
  for (let i = 0; i < templates.length; i++) if (hold?.[Math.floor(i / bins)]) templates[i] = templates0[i];
}
