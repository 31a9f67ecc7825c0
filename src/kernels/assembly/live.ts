/** The live path: what `SeparationChain`, the live worker and the short-time Fourier transform call. */
export { activateFrame } from './activation';
export { chainAnalysis, chainInput, chainMagnitudes, chainOutput, chainShares, chainSynthesis, chainTwiddles, createChain } from './Chain';
export {
  createDictionary,
  dictionaryActivations,
  dictionaryComponents,
  dictionaryPenalties,
  dictionaryShares,
  dictionaryTemplates,
  prepareDictionary,
  releaseDictionary,
  rowBytes,
} from './Dictionary';
export { transform } from './fft';
export { captureFrame, emitQuantum, listenQuantum, separateFrame, shareFrame } from './separation';
export { joinSpectra, splitSpectrum } from './spectra';
