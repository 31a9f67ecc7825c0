import { randomFactors } from './initialisation/randomFactors.ts';
import { ExtrapolatedSolver } from './solvers/ExtrapolatedSolver.ts';
import type { Factors, LearnerShape } from './solvers/Learner.ts';
import { TiedLearner } from './solvers/TiedLearner.ts';

/** Frames of a pattern. */
const LAGS = 8;
/** Sources come apart by them as by 28 that are not extrapolated. */
const ITERATIONS = 16;

/**
 * Makes better templates of those that a factorisation by the generalised Kullback-Leibler divergence has found, one a
 * component. The attack of a sound and its decay share no spectrum, so one template makes a poor compromise of them, and
 * others take the rest. Patterns of several frames keep them together: nonnegative matrix factor deconvolution (Smaragdis,
 * "Non-negative matrix factor deconvolution", ICA 2004). The new template of a component is the sum of what the pattern's
 * Wiener mask leaves of V.
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
  return maskedSums(V, shape, learnPatterns(V, shape, templates, spacing, seed), spacing);
}

/** Templates of all lags, which begin as the same, and one activation a frame and component. */
function learnPatterns(
  V: Float32Array,
  shape: LearnerShape,
  start: Float32Array,
  spacing: number,
  seed: number,
): Factors {
  const learner = new TiedLearner(V, shape, { count: LAGS, spacing });
  try {
    const templates = new Float32Array(start.length * LAGS);
    for (let lag = 0; lag < LAGS; lag++) templates.set(start, lag * start.length);
    const { activations } = randomFactors(shape, seed);
    const solver = new ExtrapolatedSolver(learner, { templates, activations });
    for (let i = 0; i < ITERATIONS; i++) solver.step();
    return solver.factors();
  } finally {
    learner.release();
  }
}

/** Σ_t mask(t) ∘ V(t) for every component, with masks of exponent 2: components × bins. */
function maskedSums(
  V: Float32Array,
  { frames, bins, count }: LearnerShape,
  { templates, activations }: Factors,
  spacing: number,
): Float32Array {
  const sums = new Float64Array(count * bins);
  const powers = new Float64Array(count * bins);
  const total = new Float64Array(bins);
  for (let t = 0; t < frames; t++) {
    powers.fill(0);
    for (let lag = 0; lag < LAGS && t >= lag * spacing; lag++) {
      for (let k = 0; k < count; k++) {
        const h = activations[(t - lag * spacing) * count + k];
        const row = (lag * count + k) * bins;
        if (h > 0) for (let f = 0; f < bins; f++) powers[k * bins + f] += h * templates[row + f];
      }
    }
    total.fill(0);
    for (let k = 0; k < count; k++) {
      for (let f = 0; f < bins; f++) {
        powers[k * bins + f] *= powers[k * bins + f];
        total[f] += powers[k * bins + f];
      }
    }
    for (let f = 0; f < bins; f++) total[f] = total[f] > 0 ? V[t * bins + f] / total[f] : 0;
    for (let k = 0; k < count; k++) {
      for (let f = 0; f < bins; f++) sums[k * bins + f] += powers[k * bins + f] * total[f];
    }
  }
  return Float32Array.from(sums);
}
