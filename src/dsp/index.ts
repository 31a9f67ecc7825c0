export { activate } from './activate.ts';
export { type BssEval, type BssEvalOptions, bssEval } from './bssEval.ts';
export { type Divergence, divergenceBetween } from './divergence.ts';
export { type Factorization, type FactorizeOptions, factorize } from './factorize.ts';
export { type GriffinLimOptions, griffinLim } from './griffinLim.ts';
export type { Solver } from './learning/beginDescent.ts';
export { siSdr } from './siSdr.ts';
export { type ComplexSpectrogram, istft, magnitudes, type StftOptions, stft } from './stft.ts';
export type { WindowName } from './window.ts';
