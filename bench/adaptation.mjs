// What following the sound costs: of a core, at the defaults, with three components.

import { factorize, magnitudes, stft } from '../dist/dsp.js';
import { drums } from '../dist/models.js';
import { loadInternals } from './internals.mjs';
import { music } from './music.mjs';

/** @typedef {import('./rows.mjs').Row} Row */

const RATE = 44_100;
const LAYOUT = /** @type {const} */ ({ sampleRate: RATE, fftSize: 2048, hopSize: 512, window: 'hann' });
const BINS = 1025;
const OPTIONS = { memorySeconds: 6, trust: 0.5 };

/** @returns {Promise<Row[]>} */
export async function adaptationRows() {
  const { Adaptation } = await loadInternals('dsp/live/Adaptation.ts');
  const { re, im, ...spectrogram } = stft(music(1), LAYOUT);
  const V = magnitudes({ re, im, ...spectrogram });
  const frames = spectrogram.frames;
  return [1, 32].map((perComponent) => {
    const count = 3 * perComponent;
    const templates =
      count === 3 ? drums.templates : factorize(V, frames, BINS, { templates: count, iterations: 30 }).templates;
    const componentOf = Uint8Array.from({ length: count }, (_, r) => Math.floor(r / perComponent));
    const adaptation = new Adaptation({ templates, componentOf, divergence: 'kullback-leibler' }, LAYOUT, OPTIONS);
    const start = performance.now();
    for (let t = 0; t < frames; t++) adaptation.add(t, V.subarray(t * BINS, (t + 1) * BINS));
    const seconds = (performance.now() - start) / 1000;
    return {
      name: `adapting ${count} templates`,
      value: (100 * seconds * RATE) / (frames * LAYOUT.hopSize),
      unit: '% of a core',
      mark: { atMost: 3 },
    };
  });
}
