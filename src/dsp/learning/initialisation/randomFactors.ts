import { Random } from '../../numeric/random.ts';
import type { Factors, LearnerShape } from '../solvers/Learner.ts';

/** Smallest value drawn: updates that multiply never leave zero. */
const LEAST = 0.01;
/** Mean of the values drawn. */
export const MEAN = LEAST + 0.5;

/** W and H between LEAST and 1 + LEAST, but for what is given. */
export function randomFactors(
  { frames, bins, count }: LearnerShape,
  seed: number,
  given: { [Factor in keyof Factors]?: Float32Array | undefined } = {},
): Factors {
  const random = new Random(seed);
  const draw = (length: number) => Float32Array.from({ length }, () => random.next() + LEAST);
  return {
    templates: given.templates?.slice() ?? draw(count * bins),
    activations: given.activations?.slice() ?? draw(frames * count),
  };
}
