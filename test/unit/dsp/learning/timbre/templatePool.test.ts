import { expect, it } from 'vitest';
import type { LearnRequest } from '../../../../../src/dsp/learning/LearnRequest.ts';
import { poolTask, runPoolStart } from '../../../../../src/dsp/learning/timbre/templatePool.ts';
import { randomMatrix } from '../../../../helpers/matrices.ts';

const BINS = 513;
const FRAMES = 40;

it('takes the spectrogram and held templates in the same bands, with their sums', () => {
  const V = { values: randomMatrix(FRAMES * BINS, 1), frames: FRAMES };
  const templates = randomMatrix(3 * BINS, 2);
  const previous = { templates, componentOf: Uint8Array.of(0, 1, 1) };
  const request = { fftSize: 1024, components: 2, hold: [1], previous, seed: 5 } as unknown as LearnRequest;
  const task = poolTask(request, V);
  expect(task.bins).toBeLessThan(BINS / 2);
  expect(task.values).toHaveLength(FRAMES * task.bins);
  expect(task.held).toHaveLength(2 * task.bins);
  const sumOf = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0);
  expect(sumOf(task.values) / sumOf(V.values)).toBeCloseTo(1, 5);
  for (const r of [0, 1]) {
    const held = task.held.subarray(r * task.bins, (r + 1) * task.bins);
    const given = templates.subarray((r + 1) * BINS, (r + 2) * BINS);
    expect(held.subarray(0, 128)).toEqual(given.subarray(0, 128));
    expect(sumOf(held) / sumOf(given)).toBeCloseTo(1, 5);
  }
  expect(task.count).toBe(12);
  const start = runPoolStart(task, 0, () => {});
  // A held template has the level of the others, and its own shape.
  const ratios = task.held.map((value, i) => start.templates[i] / value);
  expect(Math.max(...ratios) / Math.min(...ratios)).toBeCloseTo(1, 4);
});
