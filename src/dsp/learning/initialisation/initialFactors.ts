import type { Factors, LearnerShape } from '../solvers/Learner.ts';
import { clusterFrames } from './clusterFrames.ts';
import { MEAN, randomFactors } from './randomFactors.ts';

/** Part of a template's mean that every bin of a cluster's template has at least: updates that multiply never leave zero. */
const FLATNESS = 0.05;

/** Between the seeds of starts, so that seeds in a row do not share any: a prime near 2³² / golden ratio (Knuth, TAOCP 3, section 6.4). */
const SEED_STRIDE = 0x9e3779b1;

/** What the caller has decided already. */
export interface GivenFactors {
  readonly templates0?: Float32Array | undefined;
  readonly activations0?: Float32Array | undefined;
  readonly holdTemplates?: ArrayLike<boolean> | undefined;
}

/**
 * The initial W and H of one of several starts. The first start has what was given, and random values where nothing was;
 * the templates of the second are clusters of the frames; the others are random. Templates that are held are the same in
 * all.
 *
 * @param V frames × bins, row-major
 */
export function initialFactors(
  index: number,
  V: Float32Array,
  shape: LearnerShape,
  seed: number,
  given: GivenFactors,
): Factors {
  const { templates0, activations0, holdTemplates } = given;
  if (index === 0) return randomFactors(shape, seed, { templates: templates0, activations: activations0 });
  const { templates, activations } = randomFactors(shape, seed ^ Math.imul(index, SEED_STRIDE));
  const drawn = index === 1 ? clusterTemplates(V, shape, seed) : templates;
  return { templates: templates0 ? besideHeld(drawn, templates0, shape.bins, holdTemplates) : drawn, activations };
}

/** The clusters of the frames as templates with the mean of random ones. */
function clusterTemplates(V: Float32Array, shape: LearnerShape, seed: number): Float32Array {
  const templates = clusterFrames(V, shape, seed);
  for (let r = 0; r < shape.count; r++) {
    const row = templates.subarray(r * shape.bins, (r + 1) * shape.bins);
    const mean = meanOf(row);
    for (let f = 0; f < row.length; f++) row[f] = mean > 0 ? MEAN * (row[f] / mean + FLATNESS) : MEAN;
  }
  return templates;
}

/** Held templates as they are given, the others scaled to the same mean: one far below the rest would count for nothing. */
function besideHeld(
  drawn: Float32Array,
  templates0: Float32Array,
  bins: number,
  hold?: ArrayLike<boolean>,
): Float32Array {
  const level = meanOf(templates0) / MEAN;
  return drawn.map((value, i) => (hold?.[Math.floor(i / bins)] ? templates0[i] : value * level));
}

function meanOf(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}
