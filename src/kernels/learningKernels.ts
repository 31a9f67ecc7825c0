/**
 * Learning V ≈ H·W (`assembly/learning.ts`). A learner owns V, and W and H in three states numbered 0, 1 and 2.
 *
 * V is rows of `learnerRowBytes`. W and H are strips: sixteen columns (bins of W, frames of H) of one template stand side
 * by side, then those of the next template, up to a multiple of four templates; then the next sixteen columns.
 * Divergences are numbered as `DIVERGENCES` orders them.
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
  /** Address of one int32 a template: not 0 where it stays as it is. */
  learnerHeld(learner: number): number;
  /**
   * To be called once V is written: scales it by a power of two, so that its maximum lies between 1 and 2, and takes
   * what is negative or not finite as zero. W·H of the states and all losses are scaled likewise.
   *
   * @returns the scale
   */
  prepareLearner(learner: number, divergence: number): number;
  /**
   * One Euclidean iteration in place, H then W.
   *
   * @param sweeps 0: multiplicative updates; else so many sweeps of hierarchical alternating least squares
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
