import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { divergenceBetween, factorize } from '../../../../src/dsp/index.ts';
import recorded from '../../../fixtures/lecture.json' with { type: 'json' };

const DIVERGENCES = ['euclidean', 'kullback-leibler', 'itakura-saito'] as const;

/** The same generator as in test/fixtures/lecture.py */
function* generator(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32 + 0.01;
  }
}

function matrix(values: Generator<number>, rows: number, columns: number): Float32Array {
  return Float32Array.from({ length: rows * columns }, () => values.next().value as number);
}

function transposed(values: Float32Array, rows: number, columns: number): Float32Array {
  return Float32Array.from({ length: values.length }, (_, i) => values[(i % rows) * columns + Math.floor(i / rows)]);
}

/** The matrices of test/fixtures/lecture.py, transposed to frames × bins, templates × bins and frames × templates */
function lectureCase() {
  const { frames, bins, templates } = recorded;
  const values = generator(1);
  return {
    V: transposed(matrix(values, bins, frames), bins, frames),
    templates0: transposed(matrix(values, bins, templates), bins, templates),
    activations0: transposed(matrix(values, templates, frames), templates, frames),
  };
}

function expectNeverRises(loss: Float32Array): void {
  for (let i = 1; i < loss.length; i++) expect(loss[i]).toBeLessThanOrEqual(loss[i - 1] * (1 + 1e-6));
}

describe('the multiplicative updates', () => {
  it.each(DIVERGENCES)('have the loss of a float64 implementation after each iteration: %s', (divergence) => {
    const { V, templates0, activations0 } = lectureCase();
    const { frames, bins, templates } = recorded;
    const options = { templates, divergence, solver: 'multiplicative', iterations: 100, tolerance: 0 } as const;
    const result = factorize(V, frames, bins, { ...options, templates0, activations0 });
    result.loss.forEach((loss, i) => {
      expect(Math.abs(loss / recorded[divergence][i] - 1)).toBeLessThan(1e-4);
    });
    expectNeverRises(result.loss);
    const again = divergenceBetween(V, result.templates, result.activations, frames, bins, divergence);
    expect(again / result.loss[99]).toBeCloseTo(1, 4);
  });

  it('do not change held templates', () => {
    const { V, templates0 } = lectureCase();
    const { frames, bins, templates } = recorded;
    const held = factorize(V, frames, bins, {
      templates,
      templates0,
      holdTemplates: [false, true, false],
      iterations: 20,
    });
    expect(held.templates.subarray(bins, 2 * bins)).toEqual(templates0.subarray(bins, 2 * bins));
    expect(held.templates.subarray(0, bins)).not.toEqual(templates0.subarray(0, bins));
  });

  it('give the same bits for the same seed, and other values for another seed', () => {
    const { V } = lectureCase();
    const { frames, bins, templates } = recorded;
    const run = (seed: number) => factorize(V, frames, bins, { templates, seed, iterations: 30 }).templates;
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });
});

/** Not in this repository: 10 s of five instruments, random initial factors, and the losses of reference solvers */
const REFERENCE = process.env.NMF_REFERENCE ?? '';
const referenceHere = existsSync(`${REFERENCE}/manifest.json`);
if (!referenceHere)
  console.info('The larger reference is absent: set NMF_REFERENCE to its folder to check against it.');

describe.runIf(referenceHere)('the larger reference', () => {
  const KEYS = { euclidean: 'frobenius_squared', 'kullback-leibler': 'kullback_leibler' } as const;
  const CASES = (['euclidean', 'kullback-leibler'] as const).flatMap((divergence) =>
    [3, 8].map((K) => [divergence, K] as const),
  );
  it.each(CASES)('%s, K = %i', { timeout: 120_000 }, (divergence, K) => {
    const manifest = JSON.parse(readFileSync(`${REFERENCE}/manifest.json`, 'utf8'));
    const read = (name: string) => new Float32Array(new Uint8Array(readFileSync(`${REFERENCE}/${name}`)).buffer);
    const { F, T } = manifest;
    const { loss } = factorize(transposed(read(manifest.V), F, T), T, F, {
      templates: K,
      divergence,
      solver: 'multiplicative',
      iterations: 100,
      tolerance: 0,
      templates0: transposed(read(manifest.K[K].W0), F, K),
      activations0: transposed(read(manifest.K[K].H0), K, T),
    });
    const [expected] = Object.values(manifest.losses_after_100_iterations[KEYS[divergence]]) as Record<
      string,
      number
    >[];
    expect(Math.abs(loss[99] / expected[K] - 1)).toBeLessThan(1e-4);
    expectNeverRises(loss);
  });
});
