import { binsOf } from '../../transform/StftLayout.ts';
import { Bands } from '../Bands.ts';
import type { Magnitudes } from '../clipMagnitudes.ts';
import { MEAN, randomFactors } from '../initialisation/randomFactors.ts';
import { freeComponents, templatesOf } from '../LearnedDictionary.ts';
import type { LearnRequest } from '../LearnRequest.ts';
import { type Factors, Learner } from '../solvers/Learner.ts';
import { Start } from '../solvers/Start.ts';
import { POOL_ITERATIONS, POOL_STARTS, POOL_TEMPLATES_PER_SOURCE } from './poolSize.ts';

/** Between the seeds of the starts: a prime near 2³² divided by √2, so that no two tasks with seeds in a row share one. */
const SEED_STRIDE = 0xb504f32d;

/**
 * Many templates to be learned from a mixture, from several random starts. The starts need nothing of each other. Bins are
 * bands here, since the templates only serve to be clustered and to make masks.
 */
export interface PoolTask {
  /** frames × bands, row-major */
  readonly values: Float32Array;
  readonly frames: number;
  /** Bands. */
  readonly bins: number;
  /** Templates that are given and stay, at the beginning of each start: held × bands, row-major. */
  readonly held: Float32Array;
  /** Templates of a start. */
  readonly count: number;
  readonly seed: number;
}

/** Learning that needs the starts of a pool at some point: whoever runs it may have them learned side by side. */
export type Pooling<Result> = Generator<PoolTask, Result, readonly Factors[]>;

/** What is to be learned to find the sources that are not held, from spread frames. */
export function poolTask(request: LearnRequest, { values, frames }: Magnitudes): PoolTask {
  const bands = new Bands(binsOf(request));
  const held = templatesOf(request.previous, request.hold, bands.bins);
  const count = held.componentOf.length + POOL_TEMPLATES_PER_SOURCE * freeComponents(request).length;
  const banded = { values: bands.sum(values), frames, bins: bands.count, held: bands.sum(held.templates) };
  return { ...banded, count, seed: request.seed };
}

/** All starts of a pool, one after the other, on the thread that calls it. */
export function runPool(task: PoolTask, onIteration: (loss: number) => void): Factors[] {
  return Array.from({ length: POOL_STARTS }, (_, index) => runPoolStart(task, index, onIteration));
}

/**
 * One start of a pool, from 0 on. Any thread but the audio thread; the same bits on all of them.
 *
 * @param onIteration called after each of POOL_ITERATIONS
 */
export function runPoolStart(
  { values, frames, bins, held, count, seed }: PoolTask,
  index: number,
  onIteration: (loss: number) => void,
): Factors {
  const shape = { frames, bins, count };
  const kept = Array.from({ length: count }, (_, r) => (r + 1) * bins <= held.length);
  const factors = randomFactors(shape, seed ^ Math.imul(index + 1, SEED_STRIDE));
  // At the level of the others: one far below them would count for nothing.
  factors.templates.set(held.map((value) => value * bins * MEAN));
  const learner = new Learner(values, shape, 'kullback-leibler', kept);
  try {
    const start = new Start(factors);
    start.run(learner, 'fast', { iterations: POOL_ITERATIONS, tolerance: 0 }, (_, loss) => {
      onIteration(loss);
      return true;
    });
    return start.factors;
  } finally {
    learner.release();
  }
}
