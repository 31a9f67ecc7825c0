export { activate } from './activate.ts';
export { type Divergence, divergenceBetween } from './divergence.ts';
export { type Factorization, type FactorizeOptions, factorize } from './factorize.ts';
export { type ComplexSpectrogram, istft, magnitudes, type StftOptions, stft } from './stft.ts';
export type { WindowName } from './window.ts';
