import { describe, expect, it } from 'vitest';
import { DIVERGENCES } from '../../../../src/dsp/divergence.ts';
import { factorize } from '../../../../src/dsp/index.ts';
import { factorizeFromStarts } from '../../../../src/dsp/learning/factorizeFromStarts.ts';
import { clusterFrames } from '../../../../src/dsp/learning/initialisation/clusterFrames.ts';
import { lowRankMatrix, randomMatrix } from '../../../helpers/matrices.ts';

const [frames, bins, templates] = [60, 45, 5];
const V = lowRankMatrix(frames, bins, 9, 11);

describe.each(DIVERGENCES)('several initialisations, %s', (divergence) => {
  const options = { templates, divergence, iterations: 60, tolerance: 0 } as const;
  const rest = { solver: 'fast', seed: 0 } as const;

  it('continue with the one of lowest loss', () => {
    const trials: number[] = [];
    const record = (iteration: number, loss: number, start: number) => {
      if (iteration < 20) trials[start] = Math.fround(loss);
      return true;
    };
    const learned = factorizeFromStarts(V, frames, bins, { ...options, ...rest, restarts: 5 }, record);
    expect(trials).toHaveLength(5);
    expect(new Set(trials).size).toBe(5);
    expect(learned.loss[19]).toBe(Math.min(...trials));
    expect(learned.loss).toHaveLength(60);
    expect(learned.loss[59]).toBeLessThan(learned.loss[19]);
  });

  it('report their iterations in order, the kept one last', () => {
    const reports: number[] = [];
    const record = (iteration: number, _loss: number, start: number) => reports.push(start * 1000 + iteration) > 0;
    factorizeFromStarts(V, frames, bins, { ...options, ...rest, restarts: 3 }, record);
    expect(reports).toHaveLength(3 * 20 + 40);
    expect(reports).toEqual(reports.toSorted((a, b) => a - b));
  });

  it('give the same bits for the same seed', () => {
    const run = (seed: number) => factorize(V, frames, bins, { ...options, seed, restarts: 3 });
    expect(run(7)).toEqual(run(7));
    expect(run(7).templates).not.toEqual(run(8).templates);
  });

  it('stop when onIteration returns false', () => {
    let calls = 0;
    const stopped = factorize(V, frames, bins, { ...options, restarts: 4, onIteration: () => ++calls < 30 });
    expect(calls).toBe(30);
    expect([10, 20]).toContain(stopped.iterations);
    expect(stopped.templates.every(Number.isFinite)).toBe(true);
  });

  it.each([1, 4])('keep held templates bit for bit, restarts = %i', (restarts) => {
    const templates0 = randomMatrix(templates * bins, 4);
    // The smallest denormal: scaling the template and back would change it.
    templates0[bins + 3] = 1e-45;
    const holdTemplates = [false, true, false, true, false];
    const learned = factorize(V, frames, bins, { ...options, restarts, templates0, holdTemplates });
    for (const r of [0, 1, 2, 3, 4]) {
      const [row, row0] = [learned.templates, templates0].map((all) => all.subarray(r * bins, (r + 1) * bins));
      if (holdTemplates[r]) expect(row).toEqual(row0);
      else expect(row).not.toEqual(row0);
    }
  });
});

describe('a tolerance', () => {
  it('ends learning when the loss falls by less than that fraction in ten iterations', () => {
    const options = { templates, solver: 'multiplicative', iterations: 1000 } as const;
    const { loss, iterations } = factorize(V, frames, bins, { ...options, tolerance: 0.01 });
    expect(iterations).toBeLessThan(1000);
    const last = iterations - 1;
    expect(loss[last - 10] - loss[last]).toBeLessThanOrEqual(0.01 * loss[last - 10]);
    expect(loss[last - 11] - loss[last - 1]).toBeGreaterThan(0.01 * loss[last - 11]);
  });
});

describe('clusters of frames', () => {
  it('find the spectra that the frames are multiples of', () => {
    const directions = randomMatrix(3 * bins, 9, 0).map((value, i) =>
      (i % bins) % 3 === Math.floor(i / bins) ? value : 0,
    );
    const levels = randomMatrix(frames, 10);
    const made = Float32Array.from({ length: frames * bins }, (_, i) => {
      const [t, f] = [Math.floor(i / bins), i % bins];
      return levels[t] * directions[(t % 3) * bins + f];
    });
    const centres = clusterFrames(made, { frames, bins, count: 3 }, 0);
    const cosines = [0, 1, 2].map((k) => Math.max(...[0, 1, 2].map((d) => cosine(directions, d, centres, k))));
    for (const value of cosines) expect(value).toBeCloseTo(1, 5);
    expect(
      new Set([0, 1, 2].map((k) => [0, 1, 2].findIndex((d) => cosine(directions, d, centres, k) > 0.9))).size,
    ).toBe(3);
  });
});

function cosine(a: Float32Array, i: number, b: Float32Array, j: number): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let f = 0; f < bins; f++) {
    const [x, y] = [a[i * bins + f], b[j * bins + f]];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb);
}
