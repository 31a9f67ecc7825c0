import { type Divergence, factorize, type SolverName } from 'nmf-separator-node/dsp';
import { canResume } from '../settings.ts';

/** W and H: templates × bins and frames × templates, row-major. */
export interface Factors {
  readonly templates: Float32Array;
  readonly activations: Float32Array;
}

/** V, frames × bins, row-major. */
export interface SpectrogramMatrix {
  readonly values: Float32Array;
  readonly frames: number;
  readonly bins: number;
}

/** How the factorisation begins and goes on. */
export interface IterationsOptions {
  readonly components: number;
  readonly divergence: Divergence;
  readonly solver: SolverName;
  readonly seed: number;
}

/**
 * A factorisation that stops after any iteration and goes on: from where it stopped, or else once more from its start, so
 * that it always is where one call of so many iterations ends.
 */
export class Iterations {
  readonly #V: SpectrogramMatrix;
  readonly #options: IterationsOptions;
  readonly #start: Factors;
  #now: Factors;
  #losses: readonly number[] = [];

  constructor(V: SpectrogramMatrix, options: IterationsOptions) {
    this.#V = V;
    this.#options = options;
    this.#start = initialFactors(V, options);
    this.#now = this.#start;
  }

  /** The loss after every iteration. */
  get losses(): readonly number[] {
    return this.#losses;
  }

  get factors(): Factors {
    return this.#now;
  }

  advance(count: number): void {
    const { components: templates, divergence, solver } = this.#options;
    const resumes = canResume(this.#options);
    const { templates: templates0, activations: activations0 } = resumes ? this.#now : this.#start;
    const iterations = resumes ? count : this.#losses.length + count;
    const { values, frames, bins } = this.#V;
    const given = { templates, divergence, solver, templates0, activations0 };
    const { loss, ...factors } = factorize(values, frames, bins, { ...given, iterations, tolerance: 0 });
    this.#now = factors;
    this.#losses = resumes ? [...this.#losses, ...loss] : [...loss];
  }
}

/**
 * The W and H that `factorize` begins with for a seed. It draws the values of W and then those of H, one after the other.
 * So templates that are long enough for both hold them all, and templates that are held come back as they were drawn.
 */
export function initialFactors({ frames, bins }: SpectrogramMatrix, options: IterationsOptions): Factors {
  const { components: templates, seed } = options;
  const length = bins + frames;
  const holdTemplates = new Array<boolean>(templates).fill(true);
  const drawn = factorize(new Float32Array(length).fill(1), 1, length, {
    templates,
    seed,
    holdTemplates,
    iterations: 1,
  });
  return {
    templates: drawn.templates.slice(0, templates * bins),
    activations: drawn.templates.slice(templates * bins),
  };
}
