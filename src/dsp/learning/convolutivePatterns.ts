import { randomFactors } from './initialisation/randomFactors.ts';
import { type Factors, Learner, type LearnerShape } from './solvers/Learner.ts';

/** Frames of a pattern. */
const LAGS = 8;
const ITERATIONS = 40;

/** Components as patterns of several frames: V(t) ≈ Σ_k Σ_lag activations(t − lag·spacing, k) · templates(lag, k). */
interface Patterns {
  /** lags × components × bins */
  readonly templates: Float32Array;
  /** frames × components */
  readonly activations: Float32Array;
}

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

/**
 * A deconvolution is a factorisation with a template for every lag of every component, whose activations are the same but
 * for the delay. So its updates are those of any factorisation, and after each the activations are tied together again.
 */
function learnPatterns(
  V: Float32Array,
  shape: LearnerShape,
  start: Float32Array,
  spacing: number,
  seed: number,
): Patterns {
  const learner = new Learner(V, { ...shape, count: shape.count * LAGS }, 'kullback-leibler');
  try {
    const { activations } = randomFactors(shape, seed);
    // The same arrays all the time: those of a song would pile up before anyone collects them.
    const untied: Factors = {
      templates: new Float32Array(start.length * LAGS),
      activations: new Float32Array(activations.length * LAGS),
    };
    for (let lag = 0; lag < LAGS; lag++) untied.templates.set(start, lag * start.length);
    for (let i = 0; i < ITERATIONS; i++) {
      untie(activations, shape, spacing, untied.activations);
      learner.write(0, untied);
      learner.advance(0, 1);
      learner.read(1, untied);
      tie(untied, shape, spacing, activations);
    }
    return { templates: untied.templates, activations };
  } finally {
    learner.release();
  }
}

/** The activations of every lag's templates: frames × (lags × components). */
function untie(
  activations: Float32Array,
  { frames, count }: LearnerShape,
  spacing: number,
  untied: Float32Array,
): void {
  for (let t = 0; t < frames; t++) {
    for (let lag = 0; lag < LAGS; lag++) {
      const from = (t - lag * spacing) * count;
      const to = (t * LAGS + lag) * count;
      for (let k = 0; k < count; k++) untied[to + k] = from < 0 ? 0 : activations[from + k];
    }
  }
}

/** One activation for all lags: their mean, each weighted by what its template sums to, as the joint update would have it. */
function tie(untied: Factors, { frames, bins, count }: LearnerShape, spacing: number, activations: Float32Array): void {
  const weights = Float64Array.from({ length: LAGS * count }, (_, r) => sumOf(untied.templates, r * bins, bins));
  for (let t = 0; t < frames; t++) {
    for (let k = 0; k < count; k++) {
      let sum = 0;
      let weight = 0;
      for (let lag = 0; lag < LAGS && t + lag * spacing < frames; lag++) {
        const r = lag * count + k;
        sum += weights[r] * untied.activations[(t + lag * spacing) * LAGS * count + r];
        weight += weights[r];
      }
      activations[t * count + k] = weight > 0 ? sum / weight : 0;
    }
  }
}

/** Σ_t mask(t) ∘ V(t) for every component, with masks of exponent 2: components × bins. */
function maskedSums(
  V: Float32Array,
  { frames, bins, count }: LearnerShape,
  { templates, activations }: Patterns,
  spacing: number,
): Float32Array {
  const sums = new Float64Array(count * bins);
  const powers = new Float64Array(count * bins);
  for (let t = 0; t < frames; t++) {
    powers.fill(0);
    for (let lag = 0; lag < LAGS && t >= lag * spacing; lag++) {
      for (let k = 0; k < count; k++) {
        const h = activations[(t - lag * spacing) * count + k];
        const row = (lag * count + k) * bins;
        if (h > 0) for (let f = 0; f < bins; f++) powers[k * bins + f] += h * templates[row + f];
      }
    }
    for (let f = 0; f < bins; f++) {
      let total = 0;
      for (let i = f; i < powers.length; i += bins) {
        powers[i] *= powers[i];
        total += powers[i];
      }
      if (total > 0) for (let i = f; i < powers.length; i += bins) sums[i] += (powers[i] / total) * V[t * bins + f];
    }
  }
  return Float32Array.from(sums);
}

function sumOf(values: Float32Array, start: number, length: number): number {
  let sum = 0;
  for (let i = start; i < start + length; i++) sum += values[i];
  return sum;
}
