import type { OnIteration } from './factorizeFromStarts.ts';
import type { LearnRequest } from './LearnRequest.ts';
import { type OnProgress, startsInAll } from './progress.ts';

/** The options of `factorize` in a request. */
export function solverOptions({ divergence, solver, iterations, tolerance, restarts, seed }: LearnRequest) {
  return { divergence, solver, iterations, tolerance, restarts, seed };
}

/** Tells iterations and starts counted from 1. @param startsBefore of other clips */
export function progressReporter(request: LearnRequest, onProgress: OnProgress, startsBefore = 0): OnIteration {
  const { iterations } = request;
  const restarts = startsInAll(request);
  return (iteration, loss, start) => {
    onProgress({ iteration: iteration + 1, iterations, restart: startsBefore + start + 1, restarts, loss });
    return true;
  };
}
