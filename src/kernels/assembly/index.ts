/** The exports of the module: `LiveKernels`, `LearningKernels` and `KernelExports` in TypeScript. */

export { advanceLearner, extrapolateLearner, iterateLearner } from './learning/iteration';
export {
  createLearner,
  learnerActivations,
  learnerHeld,
  learnerRowBytes,
  learnerSpectrogram,
  learnerTemplates,
  releaseLearner,
} from './learning/LearnerMemory';
export { prepareLearner } from './learning/spectrogram';

export { activateFrame, activateNextFrame } from './live/activation';
export { emitBlock, listenBlock } from './live/blocks';
export {
  chainAmplitudes,
  chainAnalysis,
  chainInput,
  chainMagnitudes,
  chainOutput,
  chainShares,
  chainSynthesis,
  chainTwiddles,
  createChain,
} from './live/ChainMemory';
export { captureFrame, stackMagnitudes } from './live/capture';
export {
  createDictionary,
  dictionaryActivations,
  dictionaryComponents,
  dictionaryPanning,
  dictionaryPenalties,
  dictionaryShares,
  dictionaryTemplates,
  releaseDictionary,
} from './live/DictionaryMemory';
export { placeTemplates } from './live/namedCopies';
export { prepareDictionary } from './live/preparation';
export { rowBytes } from './live/rows';
export { maskFrame, separateFrame, shareFrame } from './live/separation';
export { joinSpectra, splitSpectrum } from './shared/fft/realPairs';
export { transform } from './shared/fft/transform';
export { allocate, release } from './shared/memory';
