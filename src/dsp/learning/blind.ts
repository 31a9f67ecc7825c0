import { activateFrames } from '../live/activateFrames.ts';
import { Random } from '../numeric/random.ts';
import { binsOf } from '../transform/StftLayout.ts';
import { Bands } from './Bands.ts';
import { clipMagnitudes, type Magnitudes } from './clipMagnitudes.ts';
import { templatesOfPatterns } from './convolutivePatterns.ts';
import {
  factorizeFromStarts,
  keepHeld,
  type OnIteration,
  type ResolvedFactorizeOptions,
} from './factorizeFromStarts.ts';
import { freeComponents, type LearnedDictionary, sumOf, templatesOf } from './LearnedDictionary.ts';
import type { LearnRequest } from './LearnRequest.ts';
import type { OnProgress } from './progress.ts';
import { progressReporter, solverOptions } from './solverOptions.ts';
import { TRIAL_ITERATIONS } from './solvers/bestOfStarts.ts';
import { spreadFrames } from './spreadFrames.ts';
import { learnSources } from './timbre/learnSources.ts';
import type { Pooling } from './timbre/templatePool.ts';

/** K components from a mixture: sources of several templates, where the request or the mixture asks for them, or patterns. */
export function* learnBlind(request: LearnRequest, onProgress: OnProgress): Pooling<LearnedDictionary> {
  const V = clipMagnitudes(request.clips[0]!, request);
  const patterns = learnPatterns(request, V, onProgress);
  const sources = yield* learnSources(request, V, patterns, onProgress);
  if (sources) return sources;
  return canBeRefined(request) ? { ...patterns, ...refined(request, V, patterns.templates) } : patterns;
}

/**
 * Components whose templates are patterns of the mixture. Held components keep the templates they have, and come first
 * (Smaragdis, Raj and Shashanka, "Supervised and semi-supervised separation of sounds from single-channel mixtures", ICA
 * 2007).
 */
function learnPatterns(request: LearnRequest, { values, frames }: Magnitudes, onProgress: OnProgress) {
  const bins = binsOf(request);
  const held = templatesOf(request.previous, request.hold, bins);
  const free = freeComponents(request).flatMap((k) => new Array<number>(request.templatesPerComponent).fill(k));
  const componentOf = Uint8Array.of(...held.componentOf, ...free);
  const options = {
    ...solverOptions(request),
    templates: componentOf.length,
    ...(held.componentOf.length > 0 && withHeldTemplates(held.templates, componentOf.length, bins, request.seed)),
  };
  const start = bestStart(request, { values, frames }, options, onProgress);
  const report = progressReporter(request, onProgress, options.restarts - start.restarts);
  const factorization = factorizeFromStarts(values, frames, bins, start, report);
  return { ...factorization, componentOf, frames, sum: sumOf(values), clustering: 'none' } as const;
}

/** Of several starts the best, found from fewer frames and bands, as the one to begin with; where frames are few, all starts. */
function bestStart(
  request: LearnRequest,
  V: Magnitudes,
  options: ResolvedFactorizeOptions,
  onProgress: OnProgress,
): ResolvedFactorizeOptions {
  if (options.restarts === 1) return options;
  const spread = spreadFrames(request, V);
  if (spread.frames === V.frames) return options;
  const { templates0, holdTemplates, divergence } = options;
  const bands = new Bands(binsOf(request), divergence === 'kullback-leibler' ? undefined : 0);
  const trial = {
    ...options,
    iterations: Math.min(options.iterations, TRIAL_ITERATIONS),
    templates0: templates0 && bands.sum(templates0),
  };
  const banded = bands.sum(spread.values);
  const single = { ...solverOptions(request), templates: 1, iterations: 1, restarts: 1 };
  const lossOfOne = (values: Float32Array, bins: number) =>
    factorizeFromStarts(values, spread.frames, bins, single, () => true).loss[0];
  // What the bins of a band differ by is not seen in bands: about as much as one template, found in one iteration, leaves of it.
  const unseen = lossOfOne(spread.values, bands.bins) - lossOfOne(banded, bands.count);
  const report = progressReporter(request, onProgress);
  // The one that is kept goes on as the last, so the last of the trial is not told of. Of all frames the loss would be about
  // as many times as high.
  const reportOthers: OnIteration = (iteration, loss, start) =>
    start === options.restarts - 1 || report(iteration, ((loss + unseen) * V.frames) / spread.frames, start);
  const best = factorizeFromStarts(banded, spread.frames, bands.count, trial, reportOthers);
  const templates = bands.spread(best.templates);
  if (templates0) keepHeld(templates, templates0, bands.bins, holdTemplates);
  return { ...options, restarts: 1, templates0: templates };
}

/** Initial templates of which the first are given and stay, and the others are random. */
function withHeldTemplates(held: Float32Array, count: number, bins: number, seed: number) {
  const random = new Random(seed);
  const templates0 = Float32Array.from({ length: count * bins }, () => random.next() / bins);
  templates0.set(held);
  return { templates0, holdTemplates: Array.from({ length: count }, (_, r) => r < held.length / bins) };
}

/**
 * Patterns of several frames need one template a component, learned by Kullback-Leibler. A solver that was asked for to
 * the letter is not refined.
 */
function canBeRefined({ divergence, solver, templatesPerComponent, hold }: LearnRequest): boolean {
  return divergence === 'kullback-leibler' && solver === 'fast' && templatesPerComponent === 1 && hold.length === 0;
}

/** Better templates by way of patterns of several frames, and the activations that belong to them. */
function refined(request: LearnRequest, { values, frames }: Magnitudes, start: Float32Array) {
  const { components: count, divergence, fftSize, hopSize, seed } = request;
  const bins = binsOf(request);
  const spacing = Math.max(1, fftSize / 4 / hopSize);
  const templates = templatesOfPatterns(values, { frames, bins, count }, start, spacing, seed);
  const componentOf = new Uint8Array(count);
  return { templates, activations: activateFrames(values, frames, bins, { templates, componentOf, divergence }) };
}
