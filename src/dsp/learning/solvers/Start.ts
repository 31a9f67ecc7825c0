import type { Factors, Learner } from './Learner.ts';
import { makeSolver, type SolverName } from './makeSolver.ts';
import type { Solver } from './Solver.ts';

/** The loss is compared with what it was so many iterations before. */
const WINDOW = 10;

/** When a solver stops. */
export interface Limits {
  readonly iterations: number;
  /** The least fraction of the loss by which WINDOW iterations must lower it; 0 runs all iterations. */
  readonly tolerance: number;
}

/** One of several starts, and how far it has come. It can be left and taken up again where it was left. */
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
    solverName: SolverName,
    limits: Limits,
    onIteration: (iteration: number, loss: number) => boolean,
  ): boolean {
    if (this.#converged || this.loss.length >= limits.iterations) return true;
    const solver = makeSolver(learner, this.factors, solverName);
    let going = true;
    while (going && !this.#converged && this.loss.length < limits.iterations) {
      going = this.#step(solver, limits.tolerance, onIteration);
    }
    this.factors = solver.factors();
    return going;
  }

  #step(solver: Solver, tolerance: number, onIteration: (iteration: number, loss: number) => boolean): boolean {
    const loss = solver.step();
    const iteration = this.loss.push(loss) - 1;
    const before = this.loss[iteration - WINDOW];
    this.#converged = tolerance > 0 && iteration >= WINDOW && before - loss <= tolerance * before;
    return onIteration(iteration, loss);
  }
}
