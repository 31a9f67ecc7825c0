import { NMFModel } from 'nmf-separator-node';
import { expect, test } from 'vitest';
import { likenessOf } from '../../../demo/src/table/likeness.ts';

const SAMPLE_RATE = 44100;
const FFT_SIZE = 2048;
const BINS = FFT_SIZE / 2 + 1;

/** A model of one component for each list of spectra, which are given as magnitudes by frequency in Hz. */
function modelOf(...components: ((frequency: number) => number)[][]): NMFModel {
  const spectra = components.flat().map((magnitudeAt) => {
    const magnitudes = Float32Array.from({ length: BINS }, (_, bin) => magnitudeAt((bin * SAMPLE_RATE) / FFT_SIZE));
    const sum = magnitudes.reduce((total, value) => total + value, 0);
    return magnitudes.map((value) => value / (sum || 1));
  });
  return NMFModel.fromJSON({
    type: 'nmf-model',
    version: 1,
    sampleRate: SAMPLE_RATE,
    fftSize: FFT_SIZE,
    hopSize: 512,
    window: 'hann',
    divergence: 'kullback-leibler',
    components: components.length,
    labels: [],
    pitchShifts: 0,
    componentOf: components.flatMap((templates, k) => templates.map(() => k)),
    templates: Buffer.concat(spectra.map(({ buffer }) => Buffer.from(buffer))).toString('base64'),
  });
}

const likeness = (...templates: ((frequency: number) => number)[]) => likenessOf(modelOf(templates), 0);
/** A line of the spectrum, as wide as the window makes it */
const tone = (pitch: number) => (frequency: number) => (Math.abs(frequency - pitch) < 30 ? 1 : 0);
const white = () => 1;

test('a thump with a click is like a kick, a low tone is low', () => {
  const thump = (frequency: number) => (frequency < 120 ? 1 : 0.005);
  expect(likeness(thump)).toBe('kick-like');
  expect(likeness(tone(60))).toBe('low');
  expect(likeness((frequency) => thump(frequency) * (frequency < 120 || frequency > 7000 ? 1 : 0))).toBe('low');
});

test('high noise is like a hi-hat, a high tone is bright', () => {
  expect(likeness((frequency) => (frequency > 6000 ? 1 : 0.1))).toBe('hat-like');
  expect(likeness(tone(9000))).toBe('bright');
});

test('white noise up to 5 kHz is noisy, and neither a kick nor a hi-hat', () => {
  expect(likeness((frequency) => (frequency < 5000 ? 1 : 0.01))).toBe('noisy');
});

test('nothing is said of a note, and of an instrument that plays all notes', () => {
  expect(likeness(tone(440))).toBeNull();
  const notes = Array.from({ length: 60 }, (_, i) => tone(200 + 60 * i));
  expect(likeness(...notes)).toBeNull();
});

test('each component by its own templates, and none without a sound', () => {
  const model = modelOf([tone(440)], [tone(60), tone(80)], [white], [() => 0]).regroup([0, 1, 1, 2, 3]);
  expect([0, 1, 2, 3].map((k) => likenessOf(model, k))).toEqual([null, 'low', 'hat-like', null]);
  expect(likenessOf(model.regroup([0, 0, 0, 0, 0]), 1)).toBeNull();
});
