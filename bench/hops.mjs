// Time of one hop of the live chain, from the stereo input to the components, on one thread; medians. The templates are
// learned from other music than is played.
import { factorize, magnitudes, stft } from '../dist/dsp.js';
import { loadInternals } from './internals.mjs';
import { music, RATE, SECONDS } from './music.mjs';

/**
 * @typedef {import('./rows.mjs').Row} Row
 * @typedef {import('../dist/index.js').Divergence} Divergence
 * @typedef {import('../dist/index.js').LatencyHint} LatencyHint
 * @typedef {import('./internals.mjs').Internals['dsp/live/SeparationChain.ts']['SeparationChain']} ChainClass
 * @typedef {ConstructorParameters<ChainClass>[0]['layout']} LiveLayout
 */

const BLOCK = 128;
const COUNTS = [3, 8, 16, 32];
const CHANNELS = 2;
/**
 * Targets: microseconds per hop in 'playback' mode with the Kullback-Leibler divergence on a 3.6 GHz core, by the number
 * of components.
 * @type {Record<number, number>}
 */
const MARKS = { 8: 110, 32: 400 };
/** @type {Record<LatencyHint, LiveLayout>} */
const LAYOUTS = {
  playback: { fftSize: 2048, hopSize: 512, window: 'hann', allowance: 0 },
  balanced: { fftSize: 2048, hopSize: 256, window: 'asymmetric-512', allowance: 0 },
  interactive: { fftSize: 2048, hopSize: 128, window: 'asymmetric-256', allowance: 0 },
};

/** @returns {Promise<Row[]>} */
export async function hopRows() {
  const { SeparationChain } = await loadInternals('dsp/live/SeparationChain.ts');
  const training = music(1);
  const played = [music(2), music(3)];
  /** @type {Row[]} */
  const rows = [];
  for (const divergence of /** @type {const} */ (['euclidean', 'kullback-leibler', 'itakura-saito'])) {
    for (const count of COUNTS) rows.push(hopRow(SeparationChain, training, played, 'playback', divergence, count));
  }
  for (const mode of /** @type {const} */ (['balanced', 'interactive'])) {
    for (const count of COUNTS) rows.push(hopRow(SeparationChain, training, played, mode, 'kullback-leibler', count));
  }
  const silence = played.map(() => new Float32Array(SECONDS * RATE));
  const silent = hopRow(SeparationChain, training, silence, 'playback', 'kullback-leibler', 32);
  rows.push({ ...silent, name: `silence: ${silent.name}`, mark: { atMost: 40 } });
  return rows;
}

/**
 * @param {ChainClass} SeparationChain
 * @param {Float32Array} training  the training clip
 * @param {Float32Array[]} played  the input, one array for each channel
 * @param {LatencyHint} mode
 * @param {Divergence} divergence
 * @param {number} count  number of components, with one template each
 * @returns {Row}
 */
function hopRow(SeparationChain, training, played, mode, divergence, count) {
  const layout = LAYOUTS[mode];
  const { fftSize, hopSize, window } = layout;
  const spectrogram = stft(training, { fftSize, hopSize: 512, window });
  const { frames, bins } = spectrogram;
  const { templates } = factorize(magnitudes(spectrogram), frames, bins, {
    templates: count,
    divergence,
    iterations: 50,
  });
  const chain = new SeparationChain({ layout, components: count, channels: CHANNELS });
  chain.setDictionary({ templates, componentOf: Uint8Array.from({ length: count }, (_, k) => k), divergence });
  const outputs = Array.from({ length: count }, () => played.map(() => new Float32Array(BLOCK)));
  /** @type {number[]} */
  const hops = [];
  for (let n = 0; n + hopSize <= SECONDS * RATE; n += hopSize) {
    const start = performance.now();
    for (let q = n; q < n + hopSize; q += BLOCK) {
      chain.process(
        played.map((samples) => samples.subarray(q, q + BLOCK)),
        outputs,
        2,
      );
    }
    hops.push(1000 * (performance.now() - start));
  }
  const value = hops.slice(hops.length >> 1).sort((a, b) => a - b)[hops.length >> 2];
  const load = ((100 * value * RATE) / (1e6 * hopSize)).toFixed(1);
  const name = `hop, ${mode}, ${divergence}, K = ${count}: ${load} % of a core`;
  const marked = mode === 'playback' && divergence === 'kullback-leibler' && MARKS[count];
  return { name, value, unit: 'µs', ...(marked && { mark: { atMost: marked } }) };
}
