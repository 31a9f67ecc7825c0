import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIVERGENCES, type Divergence } from '../../../../src/dsp/divergence.ts';
import { factorize } from '../../../../src/dsp/index.ts';
import { lowRankMatrix } from '../../../helpers/matrices.ts';

const SOLVERS = ['fast', 'multiplicative'] as const;
const CASES = DIVERGENCES.flatMap((divergence) => SOLVERS.map((solver) => [divergence, solver] as const));

/** Mostly ordinary magnitudes, often zero, and sometimes any float: negative, NaN, infinite. */
const cell = fc.oneof(
  { weight: 6, arbitrary: fc.float({ min: 0, max: 1, noNaN: true }) },
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.float() },
);

const spectrogram = fc
  .record({ frames: fc.integer({ min: 1, max: 20 }), bins: fc.integer({ min: 1, max: 40 }) })
  .chain(({ frames, bins }) =>
    fc.record({
      frames: fc.constant(frames),
      bins: fc.constant(bins),
      V: fc
        .array(cell, { minLength: frames * bins, maxLength: frames * bins })
        .map((cells) => Float32Array.from(cells)),
    }),
  );

describe.each(CASES)('%s, %s', (divergence, solver) => {
  it('gives nothing but finite, nonnegative values, and a loss that never rises', () => {
    fc.assert(
      fc.property(spectrogram, fc.integer({ min: 1, max: 9 }), fc.integer(), ({ V, frames, bins }, templates, seed) => {
        const options = { templates, divergence, solver, seed, iterations: 15, tolerance: 0, restarts: 1 + (seed & 1) };
        const learned = factorize(V, frames, bins, options);
        expect(learned.templates.every(isMagnitude)).toBe(true);
        expect(learned.activations.every(isMagnitude)).toBe(true);
        expect(learned.loss).toHaveLength(15);
        expectNeverRises(learned.loss, 1e-9 * levelOf(V, divergence));
      }),
      { numRuns: 150 },
    );
  });

  it.each([1e-36, 1e-12, 1, 1e6, 1e36])('learns at a level of %d', (level) => {
    const [frames, bins] = [40, 50];
    const V = lowRankMatrix(frames, bins, 2, 3).map((value) => value * level);
    const { loss } = factorize(V, frames, bins, { templates: 2, divergence, solver, iterations: 200, tolerance: 0 });
    // The Euclidean loss grows with the square of the level, which leaves float32's range at the extremes.
    const measurable = divergence !== 'euclidean' || (level > 1e-20 && level < 1e15);
    if (measurable) expect(loss[199]).toBeLessThan(0.05 * loss[0]);
  });

  it('learns from a spectrogram with silent frames and bins', () => {
    const [frames, bins] = [40, 50];
    const V = lowRankMatrix(frames, bins, 2, 3).map((value, i) =>
      Math.floor(i / bins) % 3 === 0 || (i % bins) % 5 === 0 ? 0 : value,
    );
    const learned = factorize(V, frames, bins, { templates: 2, divergence, solver, iterations: 300, tolerance: 0 });
    expect(learned.loss[299]).toBeLessThan(0.05 * learned.loss[0]);
    // The first frame is silent, so its activations must vanish.
    expect(Math.max(...learned.activations.subarray(0, 2))).toBeLessThan(1e-6 * Math.max(...learned.activations));
  });

  it('gives zero activations for silence', () => {
    const { activations, loss } = factorize(new Float32Array(30 * 20), 30, 20, { templates: 3, divergence, solver });
    if (divergence !== 'itakura-saito') expect(Math.max(...activations)).toBe(0);
    expect(loss.every(Number.isFinite)).toBe(true);
  });
});

function isMagnitude(value: number): boolean {
  return value >= 0 && value < Number.POSITIVE_INFINITY;
}

/** The scale of the rounding error of the loss: Σ v², Σ v, or the number of cells, as the divergence scales with V */
function levelOf(V: Float32Array, divergence: Divergence): number {
  const finite = V.filter(isMagnitude);
  if (divergence === 'itakura-saito') return V.length;
  return finite.reduce((sum, v) => sum + (divergence === 'euclidean' ? v * v : v), 0);
}

/** @param rounding  allowed absolute increase */
function expectNeverRises(loss: Float32Array, rounding: number): void {
  for (let i = 1; i < loss.length; i++) expect(loss[i]).toBeLessThanOrEqual(loss[i - 1] * (1 + 1e-6) + rounding);
}
