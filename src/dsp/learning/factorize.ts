import { checkFunction, checkInteger, checkMatrix, checkObject } from '../../parameters/checks.ts';
import { checkKnown, checkParameters } from '../../parameters/defineParameters.ts';
import type { Divergence } from '../divergence.ts';
import { checkSpectrogramMatrix } from '../numeric/matrices.ts';
import { type Factorization, factorizeFromStarts } from './factorizeFromStarts.ts';
import { FACTORIZE_PARAMETERS } from './parameters.ts';
import type { SolverName } from './solvers/makeSolver.ts';

/** What to learn, from where, and for how long. */
export interface FactorizeOptions {
  /** R, columns of the lecture's W: 1…2048. */
  templates: number;
  /** Default `'kullback-leibler'`. */
  divergence?: Divergence | undefined;
  /** `'multiplicative'` is the lecture's rule, to the letter. Default `'fast'`. */
  solver?: SolverName | undefined;
  /** At most: 1…100000. Default 200. */
  iterations?: number | undefined;
  /** Ends when the loss improves by less than this fraction over 10 iterations; 0 runs all, 1 is the largest. Default 1e-4. */
  tolerance?: number | undefined;
  /** Starts, of which the best is kept: 1…1000. Default 1. */
  restarts?: number | undefined;
  /** The same seed gives the same bits, in every engine. Default 0. */
  seed?: number | undefined;
  /** templates × bins; random where absent. */
  templates0?: Float32Array | undefined;
  /** frames × templates; random where absent. */
  activations0?: Float32Array | undefined;
  /** One flag a template: those that stay as they are. */
  holdTemplates?: ArrayLike<boolean> | undefined;
  /** Called after every iteration of every start; `false` stops. */
  // biome-ignore lint/suspicious/noConfusingVoidType: a callback that returns nothing is the common case.
  onIteration?: ((iteration: number, loss: number) => boolean | void) | undefined;
}

/** The options that are neither numbers nor words. */
const OTHER_OPTIONS = [
  'templates0',
  'activations0',
  'holdTemplates',
  'onIteration',
] satisfies (keyof FactorizeOptions)[];

/**
 * Nonnegative matrix factorisation V ≈ H·W, H then W each iteration.
 *
 * `'multiplicative'`: Lee and Seung, "Algorithms for non-negative matrix factorization", NIPS 2000; Févotte and Idier,
 * "Algorithms for nonnegative matrix factorization with the β-divergence", Neural Computation 23, 2011. `'fast'`:
 * extrapolated (Ang and Gillis, "Accelerating nonnegative matrix factorization algorithms using extrapolation", Neural
 * Computation 31, 2019) hierarchical alternating least squares (Gillis and Glineur 2012) for Euclidean, and multiplicative
 * updates for the others. The loss never rises but for rounding.
 *
 * @param V frames × bins, row-major; what is negative or not finite counts as zero
 * @throws {TypeError | RangeError} for options that there are not or out of range, and matrices whose sizes do not fit
 */
export function factorize(V: Float32Array, frames: number, bins: number, options: FactorizeOptions): Factorization {
  checkSpectrogramMatrix(V, frames, bins);
  checkOptions(options, frames, bins);
  const { templates0, activations0, holdTemplates, onIteration } = options;
  const given = { templates0, activations0, holdTemplates };
  const resolved = { ...withDefaults(options), ...given };
  return factorizeFromStarts(V, frames, bins, resolved, (i, loss) => onIteration?.(i, loss) !== false);
}

function withDefaults({ templates, divergence, solver, iterations, tolerance, restarts, seed }: FactorizeOptions) {
  const standard = FACTORIZE_PARAMETERS;
  return {
    templates,
    divergence: divergence ?? standard.divergence.standard,
    solver: solver ?? standard.solver.standard,
    iterations: iterations ?? standard.iterations.standard,
    tolerance: tolerance ?? standard.tolerance.standard,
    restarts: restarts ?? standard.restarts.standard,
    seed: seed ?? standard.seed.standard,
  };
}

function checkOptions(options: FactorizeOptions, frames: number, bins: number): void {
  checkKnown('options', options, FACTORIZE_PARAMETERS, OTHER_OPTIONS);
  const { templates, templates0, activations0, holdTemplates, onIteration } = options;
  FACTORIZE_PARAMETERS.templates.check('templates', templates);
  checkParameters(FACTORIZE_PARAMETERS, options);
  checkFunction('onIteration', onIteration);
  if (templates0 !== undefined) checkMatrix('templates0', templates0, ['templates', templates], ['bins', bins]);
  if (activations0 !== undefined)
    checkMatrix('activations0', activations0, ['frames', frames], ['templates', templates]);
  if (holdTemplates !== undefined) {
    checkObject('holdTemplates', holdTemplates);
    checkInteger('holdTemplates: its length', holdTemplates.length, templates, templates);
  }
}
