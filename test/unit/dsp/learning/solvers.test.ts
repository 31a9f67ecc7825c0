import { describe, expect, it } from 'vitest';
import { DIVERGENCES } from '../../../../src/dsp/divergence.ts';
import { divergenceBetween, factorize } from '../../../../src/dsp/index.ts';
import { AlternatingSolver } from '../../../../src/dsp/learning/solvers/AlternatingSolver.ts';
import { Learner } from '../../../../src/dsp/learning/solvers/Learner.ts';
import { lowRankMatrix, randomMatrix } from '../../../helpers/matrices.ts';
import { multiplicativeUpdates, product } from '../../../reference/multiplicativeUpdates.ts';

/** [frames, bins, templates], with and without remainders of the kernels' block sizes */
const SHAPES = [
  [1, 1, 1],
  [1, 40, 3],
  [40, 1, 2],
  [2, 3, 5],
  [5, 7, 12],
  [17, 33, 5],
  [32, 16, 4],
  [33, 47, 9],
  [70, 129, 33],
] as const;

const CASES = DIVERGENCES.flatMap((divergence) => SHAPES.map((shape) => [divergence, ...shape] as const));

function awkwardCase(frames: number, bins: number, templates: number) {
  return {
    V: randomMatrix(frames * bins, 1),
    frames,
    bins,
    templates0: randomMatrix(templates * bins, 2),
    activations0: randomMatrix(frames * templates, 3),
  };
}

describe.each(CASES)('%s, %i frames, %i bins, %i templates', (divergence, frames, bins, templates) => {
  const given = awkwardCase(frames, bins, templates);
  const { V, templates0, activations0 } = given;
  const options = { templates, divergence, templates0, activations0, tolerance: 0 } as const;
  const level = divergenceBetween(V, templates0, activations0, frames, bins, divergence);

  it('the multiplicative solver agrees with float64 updates', () => {
    const iterations = 6;
    const learned = factorize(V, frames, bins, { ...options, solver: 'multiplicative', iterations });
    const expected = multiplicativeUpdates(given, divergence, iterations);
    learned.loss.forEach((loss, i) => {
      expect(Math.abs(loss - expected.loss[i])).toBeLessThan(1e-5 * expected.loss[i] + 1e-10 * level);
    });
    expectClose(learned.templates, expected.templates);
    expectClose(learned.activations, expected.activations);
  });

  it('the fast solver reaches a loss at least as low, and reports it correctly', () => {
    const iterations = 40;
    const learned = factorize(V, frames, bins, { ...options, iterations });
    const expected = multiplicativeUpdates(given, divergence, iterations);
    expect(learned.loss[iterations - 1]).toBeLessThan(1.01 * expected.loss[iterations - 1] + 1e-9 * level);
    const Y = product(Float64Array.from(learned.activations), Float64Array.from(learned.templates), frames, bins);
    expect(Y.every(Number.isFinite)).toBe(true);
    const actual = divergenceBetween(V, learned.templates, learned.activations, frames, bins, divergence);
    expect(Math.abs(actual - learned.loss[iterations - 1])).toBeLessThan(1e-5 * actual + 1e-10 * level);
  });
});

function expectClose(values: Float32Array, expected: Float64Array): void {
  const largest = Math.max(...expected);
  values.forEach((value, i) => {
    expect(Math.abs(value - expected[i])).toBeLessThan(1e-4 * expected[i] + 1e-6 * largest);
  });
}

describe.each(DIVERGENCES)('the fast solver for %s', (divergence) => {
  it('needs less than two thirds of the iterations of the multiplicative solver', () => {
    const [frames, bins, templates] = [120, 90, 6];
    const V = lowRankMatrix(frames, bins, templates + 4, 5);
    const options = { templates, divergence, tolerance: 0, iterations: 90 } as const;
    const plain = factorize(V, frames, bins, { ...options, solver: 'multiplicative' });
    const fast = factorize(V, frames, bins, options);
    expect(fast.loss[59]).toBeLessThan(plain.loss[89]);
  });
});

describe('alternating least squares', () => {
  const [frames, bins, count] = [150, 80, 5];
  const V = lowRankMatrix(frames, bins, count + 6, 9);
  const initial = { templates: randomMatrix(count * bins, 2), activations: randomMatrix(frames * count, 3) };
  const ITERATIONS = 60;
  const learner = () => new Learner(V, { frames, bins, count }, 'euclidean');
  const fast = () => {
    const solver = new AlternatingSolver(learner(), initial);
    return Array.from({ length: ITERATIONS }, () => solver.step());
  };

  it('get where they would in fewer iterations by extrapolation', () => {
    const plain = learner();
    plain.write(0, initial);
    const losses = Array.from({ length: ITERATIONS }, () => plain.iterate(0, 4));
    const goal = losses[ITERATIONS - 1];
    expect(fast().findIndex((loss) => loss <= goal)).toBeLessThan(0.7 * ITERATIONS);
  });

  it('never raise the loss', () => {
    fast().reduce((before, loss) => {
      expect(loss).toBeLessThanOrEqual(before * (1 + 1e-6));
      return loss;
    });
  });
});
