// The ready-made models, and the script that makes them.
import { readFileSync } from 'node:fs';
import decodeWav from '@audio/decode-wav';
import { NMFModel } from 'nmf-separator-node';
import { activate, magnitudes, stft } from 'nmf-separator-node/dsp';
import { drums } from 'nmf-separator-node/models';
import { expect, test } from 'vitest';
import { drumsSource, kitNames, LABELS, learnDrums } from '../../src/models/makeDrums.mjs';

const BINS = 1025;

test('drumsData.ts is what `npm run models` writes', async () => {
  expect(readFileSync(new URL('../../src/models/drumsData.ts', import.meta.url), 'utf8')).toBe(await drumsSource());
});

test('the drums are a model of the entry, with three names and unit templates', () => {
  expect(drums).toBeInstanceOf(NMFModel);
  expect([...drums.labels]).toEqual(['kick', 'snare', 'hat']);
  const { sampleRate, fftSize, window, components } = drums;
  expect([sampleRate, fftSize, window, components]).toEqual([44_100, 2048, 'hann', 3]);
  for (let k = 0; k < 3; k++) {
    const row = drums.templates.subarray(k * BINS, (k + 1) * BINS);
    expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
  }
});

/** By a model of the other kits: which drums of a kit are taken for others. */
async function mistakenDrums(kit: string): Promise<string[]> {
  const templates = await learnDrums(kitNames().filter((name) => name !== kit));
  const mistaken = LABELS.map(async (drum, k) => {
    const file = readFileSync(new URL(`../../src/models/kits/${kit}-${drum}.wav`, import.meta.url));
    const { channelData } = await decodeWav(new Uint8Array(file));
    const spectrogram = stft(channelData[0], { fftSize: 2048, hopSize: 512 });
    const h = activate(magnitudes(spectrogram), spectrogram.frames, BINS, templates);
    const sums = LABELS.map((_, j) => h.reduce((sum, value, i) => sum + (i % 3 === j ? value : 0), 0));
    return sums.indexOf(Math.max(...sums)) === k ? [] : [`${kit} ${drum}`];
  });
  return (await Promise.all(mistaken)).flat();
}

test('of kits that a model was not learned from, every drum is known but one', async () => {
  // The hat of the electronic kit is darker than the snares of the others.
  expect((await Promise.all(kitNames().map(mistakenDrums))).flat()).toEqual(['electronic hat']);
});
