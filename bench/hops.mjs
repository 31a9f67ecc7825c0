// How long a live hop takes, from the sound that comes in to the components that go out: `node bench/hops.mjs`.
// Stereo, templates learned from one half of a sound while the other half plays; medians, one thread.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rollup } from 'rollup';
import esbuild from 'rollup-plugin-esbuild';
import { factorize, magnitudes, stft } from '../dist/dsp.js';
import { kernels } from '../src/kernels/compile.mjs';

/** @typedef {{ name: string, value: number, unit: string, mark: string }} Row */

const RATE = 44100;
const QUANTUM = 128;
const SECONDS = 10;
const COUNTS = [3, 8, 16, 32];
const CHANNELS = 2;
/** Most microseconds a hop of the 'playback' mode with Kullback-Leibler may take, on a 3.6 GHz core. */
const MARKS = /** @type {Record<number, string>} */ ({ 8: '≤ 110', 32: '≤ 400' });
const SHAPES = {
  playback: { fftSize: 2048, hopSize: 512, window: 'hann', support: 2048, allowance: 0 },
  balanced: { fftSize: 2048, hopSize: 256, window: 'asymmetric-512', support: 512, allowance: 0 },
  interactive: { fftSize: 2048, hopSize: 128, window: 'asymmetric-256', support: 256, allowance: 0 },
};

/** The chain itself is not public, so it is compiled from its source. */
async function loadChain() {
  const folder = mkdtempSync(join(tmpdir(), 'nmf-bench-'));
  const input = fileURLToPath(new URL('../src/dsp/SeparationChain.ts', import.meta.url));
  const bundle = await rollup({ input, plugins: [kernels(), esbuild({ target: 'node20' })] });
  const file = join(folder, 'chain.mjs');
  await bundle.write({ file, format: 'es' });
  const { SeparationChain } = await import(pathToFileURL(file).href);
  rmSync(folder, { recursive: true });
  return SeparationChain;
}

/** A band of plucked tones over noise: every hop has something to explain. */
function music(seed) {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const samples = new Float32Array(SECONDS * RATE);
  for (let note = 0; note < 12 * SECONDS; note++) {
    const start = Math.floor(random() * samples.length);
    const frequency = 55 * 2 ** (Math.floor(random() * 48) / 12);
    for (let n = start; n < Math.min(samples.length, start + RATE); n++) {
      const t = (n - start) / RATE;
      for (let h = 1; h <= 6; h++)
        samples[n] += (0.05 / h) * Math.exp(-4 * t * h) * Math.sin(2 * Math.PI * h * frequency * t);
    }
  }
  return samples.map((sample) => sample + 0.01 * (random() - 0.5));
}

/** @returns {Promise<Row[]>} */
export async function hopRows() {
  const SeparationChain = await loadChain();
  const taught = music(1);
  const played = [music(2), music(3)];
  /** @type {Row[]} */
  const rows = [];
  for (const divergence of /** @type {const} */ (['euclidean', 'kullback-leibler', 'itakura-saito'])) {
    for (const count of COUNTS) rows.push(hopRow(SeparationChain, taught, played, 'playback', divergence, count));
  }
  for (const mode of /** @type {const} */ (['balanced', 'interactive'])) {
    for (const count of COUNTS) rows.push(hopRow(SeparationChain, taught, played, mode, 'kullback-leibler', count));
  }
  return rows;
}

function hopRow(SeparationChain, taught, played, mode, divergence, count) {
  const shape = SHAPES[mode];
  const { fftSize, hopSize, window } = shape;
  const spectrogram = stft(taught, { fftSize, hopSize: 512, window });
  const { frames, bins } = spectrogram;
  const { templates } = factorize(magnitudes(spectrogram), frames, bins, {
    templates: count,
    divergence,
    iterations: 50,
  });
  const chain = new SeparationChain({ shape, components: count, channels: CHANNELS });
  chain.setDictionary({ templates, componentOf: Uint8Array.from({ length: count }, (_, k) => k), divergence });
  const outputs = Array.from({ length: count }, () => played.map(() => new Float32Array(QUANTUM)));
  const hops = [];
  for (let n = 0; n + hopSize <= SECONDS * RATE; n += hopSize) {
    const start = performance.now();
    for (let q = n; q < n + hopSize; q += QUANTUM) {
      chain.process(
        played.map((samples) => samples.subarray(q, q + QUANTUM)),
        outputs,
        2,
      );
    }
    hops.push(1000 * (performance.now() - start));
  }
  const value = hops.slice(hops.length >> 1).sort((a, b) => a - b)[hops.length >> 2];
  const load = ((100 * value * RATE) / (1e6 * hopSize)).toFixed(1);
  const name = `hop, ${mode}, ${divergence}, K = ${count}: ${load} % of a core`;
  const mark = mode === 'playback' && divergence === 'kullback-leibler' ? (MARKS[count] ?? '') : '';
  return { name, value, unit: 'µs', mark };
}
