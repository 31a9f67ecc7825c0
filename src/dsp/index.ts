export { type Divergence, divergenceBetween } from './divergence.ts';
export { type Factorization, type FactorizeOptions, factorize } from './learning/factorize.ts';
export type { Solver } from './learning/solvers/makeSolver.ts';
export { activate } from './live/activate.ts';
export { type BssEval, type BssEvalOptions, bssEval } from './scores/bssEval.ts';
export { siSdr } from './scores/siSdr.ts';
export { type GriffinLimOptions, griffinLim } from './transform/griffinLim.ts';
export { type ComplexSpectrogram, istft, magnitudes, type StftOptions, stft } from './transform/stft.ts';
export type { WindowName } from './transform/window.ts';
