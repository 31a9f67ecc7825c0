import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIVERGENCES, type Divergence } from '../../../../src/dsp/divergence.ts';
import { activate, divergenceBetween, magnitudes, stft } from '../../../../src/dsp/index.ts';
import { Activator } from '../../../../src/dsp/live/Activator.ts';
import { noise, threeSources } from '../../../helpers/signals.ts';
import { approximation, referenceActivations } from '../../../reference/activation.ts';

const FFT_SIZE = 512;
const BINS = FFT_SIZE / 2 + 1;

/** Magnitudes (frames × bins) of three sources, with a little noise so that no bin is silent */
function realFrames(): Float32Array {
  const sources = threeSources(16_000, 2);
  const hiss = noise(sources[0].length, 3, 0.002);
  const mixture = hiss.map((value, n) => sources.reduce((sum, source) => sum + source[n], value));
  return magnitudes(stft(mixture, { fftSize: FFT_SIZE, hopSize: 128 }));
}

function row(matrix: Float32Array, t: number): Float32Array {
  return matrix.subarray(t * BINS, (t + 1) * BINS);
}

/** Templates taken from nearby frames of the sound and scaled to sum 1: very similar, which makes convergence slow. */
function templatesFrom(frames: Float32Array, count: number): Float32Array {
  const templates = new Float32Array(count * BINS);
  for (let r = 0; r < count; r++) {
    const frame = row(frames, 5 + 3 * r);
    const sum = frame.reduce((total, value) => total + value, 0);
    templates.set(
      frame.map((value) => value / sum),
      r * BINS,
    );
  }
  return templates;
}

describe.each(DIVERGENCES)('activations, %s', (divergence) => {
  const frames = realFrames();

  it.each([1, 2, 3, 7, 16, 33, 64])('of %i templates come within 1 % of the lowest divergence', (count) => {
    const templates = templatesFrom(frames, count);
    for (const t of [22, 61, 102, 144, 211, 240]) {
      const v = row(frames, t);
      const reference = referenceActivations(v, templates, divergence, 1500);
      const least = divergenceBetween(v, templates, Float32Array.from(reference), 1, BINS, divergence);
      const found = divergenceBetween(
        v,
        templates,
        activate(v, 1, BINS, templates, { divergence }),
        1,
        BINS,
        divergence,
      );
      // If the templates explain the frame almost exactly, an error 50 dB below the frame's energy is allowed instead.
      const energy = divergenceBetween(v, templates, new Float32Array(count), 1, BINS, 'euclidean');
      expect(found).toBeLessThan(1.01 * least + (divergence === 'euclidean' ? 1e-5 * energy : 0));
    }
  });

  it('recover the activations of a frame that is a sum of templates', () => {
    const templates = noise(5 * BINS, 8).map((value) => value * value);
    const h = [0.5, 0, 3, 0, 1e-3];
    const v = Float32Array.from(approximation(templates, h, BINS));
    const found = activate(v, 1, BINS, templates, { divergence });
    h.forEach((value, r) => {
      expect(Math.abs(found[r] - value)).toBeLessThan(0.02);
    });
  });

  it('depend only on the frame, not on earlier frames', () => {
    const templates = templatesFrom(frames, 24);
    const activator = new Activator(BINS);
    const data = { templates, componentOf: new Uint8Array(24), divergence };
    const dictionary = activator.add(data);
    const activated = (t: number) => {
      activator.frame.set(row(frames, t));
      return activator.activate(dictionary).slice();
    };
    const first = activated(100);
    activated(30);
    activator.frame.fill(Number.NaN);
    activator.activate(dictionary);
    expect(activated(100)).toEqual(first);
    expect(activate(row(frames, 100), 1, BINS, templates, { divergence })).toEqual(first);
  });

  it.each([1e6, 1e-6, 1e-12])('scale with the level of the frame: × %f', (level) => {
    const templates = templatesFrom(frames, 12);
    const v = row(frames, 120);
    const h = activate(v, 1, BINS, templates, { divergence });
    const scaled = activate(
      v.map((value) => value * level),
      1,
      BINS,
      templates,
      { divergence },
    );
    const largest = Math.max(...h);
    h.forEach((value, r) => {
      expect(Math.abs(scaled[r] / level - value)).toBeLessThan(1e-3 * largest);
    });
  });

  it('are finite and nonnegative for any frame and templates', () => {
    const magnitude = fc.oneof(
      fc.constantFrom(0, 1e-45, 1e-38, 1e-12, 1, 1e6, 3e38, Number.NaN, Number.POSITIVE_INFINITY, -1),
      fc.float({ min: 0, max: 1, noNaN: true }),
    );
    const awkward = fc.integer({ min: 1, max: 40 }).chain((bins) =>
      fc.record({
        v: fc.array(magnitude, { minLength: bins, maxLength: bins }),
        // Up to more templates than bins, where the activations are not unique.
        templates: fc
          .integer({ min: 0, max: 60 })
          .chain((count) => fc.array(magnitude, { minLength: count * bins, maxLength: count * bins })),
      }),
    );
    fc.assert(
      fc.property(awkward, ({ v, templates }) => {
        const h = activate(Float32Array.from(v), 1, v.length, Float32Array.from(templates), { divergence });
        expect(h.every((value) => value >= 0 && value < Number.POSITIVE_INFINITY)).toBe(true);
      }),
    );
  });

  it('are zero for a silent frame, and for zero templates', () => {
    const templates = noise(3 * BINS, 4).map((value, i) => (i < 2 * BINS ? value * value : 0));
    expect(activate(new Float32Array(BINS), 1, BINS, templates, { divergence })).toEqual(new Float32Array(3));
    expect(activate(row(frames, 50), 1, BINS, templates, { divergence })[2]).toBe(0);
  });
});

describe('a dictionary with pitch-shifted copies', () => {
  const COPIES = 300;

  function activateWithCopies(v: Float32Array, learned: Float32Array, divergence: Divergence): Float32Array {
    const count = learned.length / BINS;
    const templates = new Float32Array(learned.length + COPIES * BINS);
    templates.set(learned);
    for (let i = 0; i < COPIES; i++) {
      const shift = 1 + Math.floor(i / count);
      const from = row(learned, i % count);
      templates.set(from.subarray(0, BINS - shift), learned.length + i * BINS + shift);
    }
    const activator = new Activator(BINS);
    const dictionary = activator.add({
      templates,
      componentOf: new Uint8Array(count + COPIES),
      divergence,
      shiftedFrom: Uint16Array.from({ length: COPIES }, (_, i) => i % count),
    });
    activator.frame.set(v);
    return activator.activate(dictionary);
  }

  it.each(DIVERGENCES)('activates at most 100 templates, %s', (divergence) => {
    const frames = realFrames();
    const h = activateWithCopies(row(frames, 120), templatesFrom(frames, 20), divergence);
    const active = h.filter((value) => value > 0).length;
    expect(active).toBeGreaterThan(0);
    expect(active).toBeLessThanOrEqual(100);
  });

  it('explains a note at a new pitch by the copy at that pitch', () => {
    const learned = noise(4 * BINS, 6).map((value, i) => (i % 7 === 0 ? value * value : 0));
    const v = new Float32Array(BINS);
    v.set(row(learned, 2).subarray(0, BINS - 3), 3);
    const h = activateWithCopies(v, learned, 'kullback-leibler');
    // 4 templates, then 4 copies shifted by 1 bin, 4 by 2 bins, and 4 by 3 bins.
    expect(h.indexOf(Math.max(...h))).toBe(4 + 2 * 4 + 2);
  });
});
