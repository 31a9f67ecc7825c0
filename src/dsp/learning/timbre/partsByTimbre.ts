import { binsOf } from '../../transform/StftLayout.ts';
import { Bands } from '../Bands.ts';
import { freeComponents, templatesOf } from '../LearnedDictionary.ts';
import type { LearnRequest } from '../LearnRequest.ts';
import type { Factors } from '../solvers/Learner.ts';
import { type ClusteredParts, clusteredParts } from './clusteredParts.ts';
import type { PoolTask } from './templatePool.ts';
import { FEATURES, timbreFeatures } from './timbreFeatures.ts';
import { weightedClusters } from './weightedClusters.ts';

/** Takes the spectrogram of a pool apart into K sources. Held templates belong to theirs, the others to a cluster each. */
export function partsByTimbre(request: LearnRequest, task: PoolTask, starts: readonly Factors[]): ClusteredParts {
  const free = freeComponents(request);
  const { componentOf } = templatesOf(request.previous, request.hold, binsOf(request));
  const clusters = clustersByTimbre(request, task, starts, free.length);
  const learned = task.count - componentOf.length;
  const sourceOf = starts.flatMap((_, start) => {
    const own = Array.from(clusters.subarray(start * learned, (start + 1) * learned), (cluster) => free[cluster]);
    return [...componentOf, ...own];
  });
  return clusteredParts({ ...task, starts, sourceOf: Uint8Array.from(sourceOf) }, request.components);
}

/** The cluster of each template that is not held, start after start. */
function clustersByTimbre(layout: LearnRequest, task: PoolTask, starts: readonly Factors[], count: number): Uint8Array {
  const bands = new Bands(binsOf(layout));
  const features = starts.map(({ templates }) =>
    timbreFeatures(bands.spread(templates.subarray(task.held.length)), layout),
  );
  const weights = starts.map((factors) => levelsOf(factors, task).subarray(task.held.length / task.bins));
  const points = { values: joined(features), dimensions: FEATURES, weights: joined(weights).map(compressed) };
  return weightedClusters(points, count, task.seed);
}

/** What each template adds up to in the whole spectrogram. */
function levelsOf({ templates, activations }: Factors, { frames, bins, count }: PoolTask): Float64Array {
  return Float64Array.from({ length: count }, (_, r) => {
    let h = 0;
    for (let t = 0; t < frames; t++) h += activations[t * count + r];
    let w = 0;
    for (let f = 0; f < bins; f++) w += templates[r * bins + f];
    return h * w;
  });
}

/** value^¾: a few loud templates do not outvote the rest. */
function compressed(value: number): number {
  const root = Math.sqrt(value);
  return root * Math.sqrt(root);
}

function joined(arrays: readonly Float64Array[]): Float64Array {
  return Float64Array.from(arrays.flatMap((array) => [...array]));
}
