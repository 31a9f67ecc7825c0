import type { Factors } from './Learner.ts';

/** One start on its way down: each step is an iteration, H then W. */
export interface Descent {
  /** @returns the loss after the step */
  step(): number;
  /** W and H after the last step. */
  factors(): Factors;
}
