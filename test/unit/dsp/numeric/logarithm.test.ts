import { expect, it } from 'vitest';
import { naturalLog } from '../../../../src/dsp/numeric/logarithm.ts';

it('is the natural logarithm, to the last places of a float64', () => {
  for (let x = 1e-12; x < 1e12; x *= 1.37) {
    expect(Math.abs(naturalLog(x) - Math.log(x))).toBeLessThan(4e-16 * Math.max(1, Math.abs(Math.log(x))));
  }
});

it('is exact at one', () => {
  expect(naturalLog(1)).toBe(0);
});
