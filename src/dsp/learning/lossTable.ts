import type { Divergence } from '../divergence.ts';
import { binsOf, type SpectrogramLayout } from '../transform/StftLayout.ts';
import { clipMagnitudes } from './clipMagnitudes.ts';
import type { LearningClip } from './clips.ts';
import { factorizeFromStarts } from './factorizeFromStarts.ts';

const ITERATIONS = 100;
const TOLERANCE = 1e-4;
/** So that luck with one start does not look like a step. */
const RESTARTS = 3;

/** What is needed to compare numbers of components. */
export interface LossTableRequest extends SpectrogramLayout {
  readonly clip: LearningClip;
  /** Largest number of components to try. */
  readonly maximum: number;
  readonly divergence: Divergence;
  readonly seed: number;
}

/** The loss that 1, 2, … components leave. The same request gives the same bits. */
export function lossTable(request: LossTableRequest): Float64Array {
  const { values, frames } = clipMagnitudes(request.clip, request);
  return Float64Array.from({ length: request.maximum }, (_, i) => {
    const { divergence, seed } = request;
    const limits = { iterations: ITERATIONS, tolerance: TOLERANCE, restarts: RESTARTS };
    const options = { ...limits, templates: i + 1, divergence, solver: 'fast', seed } as const;
    return factorizeFromStarts(values, frames, binsOf(request), options, () => true).loss.at(-1)!;
  });
}
