import type { Factors, Learner } from './Learner.ts';
import type { Solver } from './Solver.ts';

const STATE = 0;
/** Of hierarchical alternating least squares: multiplicative updates instead. */
const NO_SWEEPS = 0;

/** The lecture's multiplicative updates for the Euclidean loss, step by step. */
export class EuclideanSolver implements Solver {
  readonly #learner: Learner;

  constructor(learner: Learner, initial: Factors) {
    this.#learner = learner;
    learner.write(STATE, initial);
  }

  step(): number {
    return this.#learner.iterate(STATE, NO_SWEEPS);
  }

  factors(): Factors {
    return this.#learner.read(STATE);
  }
}
