import { activateFrames } from '../../live/activateFrames.ts';
import { binsOf } from '../../transform/StftLayout.ts';
import { Bands } from '../Bands.ts';
import type { Magnitudes } from '../clipMagnitudes.ts';
import { factorizeFromStarts } from '../factorizeFromStarts.ts';
import { freeComponents, type LearnedDictionary, templatesOf } from '../LearnedDictionary.ts';
import type { LearnRequest } from '../LearnRequest.ts';
import { type OnProgress, startsInAll } from '../progress.ts';
import { spreadFrames } from '../spreadFrames.ts';
import { clusteringByLoss, clusteringByParts } from './gate.ts';
import { partsByTimbre } from './partsByTimbre.ts';
import { type Pooling, poolTask } from './templatePool.ts';

/** Of the fast solver, for the templates of one source. */
const ITERATIONS = 40;

/**
 * Sources from a mixture. An instrument plays many notes, each with a spectrum of its own, so it takes many templates; what
 * these have in common is their timbre. Templates of several starts are clustered by it, all together (after Spiertz and
 * Gnann, "Source-filter based clustering for monaural blind source separation", DAFx 2009), and what the masks of the
 * clusters leave of the mixture teaches each source a few templates.
 *
 * @param patterns what was learned of the same mixture with one template a component
 * @returns nothing where components of one template are enough, unless the request asks for sources
 */
export function* learnSources(
  request: LearnRequest,
  V: Magnitudes,
  patterns: LearnedDictionary,
  onProgress: OnProgress,
): Pooling<LearnedDictionary | undefined> {
  const { clustering } = request;
  const choice = clustering === 'auto' ? clusteringByLoss(patterns.loss.at(-1)! / patterns.sum) : clustering;
  if (choice === 'none') return undefined;
  const spread = spreadFrames(request, V);
  const task = poolTask(request, spread);
  if (clustering === 'auto' && task.frames < task.count) return undefined;
  const starts = yield task;
  const clustered = partsByTimbre(request, task, starts);
  if (!choice && clusteringByParts(clustered, task.frames) === 'none') return undefined;
  const bands = new Bands(binsOf(request));
  const parts = clustered.parts.map((part) => bands.spread(part, spread.values));
  return taughtBy(parts, request, V, spread.frames, patterns, onProgress);
}

/** A dictionary of a few templates a source, learned from what belongs to it. Held templates stay, and come first. */
function taughtBy(
  parts: readonly Float32Array[],
  request: LearnRequest,
  V: Magnitudes,
  frames: number,
  patterns: LearnedDictionary,
  onProgress: OnProgress,
): LearnedDictionary {
  const { divergence, seed, templatesPerSource: count } = request;
  const bins = binsOf(request);
  const held = templatesOf(request.previous, request.hold, bins);
  const free = freeComponents(request);
  const templates = new Float32Array(held.templates.length + free.length * count * bins);
  templates.set(held.templates);
  const restarts = startsInAll(request);
  free.forEach((k, i) => {
    const limits = { iterations: ITERATIONS, tolerance: 0, restarts: 1, solver: 'fast', seed } as const;
    const report = (iteration: number, loss: number) => {
      const restart = restarts - free.length + i + 1;
      onProgress({ iteration: iteration + 1, iterations: ITERATIONS, restart, restarts, loss });
      return true;
    };
    const taught = factorizeFromStarts(parts[k], frames, bins, { ...limits, templates: count, divergence }, report);
    templates.set(taught.templates, held.templates.length + i * count * bins);
  });
  const componentOf = Uint8Array.of(...held.componentOf, ...free.flatMap((k) => new Array<number>(count).fill(k)));
  const activations = activateFrames(V.values, V.frames, bins, { templates, componentOf, divergence });
  return { ...patterns, templates, componentOf, activations, clustering: 'timbre' };
}
