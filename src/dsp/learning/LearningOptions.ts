// Written by `npm run parameters` from parameters.ts and descriptions.ts: change those.
import type { Divergence } from '../divergence.ts';
import type { ClusteringOption, Order } from './parameters.ts';
import type { SolverName } from './solvers/makeSolver.ts';

/** How to learn. Options that are left out follow from the kind of learning. */
export interface CommonLearningOptions {
  /** What learning minimises. Default: the node's, or `'kullback-leibler'`. */
  divergence?: Divergence | undefined;
  /**
   * `'multiplicative'` is the lecture's rule, to the letter. Default: `'fast'`, for supervised learning
   * `'multiplicative'`.
   */
  solver?: SolverName | undefined;
  /**
   * Columns of W for each stream: 1…64. Default: 1, for sources found by timbre 8, for supervised learning 32 (fewer
   * where a clip is short).
   */
  templatesPerComponent?: number | undefined;
  /** Upper bound of the iterations of each start: 1…100000. Default: 200, for supervised learning 60. */
  iterations?: number | undefined;
  /**
   * Learning stops when the loss improves by less than this fraction over 10 iterations: 0…1; 0 runs all. Default:
   * 1e-4.
   */
  tolerance?: number | undefined;
  /** Starts, of which the one with the lowest loss is kept: 1…1000. Default: 4, for supervised learning 1. */
  restarts?: number | undefined;
  /** Of the random numbers: an integer; the same seed and clip give the same bits. Default: 0. */
  seed?: number | undefined;
}

/** How to learn components from a mixture. */
export interface BlindLearningOptions extends CommonLearningOptions {
  /**
   * `'none'`: a component is one pattern. `'timbre'`: a component is a source, its many notes found by their timbre.
   * `'auto'` measures which of them the clip needs. Default: `'auto'`; `'none'` where only patterns have what is asked
   * for: `templatesPerComponent`, another divergence than `'kullback-leibler'`, or the solver `'multiplicative'`.
   */
  clustering?: ClusteringOption | undefined;
  /** Components whose templates stay as they are while the others are learned from the mixture. */
  hold?: readonly number[] | undefined;
  /**
   * `'match'` keeps the meaning of the streams when they are learned again, and sorts them by spectral centroid, low
   * first, the first time; `'centroid'` sorts them always; `'none'` leaves them as they come. Default: `'match'`.
   */
  order?: Order | undefined;
}

/** How to learn from one clip a source. */
export interface SupervisedLearningOptions extends CommonLearningOptions {
  /**
   * Copies of the templates, shifted by up to so many semitones each way: 0…12 semitones; `'auto'` is 7 where a trial
   * on the clips says that it helps (never for `'euclidean'` where the audio thread of a live context activates
   * frames), else 0. Default: `'auto'`.
   */
  pitchShifts?: 'auto' | number | undefined;
}

/** How to learn, whichever way: each kind of learning looks at its own options only. */
export interface LearningOptions extends BlindLearningOptions, SupervisedLearningOptions {}
