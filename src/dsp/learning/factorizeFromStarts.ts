import type { Divergence } from '../divergence.ts';
import { representable } from '../numeric/powers.ts';
import type { GivenFactors } from './initialisation/initialFactors.ts';
import { bestOfStarts } from './solvers/bestOfStarts.ts';
import { Learner } from './solvers/Learner.ts';
import type { SolverName } from './solvers/makeSolver.ts';
import type { Limits } from './solvers/Start.ts';

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

/** The options of `factorize`, checked and with every default filled in. */
export interface ResolvedFactorizeOptions extends Limits, GivenFactors {
  readonly templates: number;
  readonly divergence: Divergence;
  readonly solver: SolverName;
  readonly restarts: number;
  readonly seed: number;
}

/** Called after every iteration of every start, counted from 0; `false` stops. */
export type OnIteration = (iteration: number, loss: number, start: number) => boolean;

/** As `factorize`, but tells which start is under way, and checks nothing. The kept start is finished as the last. */
export function factorizeFromStarts(
  V: Float32Array,
  frames: number,
  bins: number,
  options: ResolvedFactorizeOptions,
  onIteration: OnIteration,
): Factorization {
  const { templates: count, divergence, restarts: starts, templates0, holdTemplates } = options;
  const learner = new Learner(V, { frames, bins, count }, divergence, holdTemplates);
  try {
    const { factors, loss } = bestOfStarts(learner, V, { ...options, starts, onIteration });
    if (templates0) keepHeld(factors.templates, templates0, bins, holdTemplates);
    return { ...factors, loss: Float32Array.from(loss, representable), iterations: loss.length };
  } finally {
    learner.release();
  }
}

/** Held templates come back as they were given, even what the kernels' scale cannot hold. */
export function keepHeld(
  templates: Float32Array,
  templates0: Float32Array,
  bins: number,
  hold?: ArrayLike<boolean>,
): void {
  for (let i = 0; i < templates.length; i++) if (hold?.[Math.floor(i / bins)]) templates[i] = templates0[i];
}
