import type { Bands } from '../Bands.ts';
import type { Updates } from './ExtrapolatedSolver.ts';
import { type Factors, Learner, type LearnerShape } from './Learner.ts';

/** How the rows of W belong together: each component has a template for every lag. */
export interface Lags {
  readonly count: number;
  /** Frames from one to the next. */
  readonly spacing: number;
}

/**
 * Updates of patterns of several frames: V(t) ≈ Σ_k Σ_lag activations(t − lag·spacing, k) · templates(lag, k).
 *
 * This is a factorisation with a template for every lag of every component, whose activations are the same but for the
 * delay. So its updates are those of any factorisation, and after each the activations are tied together again. Templates
 * are in the order of lags, then of components.
 */
export class TiedLearner implements Updates {
  readonly #learner: Learner;
  readonly #lags: Lags;
  /** `count` is the number of components. */
  readonly #shape: LearnerShape;
  /** Where factors pass through. */
  readonly #untied: Factors;
  /** frames × components */
  readonly #activations: Float32Array;

  /**
   * @param V frames × bins, row-major
   * @param shape `count` is the number of components
   * @param bands that the bins of the shape are, where V is to be taken in bands
   */
  constructor(V: Float32Array, shape: LearnerShape, lags: Lags, bands?: Bands) {
    const { frames, bins, count } = shape;
    this.#learner = new Learner(V, { ...shape, count: count * lags.count }, 'kullback-leibler', undefined, bands);
    this.#lags = lags;
    this.#shape = shape;
    this.#untied = {
      templates: new Float32Array(count * lags.count * bins),
      activations: new Float32Array(frames * count * lags.count),
    };
    this.#activations = new Float32Array(frames * count);
  }

  /** @param factors templates of all lags, and one activation a frame and component */
  write(state: number, { templates, activations }: Factors): void {
    this.#learner.write(state, { templates, activations: this.#untie(activations) });
  }

  /** As `write` takes them; the next call overwrites the arrays. */
  read(state: number): Factors {
    const { templates } = this.#learner.read(state, this.#untied);
    return { templates, activations: this.#tie() };
  }

  advance(from: number, to: number): number {
    const loss = this.#learner.advance(from, to);
    this.#learner.read(to, this.#untied);
    this.#learner.writeActivations(to, this.#untie(this.#tie()));
    return loss;
  }

  /** Between tied activations lie tied ones. */
  extrapolate(current: number, previous: number, step: number, to: number): void {
    this.#learner.extrapolate(current, previous, step, to);
  }

  release(): void {
    this.#learner.release();
  }

  /** The activations of every lag's templates: frames × (lags × components). */
  #untie(activations: Float32Array): Float32Array {
    const { frames, count } = this.#shape;
    const untied = this.#untied.activations;
    for (let t = 0; t < frames; t++) {
      for (let lag = 0; lag < this.#lags.count; lag++) {
        const from = (t - lag * this.#lags.spacing) * count;
        const to = (t * this.#lags.count + lag) * count;
        for (let k = 0; k < count; k++) untied[to + k] = from < 0 ? 0 : activations[from + k];
      }
    }
    return untied;
  }

  /** One activation for all lags: their mean, each weighted by what its template sums to, as the joint update would have it. */
  #tie(): Float32Array {
    const { frames, bins, count } = this.#shape;
    const { count: lags, spacing } = this.#lags;
    const { templates, activations: untied } = this.#untied;
    const weights = Float64Array.from({ length: lags * count }, (_, r) => sumOf(templates, r * bins, bins));
    for (let t = 0; t < frames; t++) {
      for (let k = 0; k < count; k++) {
        let sum = 0;
        let weight = 0;
        for (let lag = 0; lag < lags && t + lag * spacing < frames; lag++) {
          const r = lag * count + k;
          sum += weights[r] * untied[(t + lag * spacing) * lags * count + r];
          weight += weights[r];
        }
        this.#activations[t * count + k] = weight > 0 ? sum / weight : 0;
      }
    }
    return this.#activations;
  }
}

function sumOf(values: Float32Array, start: number, length: number): number {
  let sum = 0;
  for (let i = start; i < start + length; i++) sum += values[i];
  return sum;
}
