/**
 * Ready-made models.
 *
 * @module nmf-separator-node/models
 */

import { NMFModel } from 'nmf-separator-node';
import { LABELS, RANGE, TEMPLATES } from './drumsData.ts';

const FFT_SIZE = 2048;
const BINS = FFT_SIZE / 2 + 1;

/**
 * Kick, snare and hat, for drums alone: what the drums of several kits have in common, one template each, by NMF of rank 1
 * over hits of all kits. Every kit is another, so let the model follow what is heard (`adapt`, or the option `adaptive`).
 * The kits and their licences: `src/models/kits`.
 */
export const drums: NMFModel = new NMFModel({
  sampleRate: 44_100,
  fftSize: FFT_SIZE,
  hopSize: 512,
  window: 'hann',
  divergence: 'kullback-leibler',
  components: LABELS.length,
  componentOf: LABELS.map((_, k) => k),
  labels: LABELS,
  templates: decode(TEMPLATES),
});

function decode(text: string): Float32Array {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const values = Float32Array.from(bytes, (byte) => (byte > 0 ? 10 ** (((byte / 255 - 1) * RANGE) / 20) : 0));
  for (let start = 0; start < values.length; start += BINS) {
    const row = values.subarray(start, start + BINS);
    const sum = row.reduce((total, value) => total + value, 0);
    row.forEach((value, f) => {
      row[f] = value / sum;
    });
  }
  return values;
}
