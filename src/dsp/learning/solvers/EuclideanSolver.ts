import type { Factors, Learner } from './Learner.ts';
import type { Solver } from './Solver.ts';

const STATE = 0;

/**
 * Either the lecture's multiplicative updates, or hierarchical alternating least squares with several sweeps over each
 * factor while its products with V are there (Gillis and Glineur, "Accelerated multiplicative updates and hierarchical
 * ALS algorithms for nonnegative matrix factorization", Neural Computation 24, 2012, section 4).
 */
export class EuclideanSolver implements Solver {
  readonly #learner: Learner;
  readonly #sweeps: number;

  /** @param sweeps 0: multiplicative updates */
  constructor(learner: Learner, initial: Factors, sweeps: number) {
    this.#learner = learner;
    this.#sweeps = sweeps;
    learner.write(STATE, initial);
  }

  step(): number {
    return this.#learner.iterate(STATE, this.#sweeps);
  }

  factors(): Factors {
    return this.#learner.read(STATE);
  }
}
