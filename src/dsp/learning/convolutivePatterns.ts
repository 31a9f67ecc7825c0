import { Bands } from './Bands.ts';
import { randomFactors } from './initialisation/randomFactors.ts';
import { toShares } from './shares.ts';
import { ExtrapolatedSolver } from './solvers/ExtrapolatedSolver.ts';
import type { Factors, LearnerShape } from './solvers/Learner.ts';
import { TiedLearner } from './solvers/TiedLearner.ts';

/** Frames of a pattern. */
const LAGS = 8;
/** In bands, and on the bins: sources come apart as by 16 on the bins, or by 28 that are not extrapolated. */
const ITERATIONS = { bands: 8, bins: 8 };

/**
 * Makes better templates of those that a factorisation by the generalised Kullback-Leibler divergence has found, one a
 * component. The attack of a sound and its decay share no spectrum, so one template makes a poor compromise of them, and
 * others take the rest. Patterns of several frames keep them together: nonnegative matrix factor deconvolution (Smaragdis,
 * "Non-negative matrix factor deconvolution", ICA 2004). The new template of a component is the sum of what the pattern's
 * Wiener mask leaves of V.
 *
 * The first updates are made in bands, where they take a fraction of the time, and so are the masks.
 *
 * @param V frames × bins, row-major
 * @param templates components × bins, row-major; `shape.count` is the number of components
 * @param spacing frames from one lag to the next
 */
export function templatesOfPatterns(
  V: Float32Array,
  shape: LearnerShape,
  templates: Float32Array,
  spacing: number,
  seed: number,
): Float32Array {
  const bands = new Bands(shape.bins);
  const lags = { count: LAGS, spacing };
  const repeated = Float32Array.from({ length: LAGS * templates.length }, (_, i) => templates[i % templates.length]);
  const start = { templates: bands.sum(repeated), activations: randomFactors(shape, seed).activations };
  const coarse = updated(new TiedLearner(V, { ...shape, bins: bands.count }, lags, bands), start, ITERATIONS.bands);
  const finer = { ...coarse, templates: bands.spread(coarse.templates, repeated) };
  const patterns = updated(new TiedLearner(V, shape, lags), finer, ITERATIONS.bins);
  return maskedSums(V, shape, bands, { ...patterns, templates: bands.sum(patterns.templates) }, spacing);
}

/** @param factors templates of all lags, which may begin as the same, and one activation a frame and component */
function updated(learner: TiedLearner, factors: Factors, iterations: number): Factors {
  try {
    const solver = new ExtrapolatedSolver(learner, factors);
    for (let i = 0; i < iterations; i++) solver.step();
    return solver.factors();
  } finally {
    learner.release();
  }
}

/** Σ_t mask(t) ∘ V(t) for every component, with masks that are the same for all bins of a band: components × bins. */
function maskedSums(
  V: Float32Array,
  { frames, bins, count }: LearnerShape,
  { count: width, bandOf }: Bands,
  patterns: Factors,
  spacing: number,
): Float32Array {
  const sums = new Float64Array(count * bins);
  const masks = new Float64Array(count * width);
  for (let t = 0; t < frames; t++) {
    masksOf(patterns, t, spacing, count, masks);
    for (let k = 0; k < count; k++) {
      for (let f = 0; f < bins; f++) sums[k * bins + f] += masks[k * width + bandOf[f]] * V[t * bins + f];
    }
  }
  return Float32Array.from(sums);
}

/** The share that each component has of each band of a frame, with exponent 2: components × bands. */
function masksOf({ templates, activations }: Factors, t: number, spacing: number, count: number, masks: Float64Array) {
  const width = masks.length / count;
  masks.fill(0);
  for (let lag = 0; lag < LAGS && t >= lag * spacing; lag++) {
    for (let k = 0; k < count; k++) {
      const h = activations[(t - lag * spacing) * count + k];
      const row = (lag * count + k) * width;
      if (h > 0) for (let b = 0; b < width; b++) masks[k * width + b] += h * templates[row + b];
    }
  }
  for (let i = 0; i < masks.length; i++) masks[i] *= masks[i];
  toShares(masks, width);
}
