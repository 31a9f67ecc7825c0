import { expect, it } from 'vitest';
import { inSlices } from '../../../src/worker/inSlices.ts';

/** Steps of a millisecond each. */
function* steps(count: number, onStep: () => void): Generator<undefined, string> {
  for (let i = 0; i < count; i++) {
    for (const end = performance.now() + 1; performance.now() < end; );
    onStep();
    yield undefined;
  }
  return 'done';
}

it('what takes long is done in slices, between which other tasks run', async () => {
  let others = 0;
  const timer = setInterval(() => others++);
  expect(
    await inSlices(
      steps(40, () => {}),
      () => true,
    ),
  ).toBe('done');
  clearInterval(timer);
  expect(others).toBeGreaterThan(2);
});

it('what is no longer wanted is left', async () => {
  let done = 0;
  const result = await inSlices(
    steps(10_000, () => done++),
    () => done < 20,
  );
  expect(result).toBe(null);
  expect(done).toBeGreaterThanOrEqual(20);
  expect(done).toBeLessThan(60);
});
