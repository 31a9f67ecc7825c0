import type { Factors, Learner } from './Learner.ts';
import type { Solver } from './Solver.ts';

/**
 * The lecture's multiplicative updates for Kullback-Leibler and Itakura-Saito, step by step. The kernels find the loss of
 * a state while they compute the update that starts from it, so each step also computes the next state.
 */
export class MultiplicativeSolver implements Solver {
  readonly #learner: Learner;
  #current = 0;
  #next = 1;

  constructor(learner: Learner, initial: Factors) {
    this.#learner = learner;
    learner.write(this.#current, initial);
    learner.advance(this.#current, this.#next);
  }

  step(): number {
    [this.#current, this.#next] = [this.#next, this.#current];
    return this.#learner.advance(this.#current, this.#next);
  }

  factors(): Factors {
    return this.#learner.read(this.#current);
  }
}
