/**
 * The numerics alone, on plain arrays: for Node, workers and worklets.
 *
 * @module nmf-separator-node/dsp
 */

export { type Divergence, divergenceBetween } from './divergence.ts';
export type { LearningClip, Sound, Spectrogram } from './learning/clips.ts';
export { type FactorizeOptions, factorize } from './learning/factorize.ts';
export type { Factorization } from './learning/factorizeFromStarts.ts';
export type {
  BlindLearningOptions,
  CommonLearningOptions,
  LearningOptions,
  SupervisedLearningOptions,
} from './learning/LearningOptions.ts';
export type { PlainSource } from './learning/LearnRequest.ts';
export { type CoreLearnOptions, type Learned, learn } from './learning/learn.ts';
export type { ClusteringOption, Order } from './learning/parameters.ts';
export type { OnProgress, Progress } from './learning/progress.ts';
export type { SolverName } from './learning/solvers/makeSolver.ts';
export type { Clustering } from './learning/timbre/gate.ts';
export { activate } from './live/activate.ts';
export type { DictionaryData } from './live/DictionaryData.ts';
export { type BssEval, type BssEvalOptions, bssEval } from './scores/bssEval.ts';
export { siSdr } from './scores/siSdr.ts';
export { type GriffinLimOptions, griffinLim } from './transform/griffinLim.ts';
export type { SpectrogramLayout, StftLayout } from './transform/StftLayout.ts';
export { type ComplexSpectrogram, istft, magnitudes, type StftOptions, stft } from './transform/stft.ts';
export type { WindowName } from './transform/window.ts';
