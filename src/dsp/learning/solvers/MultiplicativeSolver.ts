import type { Factors, Learner } from './Learner.ts';
import type { Descent } from './Solver.ts';

/**
 * The lecture's multiplicative updates for Kullback-Leibler and Itakura-Saito, step by step. The loss of a state comes
 * with the update that starts from it, so each step also prepares the next.
 */
export class MultiplicativeDescent implements Descent {
  readonly #learner: Learner;
  #current = 0;
  #next = 1;

  constructor(learner: Learner, start: Factors) {
    this.#learner = learner;
    learner.write(this.#current, start);
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
