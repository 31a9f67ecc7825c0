// Time to compute the activations of one frame with 1024 templates: 64 learned ones and pitch-shifted copies of them.
import { factorize, magnitudes, stft } from '../dist/dsp.js';
import { loadInternals } from './internals.mjs';
import { music } from './music.mjs';

/** @typedef {import('./rows.mjs').Row} Row */

const LEARNED = 64;
const COUNT = 1024;
const BINS = 1025;

/** @returns {Promise<Row[]>} */
export async function activationRows() {
  const { Activator } = await loadInternals('dsp/live/Activator.ts');
  const training = spectrogramOf(1);
  const test = spectrogramOf(2);
  return /** @type {const} */ (['euclidean', 'kullback-leibler', 'itakura-saito']).map((divergence) => {
    const options = { templates: LEARNED, divergence, iterations: 50 };
    const { templates } = factorize(training.V, training.frames, BINS, options);
    const activator = new Activator(BINS);
    const dictionary = activator.add({
      templates: withCopies(templates),
      componentOf: new Uint8Array(COUNT),
      divergence,
      shiftedFrom: Uint16Array.from({ length: COUNT - LEARNED }, (_, i) => i % LEARNED),
    });
    const times = Array.from({ length: test.frames }, (_, t) => {
      activator.frame.set(test.V.subarray(t * BINS, (t + 1) * BINS));
      const start = performance.now();
      activator.activate(dictionary);
      return performance.now() - start;
    });
    const value = times.sort((a, b) => a - b)[times.length >> 1];
    return {
      name: `activation of a frame, ${divergence}, ${COUNT} templates`,
      value,
      unit: 'ms',
      mark: { atMost: 1.5 },
    };
  });
}

/** @param {number} seed */
function spectrogramOf(seed) {
  const spectrogram = stft(music(seed), { fftSize: 2 * (BINS - 1), hopSize: 1024 });
  return { V: magnitudes(spectrogram), frames: spectrogram.frames };
}

/** The templates, then copies a semitone higher, two semitones, and so on up to COUNT. @param {Float32Array} templates */
function withCopies(templates) {
  return Float32Array.from({ length: COUNT * BINS }, (_, i) => {
    const [r, f] = [Math.floor(i / BINS), i % BINS];
    const position = f / 2 ** (Math.floor(r / LEARNED) / 12);
    const below = Math.floor(position);
    const at = (r % LEARNED) * BINS + below;
    return templates[at] + (position - below) * (templates[at + 1] - templates[at] || 0) + 1e-9;
  });
}
