import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestAssignment } from '../../../../src/dsp/numeric/assignment.ts';

function permutations(n: number): number[][] {
  if (n === 0) return [[]];
  return permutations(n - 1).flatMap((shorter) =>
    Array.from({ length: n }, (_, i) => [...shorter.slice(0, i), n - 1, ...shorter.slice(i)]),
  );
}

const total = (values: readonly number[], n: number, rowOf: readonly number[]) =>
  rowOf.reduce((sum, row, column) => sum + values[row * n + column], 0);

describe('the best assignment', () => {
  it('has the highest sum over all permutations', () => {
    const square = fc
      .integer({ min: 1, max: 5 })
      .chain((n) =>
        fc.tuple(fc.constant(n), fc.array(fc.integer({ min: -99, max: 99 }), { minLength: n * n, maxLength: n * n })),
      );
    fc.assert(
      fc.property(square, ([n, values]) => {
        const found = bestAssignment(values, n);
        expect([...found].sort()).toEqual(found.map((_, i) => i));
        expect(total(values, n, found)).toBe(Math.max(...permutations(n).map((rowOf) => total(values, n, rowOf))));
      }),
    );
  });
});
