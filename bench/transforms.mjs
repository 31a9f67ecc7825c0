// How long a forward and an inverse transform of 2048 real samples take: `node bench/transforms.mjs`. With NMF_PEERS, a
// folder where the npm package fft.js is installed, beside that.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadInternals } from './internals.mjs';
import { music } from './music.mjs';

/** @typedef {{ name: string, value: number, unit: string, mark: string }} Row */

const SIZE = 2048;
const RUNS = 2000;
/** Transforms and back, so often that the clock is fine enough and nothing overflows. */
const ROUNDS = 8;

/** @returns {Promise<Row[]>} */
export async function transformRows() {
  const { loadKernels } = await loadInternals('kernels/load.ts');
  const { twiddlesOf } = await loadInternals('dsp/twiddles.ts');
  const signals = [music(1), music(2)].map((samples) => samples.slice(SIZE, 2 * SIZE));
  const own = kernelMicroseconds(loadKernels(), twiddlesOf(SIZE), signals);
  const peer = peerMicroseconds(signals[0]);
  const name = `forward and inverse transform of ${SIZE} real samples`;
  /** @type {Row[]} */
  const rows = [{ name, value: own, unit: 'µs', mark: '' }];
  if (peer) rows.push({ name: `${name}: fft.js`, value: peer / own, unit: '× as long', mark: '≥ 10' });
  return rows;
}

/** Two signals ride in one transform. @param {any} kernels @param {Float32Array} twiddles @param {Float32Array[]} signals */
function kernelMicroseconds(kernels, twiddles, signals) {
  const lengths = [SIZE, SIZE, 2 * SIZE, twiddles.length];
  const addresses = lengths.map((length) => kernels.allocate(4 * length));
  const views = addresses.map((address, i) => new Float32Array(kernels.memory.buffer, address, lengths[i]));
  const [re, im, scratch, factors] = addresses;
  views[3].set(twiddles);
  const microseconds = medianMicroseconds(() => {
    views[0].set(signals[0]);
    views[1].set(signals[1]);
    for (let i = 0; i < ROUNDS; i++) {
      kernels.transform(re, im, scratch, factors, SIZE);
      kernels.transform(im, re, scratch, factors, SIZE);
    }
  });
  return microseconds / ROUNDS / signals.length;
}

/** @param {Float32Array} signal */
function peerMicroseconds(signal) {
  const folder = process.env.NMF_PEERS;
  if (!folder) return null;
  const FFT = createRequire(join(folder, 'package.json'))('fft.js');
  const fft = new FFT(SIZE);
  const [spectrum, restored] = [fft.createComplexArray(), fft.createComplexArray()];
  const samples = Array.from(signal);
  return medianMicroseconds(() => {
    fft.realTransform(spectrum, samples);
    fft.completeSpectrum(spectrum);
    fft.inverseTransform(restored, spectrum);
  });
}

/** @param {() => void} run */
function medianMicroseconds(run) {
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    run();
    return 1000 * (performance.now() - start);
  });
  return times.sort((a, b) => a - b)[RUNS >> 1];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.table(await transformRows());
