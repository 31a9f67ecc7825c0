import { activateFrames } from '../live/activateFrames.ts';
import { Random } from '../numeric/random.ts';
import { binsOf } from '../transform/StftLayout.ts';
import { clipMagnitudes, type Magnitudes } from './clipMagnitudes.ts';
import { templatesOfPatterns } from './convolutivePatterns.ts';
import { factorizeFromStarts } from './factorizeFromStarts.ts';
import type { LearnedDictionary } from './LearnedDictionary.ts';
import { templatesOf } from './LearnedDictionary.ts';
import type { LearnRequest } from './LearnRequest.ts';
import type { OnProgress } from './progress.ts';
import { progressReporter, solverOptions } from './solverOptions.ts';

/**
 * K components from a mixture. Held components keep the templates they have, and come first (Smaragdis, Raj and
 * Shashanka, "Supervised and semi-supervised separation of sounds from single-channel mixtures", ICA 2007).
 */
export function learnBlind(request: LearnRequest, onProgress: OnProgress): LearnedDictionary {
  const V = clipMagnitudes(request.clips[0]!, request);
  const bins = binsOf(request);
  const held = templatesOf(request.previous, request.hold, bins);
  const componentOf = Uint8Array.of(...held.componentOf, ...freeComponents(request));
  const options = {
    ...solverOptions(request),
    templates: componentOf.length,
    ...(held.componentOf.length > 0 && withHeldTemplates(held.templates, componentOf.length, bins, request.seed)),
  };
  const factorization = factorizeFromStarts(V.values, V.frames, bins, options, progressReporter(request, onProgress));
  const refinement = canBeRefined(request) && refined(request, V, factorization.templates);
  return { ...factorization, ...refinement, componentOf, frames: V.frames };
}

/** The component of each template that is learned: several in a row for each that is not held. */
function freeComponents({ components, hold, templatesPerComponent }: LearnRequest): number[] {
  const free = Array.from({ length: components }, (_, k) => k).filter((k) => !hold.includes(k));
  return free.flatMap((k) => new Array<number>(templatesPerComponent).fill(k));
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
