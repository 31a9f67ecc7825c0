// Time of a forward and an inverse FFT of 2048 real samples, compared with fft.js.
import { loadInternals } from './internals.mjs';
import { music } from './music.mjs';
import { findPackage } from './peers.mjs';
import { medianMilliseconds } from './rows.mjs';

/**
 * The part of fft.js that is used.
 * @typedef {object} Fft
 * @property {() => number[]} createComplexArray
 * @property {(spectrum: number[], samples: number[]) => void} realTransform  fills the first half of the spectrum
 * @property {(spectrum: number[]) => void} completeSpectrum
 * @property {(samples: number[], spectrum: number[]) => void} inverseTransform
 */

/**
 * @typedef {import('./rows.mjs').Row} Row
 * @typedef {import('./internals.mjs').Internals} Internals
 * @typedef {ReturnType<Internals['kernels/load.ts']['loadKernels']>} Kernels
 * @typedef {{ default: new (size: number) => Fft }} FftPackage
 */

const SIZE = 2048;
const RUNS = 2000;
/** Transform pairs per run. One alone is too short to time; the unscaled values would overflow after many. */
const ROUNDS = 8;

/** @returns {Promise<Row[]>} */
export async function transformRows() {
  const { loadKernels } = await loadInternals('kernels/load.ts');
  const { twiddlesOf } = await loadInternals('dsp/transform/twiddles.ts');
  const signals = [music(1), music(2)].map((samples) => samples.slice(SIZE, 2 * SIZE));
  const own = kernelMicroseconds(loadKernels(), twiddlesOf(SIZE), signals);
  const FFT = /** @type {FftPackage | null} */ (await findPackage('fft.js'))?.default;
  const name = `forward and inverse transform of ${SIZE} real samples`;
  /** @type {Row[]} */
  const rows = [{ name, value: own, unit: 'µs' }];
  if (FFT) {
    const value = peerMicroseconds(FFT, signals[0]) / own;
    rows.push({ name: `${name}: fft.js`, value, unit: '× as long', mark: { atLeast: 10 } });
  }
  return rows;
}

/**
 * Time for one signal. The kernel transforms two real signals at once, as the real and imaginary parts.
 * @param {Kernels} kernels
 * @param {Float32Array} twiddles
 * @param {Float32Array[]} signals
 */
function kernelMicroseconds(kernels, twiddles, signals) {
  const lengths = [SIZE, SIZE, 2 * SIZE, twiddles.length];
  const addresses = lengths.map((length) => kernels.allocate(4 * length));
  const views = addresses.map((address, i) => new Float32Array(kernels.memory.buffer, address, lengths[i]));
  const [re, im, scratch, factors] = addresses;
  views[3].set(twiddles);
  const milliseconds = medianMilliseconds(RUNS, () => {
    views[0].set(signals[0]);
    views[1].set(signals[1]);
    for (let i = 0; i < ROUNDS; i++) {
      kernels.transform(re, im, scratch, factors, SIZE);
      kernels.transform(im, re, scratch, factors, SIZE);
    }
  });
  return (1000 * milliseconds) / ROUNDS / signals.length;
}

/** @param {FftPackage['default']} FFT @param {Float32Array} signal */
function peerMicroseconds(FFT, signal) {
  const fft = new FFT(SIZE);
  const [spectrum, restored] = [fft.createComplexArray(), fft.createComplexArray()];
  const samples = Array.from(signal);
  const milliseconds = medianMilliseconds(RUNS, () => {
    fft.realTransform(spectrum, samples);
    fft.completeSpectrum(spectrum);
    fft.inverseTransform(restored, spectrum);
  });
  return 1000 * milliseconds;
}
