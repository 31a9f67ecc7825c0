import type { Factors, Learner } from './Learner.ts';
import type { Solver } from './Solver.ts';
import { StepSize } from './StepSize.ts';

/** Multiplicative updates of W and H, in states numbered from 0 to 2. */
export type Updates = Pick<Learner, 'write' | 'read' | 'advance' | 'extrapolate'>;

/**
 * Extrapolated multiplicative updates (Ang and Gillis, "Accelerating nonnegative matrix factorization algorithms using
 * extrapolation", Neural Computation 31, 2019, algorithm 3). With X for W and H together and U for a multiplicative
 * update, each iteration goes to
 *
 *     X_{n+1} = U(X_n) + β · (U(X_n) − U(X_{n−1}))
 *
 * Guard: if that point has a higher loss than X_n, X_{n+1} = U(X_n) instead, the plain multiplicative update, which
 * cannot raise the loss (Lee and Seung 2000, theorem 1).
 *
 * The kernels find the loss of a point while they compute its update. So trying an extrapolated point costs nothing where
 * it is kept, since its update is the next one needed, and one update where it is not.
 */
export class ExtrapolatedSolver implements Solver {
  readonly #learner: Updates;
  readonly #stepSize = new StepSize();
  /** Numbers of the learner's three states: X_n, U(X_n), and a spare one. */
  #point = 0;
  #updated = 1;
  #spare = 2;
  /** The state that holds U(X_{n−1}), if one does. */
  #previous: number | undefined;
  /** Of X_n. */
  #loss: number;

  constructor(learner: Updates, initial: Factors) {
    this.#learner = learner;
    learner.write(this.#point, initial);
    this.#loss = learner.advance(this.#point, this.#updated);
  }

  step(): number {
    if (this.#previous === undefined || !this.#extrapolate(this.#previous)) this.#takeUpdate();
    return this.#loss;
  }

  factors(): Factors {
    return this.#learner.read(this.#point);
  }

  /** Goes to the extrapolated point and returns true, unless its loss is higher: then U(X_n) alone is left in place. */
  #extrapolate(previous: number): boolean {
    const [point, updated, ahead] = [this.#point, this.#updated, this.#spare];
    this.#learner.extrapolate(updated, previous, this.#stepSize.value, ahead);
    const loss = this.#learner.advance(ahead, point);
    if (loss > this.#loss) {
      this.#stepSize.shrink();
      return false;
    }
    this.#stepSize.grow();
    this.#loss = loss;
    [this.#point, this.#updated, this.#spare] = [ahead, point, updated];
    this.#previous = updated;
    return true;
  }

  /** Goes to U(X_n). */
  #takeUpdate(): void {
    this.#loss = this.#learner.advance(this.#updated, this.#spare);
    [this.#point, this.#updated, this.#spare] = [this.#updated, this.#spare, this.#point];
    this.#previous = this.#point;
  }
}
