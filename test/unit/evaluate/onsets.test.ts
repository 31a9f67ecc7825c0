import { expect, it } from 'vitest';
import { partOf } from '../../../bench/evaluate/item.ts';
import { median, scoreOnsets } from '../../../bench/evaluate/onsets.ts';

const found = (component: number, ...times: number[]) => times.map((time) => ({ component, time, told: time + 0.015 }));

it('scores what was found, missed, found twice and found for nothing', () => {
  const truth = [[1, 2, 3, 4], [1.5]];
  const onsets = [...found(1, 1.01, 1.03, 2.04, 3.03, 3.5), ...found(0, 1.5)];
  const { within50, within25, delay } = scoreOnsets(truth, onsets, [1, 0]);
  expect(within50).toBeCloseTo(((2 * 3) / (4 + 5) + 1) / 2);
  expect(within25).toBeCloseTo(((2 * 1) / (4 + 5) + 1) / 2);
  expect(delay).toBeCloseTo((1000 * (0.025 + 0.045)) / 2);
  expect(scoreOnsets(truth, [], [0, 1]).within50).toBe(0);
});

it('the median is the middle, or the mean of the two in the middle', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
  expect(median([])).toBeNaN();
});

it('a part of an excerpt has the onsets within it', () => {
  const stems = [[new Float32Array(1000)]];
  const { onsets } = partOf({ stems, mixture: stems[0], onsets: [[0.1, 0.55, 0.7, 1.2]] }, 1000, 500);
  expect(onsets!.map((times) => times.map((time) => time.toFixed(2)))).toEqual([['0.05', '0.20']]);
});
