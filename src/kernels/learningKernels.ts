/**
 * Learning V ≈ W·H (`assembly/learning`). A learner owns V, and W and H in FACTOR_STATES states, numbered from 0.
 *
 * V is rows of `learnerRowBytes`, one for each frame. W and H are strips: STRIP_COLUMNS columns (bins of W, frames of
 * H) of one template stand side by side, then those of the next template, up to a multiple of QUAD_TEMPLATES templates;
 * then the next columns. Divergences are EUCLIDEAN, KULLBACK_LEIBLER and ITAKURA_SAITO (`constants.ts`).
 *
 * Any thread but the audio thread: an iteration takes milliseconds.
 */
export interface LearningKernels {
  /** Makes a zeroed learner. May grow the memory, which detaches every view made before. */
  createLearner(frames: number, bins: number, templates: number): number;
  releaseLearner(learner: number): void;
  /** Address of V. */
  learnerSpectrogram(learner: number): number;
  learnerRowBytes(learner: number): number;
  /** Address of W of a state. */
  learnerTemplates(learner: number, state: number): number;
  /** Address of H of a state. */
  learnerActivations(learner: number, state: number): number;
  /** Address of one int32 for each template: not 0 where W keeps the template as it is. */
  learnerHeld(learner: number): number;
  /**
   * To be called once V is written. Scales V by a power of two, so that its maximum lies between 1 and 2; what is
   * negative or not finite becomes zero. W·H must have the same scale, and losses are those of the scaled V.
   *
   * @returns the scale
   */
  prepareLearner(learner: number, divergence: number): number;
  /**
   * One Euclidean iteration in place, H then W.
   *
   * @param sweeps 0 for multiplicative updates, else sweeps of hierarchical alternating least squares over each factor
   * @returns the loss after it
   */
  iterateLearner(learner: number, state: number, sweeps: number): number;
  /**
   * One multiplicative iteration for Kullback-Leibler or Itakura-Saito, H then W, from one state to another.
   *
   * @returns the loss before it
   */
  advanceLearner(learner: number, divergence: number, from: number, to: number): number;
  /** to ← current + step · (current − previous), for W and H, kept above zero. `to` may be `previous`. */
  extrapolateLearner(learner: number, current: number, previous: number, step: number, to: number): void;
}
