// How fast the live path is: `node bench/live.mjs`. One thread, medians. The sound is made here; with NMF_REFERENCE it is
// that folder's. With NMF_PEERS, a folder where fft.js is installed, the transforms are compared with it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rollup } from 'rollup';
import esbuild from 'rollup-plugin-esbuild';
import { kernels } from '../src/kernels/compile.mjs';

/** @typedef {{ name: string, value: number, unit: string, mark: string }} Row */

const SAMPLE_RATE = 44100;
const SECONDS = 6;
const FFT_SIZE = 2048;
const BINS = FFT_SIZE / 2 + 1;
const QUANTUM = 128;
/** As `'playback'` has it, and as `'interactive'` has it. */
const PLAYBACK = { fftSize: FFT_SIZE, hopSize: 512, support: FFT_SIZE, allowance: 0, window: 'hann' };
const INTERACTIVE = { fftSize: FFT_SIZE, hopSize: 128, support: 256, allowance: 0, window: 'asymmetric-256' };

const ENTRY = `
export { Activator } from ${source('dsp/Activator.ts')};
export { factorize, magnitudes, stft } from ${source('dsp/index.ts')};
export { SeparationChain } from ${source('dsp/SeparationChain.ts')};
export { twiddlesOf } from ${source('dsp/twiddles.ts')};
export { loadKernels } from ${source('kernels/load.ts')};`;

/** @param {string} path */
function source(path) {
  return JSON.stringify(fileURLToPath(new URL(`../src/${path}`, import.meta.url)));
}

/** What lies below the public entries, from the sources. */
async function bundle() {
  const entry = {
    name: 'entry',
    resolveId: (/** @type {string} */ id) => (id === 'entry' ? id : null),
    load: (/** @type {string} */ id) => (id === 'entry' ? ENTRY : null),
  };
  const { generate, close } = await rollup({
    input: 'entry',
    plugins: [entry, kernels(), esbuild({ target: 'es2022' })],
  });
  const { output } = await generate({ format: 'es' });
  await close();
  return import(`data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`);
}

const library = await bundle();

/** @param {number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Median milliseconds of a call. @param {number} times @param {(i: number) => void} call */
function timed(times, call) {
  const durations = [];
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    call(i);
    durations.push(performance.now() - start);
  }
  return median(durations);
}

/** A linear congruential generator. @param {number} seed */
function generator(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Decaying notes with overtones, and noise bursts between them. */
function music() {
  const random = generator(1);
  const samples = new Float32Array(SECONDS * SAMPLE_RATE);
  for (let note = 0; note < 12 * SECONDS; note++) {
    const start = Math.floor(random() * samples.length);
    const noise = note % 3 === 0;
    const pitch = 80 * 2 ** (Math.floor(36 * random()) / 12);
    const decay = (noise ? 0.03 : 0.4) * SAMPLE_RATE;
    for (let n = 0; n < 5 * decay && start + n < samples.length; n++) {
      let value = noise ? random() - 0.5 : 0;
      if (!noise) for (let k = 1; k < 9; k++) value += Math.sin((2 * Math.PI * k * pitch * n) / SAMPLE_RATE) / (4 * k);
      samples[start + n] += 0.3 * Math.exp(-n / decay) * value;
    }
  }
  return samples;
}

/** Two channels that are alike but not the same. */
function stereo() {
  const folder = process.env.NMF_REFERENCE;
  const left = folder
    ? new Float32Array(new Uint8Array(readFileSync(join(folder, 'gm_audio.f32'))).buffer).slice(
        0,
        SECONDS * SAMPLE_RATE,
      )
    : music();
  return [left, left.map((value, n) => 0.8 * value + 0.2 * (left[n - 40] ?? 0))];
}

const channels = stereo();

/** Templates learned from the sound itself. @param {number} count @param {string} divergence */
function learned(count, divergence = 'kullback-leibler') {
  const spectrogram = library.stft(channels[0], { fftSize: FFT_SIZE, hopSize: 2048 });
  const V = library.magnitudes(spectrogram);
  const options = { templates: count, divergence, iterations: 40, tolerance: 0 };
  const { templates } = library.factorize(V, spectrogram.frames, BINS, options);
  return { templates, componentOf: Uint8Array.from({ length: count }, (_, r) => r), divergence };
}

/** Microseconds of a whole stereo hop: window, transforms, activation, masks, overlap-add.
 * @param {object} dictionary @param {number} components @param {typeof PLAYBACK} shape @param {Float32Array[]} input */
function hopMicroseconds(dictionary, components, shape, input = channels) {
  const chain = new library.SeparationChain({ shape, components, channels: 2 });
  chain.setDictionary(dictionary);
  const outputs = Array.from({ length: components }, () => [new Float32Array(QUANTUM), new Float32Array(QUANTUM)]);
  const hops = Math.floor(input[0].length / shape.hopSize);
  const milliseconds = timed(hops, (hop) => {
    for (let n = hop * shape.hopSize; n < (hop + 1) * shape.hopSize; n += QUANTUM) {
      chain.process(
        input.map((samples) => samples.subarray(n, n + QUANTUM)),
        outputs,
        2,
      );
    }
  });
  return 1000 * milliseconds;
}

/** @returns {Row[]} */
export function hopRows() {
  const marks = { 8: '≤ 110', 32: '≤ 400' };
  /** @type {Row[]} */
  const rows = [];
  for (const K of /** @type {const} */ ([8, 32])) {
    const dictionary = learned(K);
    const value = hopMicroseconds(dictionary, K, PLAYBACK);
    rows.push({ name: `a stereo hop, Kullback-Leibler, K = ${K}`, value, unit: 'µs', mark: marks[K] });
    if (K < 32) continue;
    const core = (value * SAMPLE_RATE) / PLAYBACK.hopSize / 1e4;
    rows.push({ name: 'the same, of a core', value: core, unit: '%', mark: '≤ 5' });
    const quantum = (hopMicroseconds(dictionary, K, INTERACTIVE) * SAMPLE_RATE) / QUANTUM / 1e4;
    rows.push({
      name: `'interactive', K = ${K}: a hop of 128, of its quantum`,
      value: quantum,
      unit: '%',
      mark: '≤ 30',
    });
    const silence = channels.map((samples) => new Float32Array(samples.length));
    rows.push({
      name: `a hop of silence, K = ${K}`,
      value: hopMicroseconds(dictionary, K, PLAYBACK, silence),
      unit: 'µs',
      mark: '≤ 40',
    });
  }
  return rows;
}

/** Activation alone, with many shifted copies. @returns {Row[]} */
export function activationRows() {
  const [taught, count] = [64, 1024];
  const { templates, divergence } = learned(taught);
  const all = Float32Array.from({ length: count * BINS }, (_, i) => {
    const [r, f] = [Math.floor(i / BINS), i % BINS];
    const position = f / 2 ** (Math.floor(r / taught) / 12);
    const below = Math.floor(position);
    const at = (r % taught) * BINS + below;
    return templates[at] + (position - below) * ((templates[at + 1] ?? 0) - templates[at]) + 1e-9;
  });
  const activator = new library.Activator(BINS);
  const dictionary = activator.add({
    templates: all,
    componentOf: new Uint8Array(count),
    divergence,
    shiftedFrom: Uint16Array.from({ length: count - taught }, (_, i) => i % taught),
  });
  const spectrogram = library.stft(channels[0], { fftSize: FFT_SIZE, hopSize: 1024 });
  const V = library.magnitudes(spectrogram);
  const value = timed(spectrogram.frames, (t) => {
    activator.frame.set(V.subarray(t * BINS, (t + 1) * BINS));
    activator.activate(dictionary);
  });
  return [{ name: `activation of a frame, ${count} templates`, value, unit: 'ms', mark: '≤ 1.5' }];
}

/** Forward and inverse transform of 2048 real samples, of which two ride together. @returns {Row[]} */
export function transformRows() {
  const runs = 2000;
  const transforms = 8;
  const twiddles = library.twiddlesOf(FFT_SIZE);
  const instance = library.loadKernels();
  const addresses = [FFT_SIZE, FFT_SIZE, 2 * FFT_SIZE, twiddles.length].map((floats) => instance.allocate(4 * floats));
  const [re, im, scratch, factors] = addresses;
  new Float32Array(instance.memory.buffer, factors, twiddles.length).set(twiddles);
  const views = [re, im].map((address) => new Float32Array(instance.memory.buffer, address, FFT_SIZE));
  const own = timed(runs, () => {
    // Both transforms together raise the level by their size, so it starts anew before it overflows.
    views.forEach((view, c) => {
      view.set(channels[c].subarray(0, FFT_SIZE));
    });
    for (let i = 0; i < transforms; i++) {
      instance.transform(re, im, scratch, factors, FFT_SIZE);
      instance.transform(im, re, scratch, factors, FFT_SIZE);
    }
  });
  const microseconds = (1000 * own) / transforms / 2;
  /** @type {Row[]} */
  const rows = [
    { name: 'forward and inverse transform, 2048 real samples', value: microseconds, unit: 'µs', mark: '' },
  ];
  const peer = peerMicroseconds(runs);
  if (peer) rows.push({ name: 'fft.js takes', value: peer / microseconds, unit: '× as long', mark: '≥ 10' });
  return rows;
}

/** @param {number} runs @returns {number | null} */
function peerMicroseconds(runs) {
  const folder = process.env.NMF_PEERS;
  if (!folder) return null;
  const FFT = createRequire(join(folder, 'package.json'))('fft.js');
  const fft = new FFT(FFT_SIZE);
  const [spectrum, restored] = [fft.createComplexArray(), fft.createComplexArray()];
  const signal = Array.from(channels[0].subarray(0, FFT_SIZE));
  const milliseconds = timed(runs, () => {
    fft.realTransform(spectrum, signal);
    fft.completeSpectrum(spectrum);
    fft.inverseTransform(restored, spectrum);
  });
  return 1000 * milliseconds;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.table([...transformRows(), ...hopRows(), ...activationRows()]);
}
