import type { SuggestRequest } from '../../protocol/protocol.ts';
import { clipMagnitudes } from './clipMagnitudes.ts';
import { factorize } from './factorize.ts';

const ITERATIONS = 100;
/** So that luck with one start does not look like a step. */
const RESTARTS = 3;

/** The loss that 1, 2, … components leave. Pure: the same request, the same bits. */
export function lossTable(request: SuggestRequest): Float64Array {
  const { values, frames } = clipMagnitudes(request.clip, request);
  const bins = request.fftSize / 2 + 1;
  return Float64Array.from({ length: request.maximum }, (_, i) => {
    const { divergence, seed } = request;
    const options = { templates: i + 1, divergence, seed, iterations: ITERATIONS, restarts: RESTARTS };
    return factorize(values, frames, bins, options).loss.at(-1)!;
  });
}
