import { binsOf } from '../transform/StftLayout.ts';
import { clipMagnitudes, type Magnitudes } from './clipMagnitudes.ts';
import { factorizeFromStarts } from './factorizeFromStarts.ts';
import { sumOf } from './LearnedDictionary.ts';
import type { LearnRequest } from './LearnRequest.ts';
import { patternCount, type SuggestionRow, tableOf } from './patternCount.ts';
import { spreadFrames } from './spreadFrames.ts';
import { clusteringByLoss } from './timbre/gate.ts';
import { sourceCount } from './timbre/sourceCount.ts';

const ITERATIONS = 100;
const TOLERANCE = 1e-4;
/** So that luck with one start does not look like a step. */
const RESTARTS = 3;

/** A number of components, and why. */
export interface Suggestion {
  /** The number of components: of patterns, where so many explain the clip, else of sources that differ in timbre. */
  suggestion: number;
  /** One row for each number of patterns tried, from 1 on. */
  table: SuggestionRow[];
}

/** Up to the `components` of a request for blind learning. The same request gives the same bits. */
export function suggest(request: LearnRequest): Suggestion {
  const { divergence, components: maximum } = request;
  const V = clipMagnitudes(request.clips[0]!, request);
  const table = tableOf(patternLosses(request, V));
  const patterns = patternCount(table);
  const relativeLoss = table[patterns - 1].loss / sumOf(V.values);
  const arePatterns = divergence !== 'kullback-leibler' || clusteringByLoss(relativeLoss) === 'none';
  const sources = arePatterns ? undefined : sourceCount(request, V, maximum);
  return { suggestion: sources ?? patterns, table };
}

/** What 1, 2, … patterns leave of the divergence: what they leave of some frames, as if it were so with all. */
function patternLosses(request: LearnRequest, V: Magnitudes): Float64Array {
  const { divergence, seed } = request;
  const { values, frames } = spreadFrames(request, V);
  const limits = { iterations: ITERATIONS, tolerance: TOLERANCE, restarts: RESTARTS };
  return Float64Array.from({ length: request.components }, (_, i) => {
    const options = { ...limits, templates: i + 1, divergence, solver: 'fast', seed } as const;
    const { loss } = factorizeFromStarts(values, frames, binsOf(request), options, () => true);
    return (loss.at(-1)! * V.frames) / frames;
  });
}
