import { AlternatingSolver } from './AlternatingSolver.ts';
import { EuclideanSolver } from './EuclideanSolver.ts';
import { ExtrapolatedSolver } from './ExtrapolatedSolver.ts';
import type { Factors, Learner } from './Learner.ts';
import { MultiplicativeSolver } from './MultiplicativeSolver.ts';
import type { Solver } from './Solver.ts';

/** `'multiplicative'` is the lecture's rule, to the letter; `'fast'` reaches the same losses sooner. */
export type SolverName = 'fast' | 'multiplicative';

export const SOLVERS: readonly SolverName[] = ['fast', 'multiplicative'];

/** The solver of a name for the learner's divergence. */
export function makeSolver(learner: Learner, initial: Factors, name: SolverName): Solver {
  if (learner.divergence === 'euclidean') {
    return name === 'fast' ? new AlternatingSolver(learner, initial) : new EuclideanSolver(learner, initial);
  }
  return name === 'fast' ? new ExtrapolatedSolver(learner, initial) : new MultiplicativeSolver(learner, initial);
}
