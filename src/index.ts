/**
 * Live separation: the node, models, and what is done offline with the same code.
 *
 * @module nmf-separator-node
 */

export type { Divergence } from './dsp/divergence.ts';
export type { Spectrogram } from './dsp/learning/clips.ts';
export type {
  BlindLearningOptions,
  CommonLearningOptions,
  SupervisedLearningOptions,
} from './dsp/learning/LearningOptions.ts';
export type { ClusteringOption, Order } from './dsp/learning/parameters.ts';
export type { SuggestionRow } from './dsp/learning/patternCount.ts';
export type { Progress } from './dsp/learning/progress.ts';
export type { SolverName } from './dsp/learning/solvers/makeSolver.ts';
export type { Suggestion } from './dsp/learning/suggest.ts';
export type { Clustering } from './dsp/learning/timbre/gate.ts';
export type { LatencyHint } from './dsp/live/latencyModes.ts';
export { type ModelShape, NMFModel } from './model/NMFModel.ts';
export type { NMFModelInit } from './model/NMFModelInit.ts';
export type { NMFModelJSON } from './model/NMFModelJSON.ts';
export type { AnyAudioBuffer, Clip, LearnSource } from './node/clips/plainClip.ts';
export type { ToneDestination } from './node/composite/destination.ts';
export type { Handler } from './node/composite/EventHandlers.ts';
export type { AnyAudioContext } from './node/context/contextFamily.ts';
export {
  type ComponentNode,
  type ConnectableNode,
  NMFSeparatorNode,
  type NMFSeparatorNodeConstructor,
} from './node/NMFSeparatorNode.ts';
export { type Separation, separate } from './node/offline/separate.ts';
export { sonify } from './node/offline/sonify.ts';
export { suggestComponents } from './node/offline/suggestComponents.ts';
export type {
  AdaptOptions,
  LearnOptions,
  ListenOptions,
  NMFSeparatorOptions,
  SeparateOptions,
  SonifyOptions,
  SuggestOptions,
} from './node/options/optionTypes.ts';
export type { Activation } from './node/options/parameters.ts';
export type { ActivationFrame, Onset, SeparatorState, SpectrogramFrame, Statistics } from './node/Streams.ts';
export type { LearnResult } from './node/worker/learnJob.ts';
export type { ScriptUrl, TrustedScriptUrl } from './parameters/ScriptUrl.ts';
