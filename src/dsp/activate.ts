import { approximate, type Divergence, dot, gradientParts } from './divergence.ts';

/** Multiplicative updates that stop once no activation moves the approximation any more. */
const MAXIMUM_ITERATIONS = 300;
const CONVERGED = 1e-4;

/** Of dictionaries with shifted copies of their templates, after the first updates of all only the loudest stay on. */
const FULL_UPDATES = 4;
const LOUDEST = 100;
/** A copy starts with this part of what a taught template has, and costs more: what was taught comes first. */
const SHARE_OF_COPY = 0.03;
const PENALTY_OF_COPY = 1.1;

/**
 * Activations of single frames with the templates fixed: a convex problem, solved from the same start whatever came
 * before, so that every thread that is asked gives the same answer.
 */
export class Activator {
  readonly templates: Float32Array;
  readonly count: number;
  readonly #bins: number;
  readonly #divergence: Divergence;
  readonly #copies: number;
  readonly #sums: Float64Array;
  readonly #loudness: Float64Array;
  readonly #approximation: Float64Array;
  readonly #numerator: Float64Array;

  /**
   * @param templates templates × bins, row-major
   * @param copies how many of them, the last ones, are shifted copies
   */
  constructor(templates: Float32Array, bins: number, divergence: Divergence, copies = 0) {
    this.templates = templates;
    this.count = templates.length / bins;
    this.#bins = bins;
    this.#divergence = divergence;
    this.#copies = copies;
    this.#loudness = new Float64Array(this.count);
    this.#approximation = new Float64Array(bins);
    this.#numerator = new Float64Array(bins);
    const ones = new Float64Array(bins).fill(1);
    this.#sums = Float64Array.from({ length: this.count }, (_, r) => dot(templates, r * bins, ones));
  }

  /**
   * Any thread; allocates nothing.
   *
   * @param v magnitudes of one frame, `bins` values
   * @param h receives `count` values
   */
  activate(v: Float32Array, h: Float32Array): void {
    let energy = 0;
    for (let f = 0; f < this.#bins; f++) energy += v[f];
    const taught = this.count - this.#copies;
    const equal = energy / (taught + SHARE_OF_COPY * this.#copies);
    for (let r = 0; r < this.count; r++) {
      h[r] = this.#sums[r] > 0 ? (equal * (r < taught ? 1 : SHARE_OF_COPY)) / this.#sums[r] : 0;
    }
    if (energy === 0) return;
    for (let i = 0; i < MAXIMUM_ITERATIONS; i++) {
      if (i === FULL_UPDATES && this.#copies > 0) this.#keepLoudest(h);
      if (this.#update(v, h) < CONVERGED * energy && i >= FULL_UPDATES) return;
    }
  }

  #keepLoudest(h: Float32Array): void {
    if (this.count <= LOUDEST) return;
    for (let r = 0; r < this.count; r++) this.#loudness[r] = h[r] * this.#sums[r];
    this.#loudness.sort();
    const threshold = this.#loudness[this.count - LOUDEST];
    for (let r = 0; r < this.count; r++) if (h[r] * this.#sums[r] < threshold) h[r] = 0;
  }

  /** One multiplicative update; returns how much magnitude moved. */
  #update(v: Float32Array, h: Float32Array): number {
    const bins = this.#bins;
    approximate(this.#approximation, this.templates, h);
    gradientParts(v, 0, this.#approximation, this.#numerator, this.#divergence);
    let moved = 0;
    for (let r = 0; r < this.count; r++) {
      if (h[r] === 0) continue;
      const penalty = r < this.count - this.#copies ? 1 : PENALTY_OF_COPY;
      const below = penalty * dot(this.templates, r * bins, this.#approximation);
      if (below <= 0) continue;
      const updated = (h[r] * dot(this.templates, r * bins, this.#numerator)) / below;
      moved += Math.abs(updated - h[r]) * this.#sums[r];
      h[r] = updated;
    }
    return moved;
  }
}

/**
 * Activations of every frame of V with the templates fixed, each solved until converged.
 *
 * @param V frames × bins, row-major
 * @param templates templates × bins, row-major
 * @returns frames × templates, row-major
 */
export function activate(
  V: Float32Array,
  frames: number,
  bins: number,
  templates: Float32Array,
  options: { divergence?: Divergence } = {},
): Float32Array {
  const activator = new Activator(templates, bins, options.divergence ?? 'kullback-leibler');
  const { count } = activator;
  const activations = new Float32Array(frames * count);
  for (let t = 0; t < frames; t++)
    activator.activate(V.subarray(t * bins, (t + 1) * bins), activations.subarray(t * count, (t + 1) * count));
  return activations;
}
