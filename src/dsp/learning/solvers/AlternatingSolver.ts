import type { Factors, Learner } from './Learner.ts';
import type { Solver } from './Solver.ts';
import { StepSize } from './StepSize.ts';

/**
 * Sweeps over a factor for one product with V. A sweep costs 2 to 7 % of an iteration; with three or five, ten seconds of
 * sound with 2 to 32 templates need more iterations in the mean.
 */
const SWEEPS = 4;

/**
 * Hierarchical alternating least squares for the Euclidean loss, with several sweeps over each factor while its products
 * with V are there (Gillis and Glineur, "Accelerated multiplicative updates and hierarchical ALS algorithms for
 * nonnegative matrix factorization", Neural Computation 24, 2012, section 4), and extrapolated (Ang and Gillis,
 * "Accelerating nonnegative matrix factorization algorithms using extrapolation", Neural Computation 31, 2019). With X
 * for W and H together and U for an iteration:
 *
 *     X_{n+1} = U(X_n + β · (X_n − X_{n−1}))
 *
 * Guard: if that has a higher loss than X_n, X_{n+1} = U(X_n) instead, which cannot raise it.
 */
export class AlternatingSolver implements Solver {
  readonly #learner: Learner;
  readonly #stepSize = new StepSize();
  /** Numbers of the learner's three states: X_n, X_{n−1}, and a spare one. */
  #point = 0;
  #previous = 1;
  #spare = 2;
  #iterations = 0;
  /** Of X_n. */
  #loss = Number.POSITIVE_INFINITY;

  constructor(learner: Learner, initial: Factors) {
    this.#learner = learner;
    learner.write(this.#point, initial);
  }

  step(): number {
    // The first difference leads from what was given to what was found, and tells nothing.
    if (this.#iterations++ < 2 || !this.#iterate(this.#stepSize)) this.#iterate();
    return this.#loss;
  }

  factors(): Factors {
    return this.#learner.read(this.#point);
  }

  /**
   * Goes to U of the point, or of one ahead of it.
   *
   * @returns false where that has a higher loss, and the point stays
   */
  #iterate(stepSize?: StepSize): boolean {
    const [point, previous, ahead] = [this.#point, this.#previous, this.#spare];
    this.#learner.extrapolate(point, stepSize ? previous : point, stepSize?.value ?? 0, ahead);
    const loss = this.#learner.iterate(ahead, SWEEPS);
    if (stepSize && loss > this.#loss) {
      stepSize.shrink();
      return false;
    }
    stepSize?.grow();
    this.#loss = loss;
    [this.#point, this.#previous, this.#spare] = [ahead, point, previous];
    return true;
  }
}
