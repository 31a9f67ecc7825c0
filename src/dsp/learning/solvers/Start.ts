import type { Factors, Learner } from './Learner.ts';
import { beginDescent, type Solver } from './makeSolver.ts';
import type { Descent } from './Solver.ts';

/** Iterations over which the loss must improve for the descent to go on. */
const PATIENCE = 10;

/** What to learn until. */
export interface Limits {
  readonly iterations: number;
  /** The least improvement over PATIENCE iterations, as a fraction of the loss; 0: any. */
  readonly tolerance: number;
}

/** One start and how far it has come. It can be left and taken up again, with the factors it was left with. */
export class Start {
  factors: Factors;
  /** One value an iteration. */
  readonly loss: number[] = [];
  #converged = false;

  constructor(factors: Factors) {
    this.factors = factors;
  }

  /**
   * Goes on until the limits are met.
   *
   * @param onIteration false stops
   * @returns false where it was stopped
   */
  run(
    learner: Learner,
    solver: Solver,
    limits: Limits,
    onIteration: (iteration: number, loss: number) => boolean,
  ): boolean {
    if (this.#converged || this.loss.length >= limits.iterations) return true;
    const descent = beginDescent(learner, this.factors, solver);
    let going = true;
    while (going && !this.#converged && this.loss.length < limits.iterations) {
      going = this.#step(descent, limits.tolerance, onIteration);
    }
    this.factors = descent.factors();
    return going;
  }

  #step(descent: Descent, tolerance: number, onIteration: (iteration: number, loss: number) => boolean): boolean {
    const loss = descent.step();
    const iteration = this.loss.push(loss) - 1;
    const before = this.loss[iteration - PATIENCE];
    this.#converged = tolerance > 0 && iteration >= PATIENCE && before - loss <= tolerance * before;
    return onIteration(iteration, loss);
  }
}
