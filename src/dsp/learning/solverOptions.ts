import type { OnIteration } from './factorizeFromStarts.ts';
import type { LearnRequest } from './LearnRequest.ts';
import type { OnProgress } from './progress.ts';

/** The options of `factorize` in a request. */
export function solverOptions({ divergence, solver, iterations, tolerance, restarts, seed }: LearnRequest) {
  return { divergence, solver, iterations, tolerance, restarts, seed };
}

/** Tells iterations and starts counted from 1. */
export function progressReporter({ iterations, restarts }: LearnRequest, onProgress: OnProgress): OnIteration {
  return (iteration, loss, start) => {
    onProgress({ iteration: iteration + 1, iterations, restart: start + 1, restarts, loss });
    return true;
  };
}
