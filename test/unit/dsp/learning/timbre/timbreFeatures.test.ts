import { expect, it } from 'vitest';
import { FEATURES, timbreFeatures } from '../../../../../src/dsp/learning/timbre/timbreFeatures.ts';

const layout = { sampleRate: 44_100, fftSize: 2048, hopSize: 512, window: 'hann' } as const;
const bins = layout.fftSize / 2 + 1;

/** Mel-frequency cepstral coefficients with the library's own logarithms and cosines. */
function reference(template: readonly number[]): number[] {
  const mel = (hertz: number) => 1127 * Math.log(1 + hertz / 700);
  const edges = Array.from({ length: 28 }, (_, i) => 700 * (Math.exp(((i / 27) * mel(16_000)) / 1127) - 1));
  const level = template.reduce((sum, value) => sum + value, 0);
  const logarithms = Array.from({ length: 26 }, (_, band) => {
    const [low, middle, high] = edges.slice(band, band + 3);
    let sum = 0;
    template.forEach((value, f) => {
      const hertz = (f * layout.sampleRate) / layout.fftSize;
      sum += value * Math.max(0, Math.min((hertz - low) / (middle - low), (high - hertz) / (high - middle)));
    });
    return Math.log(sum / level + 1e-5);
  });
  return Array.from({ length: FEATURES }, (_, i) =>
    logarithms.reduce((sum, value, n) => sum + value * Math.cos((Math.PI * (i + 1) * (n + 0.5)) / 26), 0),
  ).map((value) => value * Math.sqrt(2 / 26));
}

/** Harmonics under an envelope that falls by `slope`. */
function note(fundamental: number, slope: number): number[] {
  return Array.from({ length: bins }, (_, f) => (f > 0 && f % fundamental === 0 ? f ** -slope : 1e-6));
}

it('are the cepstral coefficients of a plain version', () => {
  const templates = [note(10, 0.5), note(23, 1), note(31, 2)];
  const features = timbreFeatures(Float32Array.from(templates.flat()), layout);
  templates.flatMap(reference).forEach((value, i) => {
    expect(features[i]).toBeCloseTo(value, 4);
  });
});

it('do not depend on the level', () => {
  const quiet = Float32Array.from(note(17, 1));
  const loud = quiet.map((value) => value * 1024);
  expect(timbreFeatures(loud, layout)).toEqual(timbreFeatures(quiet, layout));
});

it('tell two envelopes apart better than two notes', () => {
  const templates = [note(5, 0.3), note(6, 0.3), note(5, 1.5)];
  const features = timbreFeatures(Float32Array.from(templates.flat()), layout);
  const distance = (a: number, b: number) => {
    let sum = 0;
    for (let i = 0; i < FEATURES; i++) sum += (features[a * FEATURES + i] - features[b * FEATURES + i]) ** 2;
    return sum;
  };
  expect(distance(0, 2)).toBeGreaterThan(4 * distance(0, 1));
});

it('are finite for a template without any sound', () => {
  expect(timbreFeatures(new Float32Array(bins), layout).every(Number.isFinite)).toBe(true);
});
