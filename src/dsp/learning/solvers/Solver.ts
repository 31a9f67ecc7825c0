import type { Factors } from './Learner.ts';

/** Takes one pair of W and H to a lower loss, step by step: each step is an iteration, H then W. */
export interface Solver {
  /** @returns the loss after the step */
  step(): number;
  /** W and H after the last step. */
  factors(): Factors;
}
