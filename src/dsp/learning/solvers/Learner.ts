import { QUAD_TEMPLATES, STRIP_COLUMNS } from '../../../kernels/constants.ts';
import { type Kernels, loadKernels } from '../../../kernels/load.ts';
import { codeOf, type Divergence } from '../../divergence.ts';
import { largest, powerOfTwoBelow, representable } from '../../numeric/powers.ts';
import type { Bands } from '../Bands.ts';

/** W and H outside the kernels. */
export interface Factors {
  /** templates × bins, row-major */
  readonly templates: Float32Array;
  /** frames × templates, row-major */
  readonly activations: Float32Array;
}

/** The shape of V ≈ H·W. */
export interface LearnerShape {
  readonly frames: number;
  readonly bins: number;
  /** R, rows of W. */
  readonly count: number;
}

/** A given H whose largest value is farther than this factor from that of V is scaled anew: see `scaleOfActivations`. */
const LARGEST_MISFIT = 2 ** 30;

/** One instance serves all learners of a thread: compiled memories are scarce, and its code is warm from the second on. */
let kernels: Kernels | undefined;

/**
 * V, and W and H in three states numbered from 0, in the kernels' memory. Both factors are scaled by powers of two there, which changes
 * no digit; what comes in and goes out has the scale of the caller.
 */
export class Learner {
  readonly shape: LearnerShape;
  readonly divergence: Divergence;
  readonly #kernels: Kernels;
  readonly #address: number;
  readonly #code: number;
  readonly #paddedCount: number;
  readonly #scale: number;
  /** What W is multiplied with on its way in. */
  #templateScale = 1;

  /**
   * @param V frames × bins, row-major
   * @param bands that the bins of the shape are, where V is to be taken in bands
   */
  constructor(V: Float32Array, shape: LearnerShape, divergence: Divergence, hold?: ArrayLike<boolean>, bands?: Bands) {
    const { frames, bins, count } = shape;
    kernels ??= loadKernels();
    this.shape = shape;
    this.divergence = divergence;
    this.#kernels = kernels;
    this.#code = codeOf(divergence);
    this.#paddedCount = Math.ceil(count / QUAD_TEMPLATES) * QUAD_TEMPLATES;
    this.#address = kernels.createLearner(frames, bins, count);
    const rowFloats = kernels.learnerRowBytes(this.#address) / Float32Array.BYTES_PER_ELEMENT;
    const rows = new Float32Array(kernels.memory.buffer, kernels.learnerSpectrogram(this.#address), frames * rowFloats);
    if (bands) bands.sum(V, rows, rowFloats);
    else for (let t = 0; t < frames; t++) rows.set(V.subarray(t * bins, (t + 1) * bins), t * rowFloats);
    const held = new Int32Array(kernels.memory.buffer, kernels.learnerHeld(this.#address), count);
    for (let r = 0; r < count; r++) held[r] = hold?.[r] ? 1 : 0;
    this.#scale = kernels.prepareLearner(this.#address, this.#code);
  }

  /** Puts W and H into a state. The scale of W is that of the last call, for all states. */
  write(state: number, { templates, activations }: Factors): void {
    this.#templateScale = 1 / powerOfTwoBelow(largest(templates));
    const { bins, count } = this.shape;
    const w = this.#templates(state);
    for (let r = 0; r < count; r++) {
      for (let f = 0; f < bins; f++) w[this.#at(r, f)] = positive(templates[r * bins + f] * this.#templateScale);
    }
    this.writeActivations(state, activations);
  }

  /** Puts another H into a state. */
  writeActivations(state: number, activations: Float32Array): void {
    const { frames, count } = this.shape;
    const h = this.#activations(state);
    const scale = scaleOfActivations(this.#scale / this.#templateScale, largest(activations));
    for (let t = 0; t < frames; t++) {
      for (let r = 0; r < count; r++) h[this.#at(r, t)] = positive(activations[t * count + r] * scale);
    }
  }

  /** Takes W and H out of a state. */
  read(state: number, into: Factors = emptyFactors(this.shape)): Factors {
    const { bins, frames, count } = this.shape;
    const { templates, activations } = into;
    const w = this.#templates(state);
    for (let r = 0; r < count; r++) {
      for (let f = 0; f < bins; f++) templates[r * bins + f] = representable(w[this.#at(r, f)] / this.#templateScale);
    }
    const h = this.#activations(state);
    const scale = this.#scale / this.#templateScale;
    for (let t = 0; t < frames; t++) {
      for (let r = 0; r < count; r++) activations[t * count + r] = representable(h[this.#at(r, t)] / scale);
    }
    return into;
  }

  /**
   * One Euclidean iteration in place.
   *
   * @param sweeps 0: multiplicative updates; else so many sweeps of hierarchical alternating least squares
   * @returns the loss after it
   */
  iterate(state: number, sweeps: number): number {
    return this.#unscaled(this.#kernels.iterateLearner(this.#address, state, sweeps));
  }

  /**
   * One multiplicative iteration for the other divergences, from one state to another.
   *
   * @returns the loss before it
   */
  advance(from: number, to: number): number {
    return this.#unscaled(this.#kernels.advanceLearner(this.#address, this.#code, from, to));
  }

  /** to ← current + step · (current − previous), kept above zero. */
  extrapolate(current: number, previous: number, step: number, to: number): void {
    this.#kernels.extrapolateLearner(this.#address, current, previous, step, to);
  }

  /** Gives the memory back; the learner is of no use afterwards. */
  release(): void {
    this.#kernels.releaseLearner(this.#address);
  }

  /** The Euclidean loss has the square of V's scale, Itakura-Saito's has none. */
  #unscaled(loss: number): number {
    if (this.divergence === 'euclidean') return loss / this.#scale / this.#scale;
    return this.divergence === 'kullback-leibler' ? loss / this.#scale : loss;
  }

  /** Views are made afresh each time: memory that grows detaches them. */
  #templates(state: number): Float32Array {
    return this.#strips(this.#kernels.learnerTemplates(this.#address, state), this.shape.bins);
  }

  #activations(state: number): Float32Array {
    return this.#strips(this.#kernels.learnerActivations(this.#address, state), this.shape.frames);
  }

  #strips(address: number, columns: number): Float32Array {
    return new Float32Array(
      this.#kernels.memory.buffer,
      address,
      Math.ceil(columns / STRIP_COLUMNS) * STRIP_COLUMNS * this.#paddedCount,
    );
  }

  #at(template: number, column: number): number {
    return (
      (Math.floor(column / STRIP_COLUMNS) * this.#paddedCount + template) * STRIP_COLUMNS + (column % STRIP_COLUMNS)
    );
  }
}

function emptyFactors({ frames, bins, count }: LearnerShape): Factors {
  return { templates: new Float32Array(count * bins), activations: new Float32Array(frames * count) };
}

/** What is not a positive, finite number counts as zero. */
function positive(value: number): number {
  return value > 0 && value < Number.POSITIVE_INFINITY ? value : 0;
}

/**
 * The factor for a given H on its way in. Updates begin with H, so its scale does not matter, unless it is so far off that
 * the kernels would cut its values as too small or too large: then its largest value becomes 1.
 */
function scaleOfActivations(scale: number, maximum: number): number {
  const scaled = scale * maximum;
  return scaled > LARGEST_MISFIT || scaled < 1 / LARGEST_MISFIT ? 1 / powerOfTwoBelow(maximum) : scale;
}
