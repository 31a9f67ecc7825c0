import type { Factors, Learner } from './Learner.ts';
import type { Descent } from './Solver.ts';

/** How far ahead the first steps go, and at most, as a part of the last step. */
const FIRST_STEP = 0.5;
const LARGEST_STEP = 1;
/** What the step is multiplied with after a point ahead was better, and after it was worse. */
const GROWTH = 1.1;
const SHRINKAGE = 0.5;

/**
 * Multiplicative updates that go further the way they went, as long as that lowers the loss (Ang and Gillis,
 * "Accelerating nonnegative matrix factorization algorithms using extrapolation", Neural Computation 31, 2019, algorithm 3).
 *
 * The loss of a point comes with the update that starts from it. So the point ahead is tried at the price of an update
 * that was due anyway; one that lies higher is dropped for the plain update behind it, which never does.
 */
export class ExtrapolatedDescent implements Descent {
  readonly #learner: Learner;
  /** States: the point reached, its update, and one to work in. */
  #point = 0;
  #updated = 1;
  #spare = 2;
  /** The state that holds the update before, if one does. */
  #previous: number | undefined;
  #loss: number;
  #stepSize = FIRST_STEP;

  constructor(learner: Learner, start: Factors) {
    this.#learner = learner;
    learner.write(this.#point, start);
    this.#loss = learner.advance(this.#point, this.#updated);
  }

  step(): number {
    if (this.#previous === undefined || !this.#goAhead(this.#previous)) this.#goPlain();
    return this.#loss;
  }

  factors(): Factors {
    return this.#learner.read(this.#point);
  }

  /** To the point ahead, unless its loss is higher: then only the update is left as it was. */
  #goAhead(previous: number): boolean {
    const [point, updated, ahead] = [this.#point, this.#updated, this.#spare];
    this.#learner.extrapolate(updated, previous, this.#stepSize, ahead);
    const loss = this.#learner.advance(ahead, point);
    if (loss > this.#loss) {
      this.#stepSize *= SHRINKAGE;
      return false;
    }
    this.#stepSize = Math.min(LARGEST_STEP, this.#stepSize * GROWTH);
    this.#loss = loss;
    [this.#point, this.#updated, this.#spare] = [ahead, point, updated];
    this.#previous = updated;
    return true;
  }

  /** To the update itself. */
  #goPlain(): void {
    this.#loss = this.#learner.advance(this.#updated, this.#spare);
    [this.#point, this.#updated, this.#spare] = [this.#updated, this.#spare, this.#point];
    this.#previous = this.#point;
  }
}
