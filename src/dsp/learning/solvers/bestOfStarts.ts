import { type GivenFactors, initialFactors } from '../initialisation/initialFactors.ts';
import type { Learner } from './Learner.ts';
import type { SolverName } from './makeSolver.ts';
import { type Limits, Start } from './Start.ts';

/** Iterations after which the losses of the starts are compared. */
export const TRIAL_ITERATIONS = 20;

export interface StartsOptions extends Limits, GivenFactors {
  readonly solver: SolverName;
  readonly starts: number;
  readonly seed: number;
  /** Called after every iteration; `start` counts from 0. The kept one is finished as the last. `false` stops. */
  onIteration(iteration: number, loss: number, start: number): boolean;
}

/**
 * Tries every start for a few iterations and takes the one with the lowest loss to its end.
 *
 * @param V frames × bins, row-major
 * @returns the start that was kept
 */
export function bestOfStarts(learner: Learner, V: Float32Array, options: StartsOptions): Start {
  const { solver, starts, seed, iterations, tolerance } = options;
  const trial = { iterations: Math.min(iterations, TRIAL_ITERATIONS), tolerance };
  let best: Start | undefined;
  for (let index = 0; index < starts; index++) {
    const start = new Start(initialFactors(index, V, learner.shape, seed, options));
    const limits = starts === 1 ? options : trial;
    const going = start.run(learner, solver, limits, (iteration, loss) => options.onIteration(iteration, loss, index));
    if (!best || lossOf(start) < lossOf(best)) best = start;
    if (!going) return best;
  }
  best!.run(learner, solver, options, (iteration, loss) => options.onIteration(iteration, loss, starts - 1));
  return best!;
}

function lossOf({ loss }: Start): number {
  return loss.at(-1) ?? Number.POSITIVE_INFINITY;
}
