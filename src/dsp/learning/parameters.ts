import {
  choice,
  defineParameters,
  indices,
  integer,
  integerOr,
  number,
  seed,
} from '../../parameters/defineParameters.ts';
import { DEFAULT_DIVERGENCE, DIVERGENCES } from '../divergence.ts';
import {
  MAXIMUM_COMPONENTS,
  MAXIMUM_PITCH_SHIFTS,
  MAXIMUM_TEMPLATES,
  MAXIMUM_TEMPLATES_PER_COMPONENT,
  SEEDS,
} from '../limits.ts';
import { SOLVERS } from './solvers/makeSolver.ts';

/** How learned components are put in order. */
export type Order = 'match' | 'centroid' | 'none';

const ORDERS: readonly Order[] = ['match', 'centroid', 'none'];

/** Whether components are patterns, sources found by timbre, or what the clip needs. */
export type ClusteringOption = 'auto' | 'timbre' | 'none';

const CLUSTERINGS: readonly ClusteringOption[] = ['auto', 'timbre', 'none'];

/** The options of `learn`. Defaults are those of blind learning. */
export const LEARNING_PARAMETERS = defineParameters({
  divergence: choice(DIVERGENCES, { standard: DEFAULT_DIVERGENCE }),
  solver: choice(SOLVERS, { standard: 'fast' }),
  clustering: choice(CLUSTERINGS, { standard: 'auto' }),
  templatesPerComponent: integer({ minimum: 1, maximum: MAXIMUM_TEMPLATES_PER_COMPONENT, standard: 1 }),
  iterations: integer({ minimum: 1, maximum: 100_000, standard: 200 }),
  tolerance: number({ minimum: 0, maximum: 1, standard: 1e-4 }),
  restarts: integer({ minimum: 1, maximum: 1000, standard: 4 }),
  seed: seed(SEEDS),
  hold: indices({ maximum: MAXIMUM_COMPONENTS - 1 }),
  order: choice(ORDERS, { standard: 'match' }),
  pitchShifts: integerOr('auto', { minimum: 0, maximum: MAXIMUM_PITCH_SHIFTS, standard: undefined, unit: 'semitones' }),
});

/**
 * Where supervised learning has another default. Templates that fit a clip ever closer fit other sound of the same source
 * worse: after 60 multiplicative updates what is separated with 32 of them is best.
 */
export const SUPERVISED_DEFAULTS = {
  solver: 'multiplicative',
  templatesPerComponent: 32,
  iterations: 60,
  restarts: 1,
} as const;

/** Where sources that are found by timbre have another default. */
export const SOURCE_DEFAULTS = { templatesPerComponent: 8 } as const;

/** The options of `factorize` that are numbers or words. */
export const FACTORIZE_PARAMETERS = defineParameters({
  templates: integer({ minimum: 1, maximum: MAXIMUM_TEMPLATES, standard: undefined }),
  divergence: LEARNING_PARAMETERS.divergence,
  solver: LEARNING_PARAMETERS.solver,
  iterations: LEARNING_PARAMETERS.iterations,
  tolerance: LEARNING_PARAMETERS.tolerance,
  restarts: integer({ minimum: 1, maximum: 1000, standard: 1 }),
  seed: LEARNING_PARAMETERS.seed,
});
