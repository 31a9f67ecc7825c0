import { describe, expect, it } from 'vitest';
import { type CoreLearnOptions, learn } from '../../../../../src/dsp/learning/learn.ts';
import type { Progress } from '../../../../../src/dsp/learning/progress.ts';
import { threeSources, twoInstruments } from '../../../../helpers/signals.ts';

const sampleRate = 16_000;
const bins = 513;
const [dark, bright] = twoInstruments(sampleRate, 3);
const duo = { channels: [dark.map((value, n) => value + bright[n])], sampleRate };
const [low, chord, hiss] = threeSources(sampleRate, 3);
const patterns = { channels: [low.map((value, n) => value + chord[n] + hiss[n])], sampleRate };

const learned = (clip: typeof duo, components: number, options: Partial<CoreLearnOptions> = {}) =>
  learn(clip, { sampleRate, fftSize: 1024, components, ...options });

describe('the gate', () => {
  it('finds sources in two instruments that play scales', () => {
    const { clustering, relativeLoss, maskExponent, componentOf } = learned(duo, 2);
    expect(clustering).toBe('timbre');
    expect(relativeLoss).toBeGreaterThan(0.35);
    expect(maskExponent).toBe(1);
    expect([...componentOf]).toEqual([...new Array(8).fill(0), ...new Array(8).fill(1)]);
  });

  it('leaves three patterns as they are, and then costs nothing', () => {
    const auto = learned(patterns, 3);
    const none = learned(patterns, 3, { clustering: 'none' });
    expect(auto).toEqual(none);
    expect(auto.clustering).toBe('none');
    expect(auto.relativeLoss).toBeLessThan(0.16);
    expect(auto.maskExponent).toBe(1.5);
  });

  it('is not asked where only patterns have what is asked for', () => {
    for (const options of [
      { solver: 'multiplicative' },
      { divergence: 'euclidean' },
      { templatesPerComponent: 2 },
    ] as const)
      expect(learned(duo, 2, { ...options, iterations: 5 }).clustering).toBe('none');
    expect(learned(duo, 2, { divergence: 'euclidean', iterations: 5 }).relativeLoss).toBeNaN();
  });
});

describe('sources', () => {
  it('are found by each of several seeds, and the same by the same one', () => {
    const options = { clustering: 'timbre', iterations: 5, restarts: 1 } as const;
    const once = learned(duo, 2, { ...options, seed: 3 });
    expect(learned(duo, 2, { ...options, seed: 3 })).toEqual(once);
    expect(learned(duo, 2, { ...options, seed: 4 }).templates).not.toEqual(once.templates);
  });

  it('have as many templates as is asked for, each with its activations', () => {
    const { templates, componentOf, activations, frames } = learned(duo, 2, {
      clustering: 'timbre',
      templatesPerComponent: 5,
    });
    expect([...componentOf]).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
    expect(templates).toHaveLength(10 * bins);
    expect(activations).toHaveLength(10 * frames);
    expect(activations.every((h) => Number.isFinite(h) && h >= 0)).toBe(true);
  });

  it('are learned beside held ones, which keep every bit', () => {
    const previous = learned(duo, 2);
    const again = learned(duo, 2, { clustering: 'timbre', hold: [1], previous, seed: 9 });
    expect([...again.componentOf]).toEqual([...previous.componentOf]);
    expect(again.templates.subarray(8 * bins)).toEqual(previous.templates.subarray(8 * bins));
    expect(again.templates.subarray(0, 8 * bins)).not.toEqual(previous.templates.subarray(0, 8 * bins));
  });

  it('keep their order when they are learned again', () => {
    const previous = learned(duo, 2, { order: 'centroid' });
    const reversed = { ...previous, componentOf: previous.componentOf.map((k) => 1 - k) };
    const { componentOf, templates } = learned(duo, 2, { previous: reversed, seed: 5 });
    const centroid = (k: number) => {
      let [moment, level] = [0, 0];
      templates.forEach((value, i) => {
        if (componentOf[Math.floor(i / bins)] !== k) return;
        moment += value * (i % bins);
        level += value;
      });
      return moment / level;
    };
    expect(centroid(0)).toBeGreaterThan(centroid(1));
  });

  it('need a longer clip than patterns, and say so', () => {
    const short = { channels: [duo.channels[0].subarray(0, 4096)], sampleRate };
    expect(() => learned(short, 2, { clustering: 'timbre' })).toThrow(/too few for 20 templates/);
    expect(learned(short, 2).clustering).toBe('none');
  });

  it('may be one, or more than there are instruments', () => {
    for (const components of [1, 6]) {
      const { componentOf, templates } = learned(duo, components, { clustering: 'timbre', restarts: 1, iterations: 5 });
      expect(new Set(componentOf).size).toBe(components);
      expect(templates.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
    }
  });
});

it('tells how far it has come, and never goes back', () => {
  const told: Progress[] = [];
  learned(duo, 2, { iterations: 20, tolerance: 0, restarts: 2, onProgress: (progress) => told.push({ ...progress }) });
  const fractions = told.map(
    ({ iteration, iterations, restart, restarts }) => (restart - 1 + iteration / iterations) / restarts,
  );
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  expect(fractions.at(-1)).toBe(1);
  // Two of patterns, eight of the pool, one for each source.
  expect(new Set(told.map(({ restart }) => restart)).size).toBe(12);
  expect(told.every(({ restarts }) => restarts === 12)).toBe(true);
});
