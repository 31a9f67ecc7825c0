import { expect, it } from 'vitest';
import { DIVERGENCES } from '../../../src/dsp/divergence.ts';
import { APPROXIMATION_FLOOR, EUCLIDEAN, ITAKURA_SAITO, KULLBACK_LEIBLER } from '../../../src/kernels/constants.ts';

it('the floor of the approximation is 2^−42, exact in float32', () => {
  expect(APPROXIMATION_FLOOR).toBe(2 ** -42);
  expect(Math.fround(APPROXIMATION_FLOOR)).toBe(APPROXIMATION_FLOOR);
});

it('the code of each divergence is its index in DIVERGENCES', () => {
  expect(DIVERGENCES[EUCLIDEAN]).toBe('euclidean');
  expect(DIVERGENCES[KULLBACK_LEIBLER]).toBe('kullback-leibler');
  expect(DIVERGENCES[ITAKURA_SAITO]).toBe('itakura-saito');
  expect(DIVERGENCES).toHaveLength(3);
});
