export * from './activation';
export * from './fft';
export * from './mask';
export * from './spectra';
