/** Zero crossings of the filter on each side, at the lower of the two rates. */
const CROSSINGS = 24;
/** Where the filter starts to fall, as a fraction of the highest frequency that both rates have. */
const PASS = 0.94;
/** Most fractional places between two samples that the filter is tabulated for. The usual rates need at most 640. */
const MOST_PHASES = 4096;

/**
 * Changes the sample rate of one channel, block by block, as if the blocks were one. Sample `n` of the output is the
 * input at `n / to` seconds, interpolated by a windowed sinc. The last samples of the input wait for the next block.
 */
export class Resampler {
  /** Input samples for each output sample: the fraction `#step / #divisor` */
  readonly #step: number;
  readonly #divisor: number;
  readonly #filters: readonly Float32Array[];
  /** Samples on each side of the interpolated place that the filter covers */
  readonly #reach: number;
  /** The input that later output still needs. The sound before the start is silence. */
  #held: Float32Array;
  /** Index in `#held` before the next output sample, and how far it lies beyond, in parts of `#divisor`. */
  #base: number;
  #fraction = 0;

  constructor(from: number, to: number) {
    const common = greatestDivisor(from, to);
    this.#step = from / common;
    this.#divisor = to / common;
    const cutoff = Math.min(1, to / from);
    this.#reach = Math.ceil(CROSSINGS / cutoff);
    const phases = Math.min(this.#divisor, MOST_PHASES);
    this.#filters =
      from === to ? [] : Array.from({ length: phases + 1 }, (_, p) => filterAt(p / phases, this.#reach, PASS * cutoff));
    this.#held = new Float32Array(this.#reach - 1);
    this.#base = this.#reach - 1;
  }

  /** @returns the output samples that this block completes */
  process(block: Float32Array): Float32Array {
    if (this.#filters.length === 0) return block;
    const input = joined(this.#held, block);
    const output = new Float32Array(Math.ceil((Math.max(0, input.length - this.#base) * this.#divisor) / this.#step));
    let made = 0;
    for (; this.#base + this.#reach < input.length; made++) {
      output[made] = this.#interpolate(input);
      this.#advance();
    }
    const start = Math.min(this.#base - this.#reach + 1, input.length);
    this.#held = input.slice(start);
    this.#base -= start;
    return output.subarray(0, made);
  }

  /** @returns the rest of the output, as if silence followed */
  flush(): Float32Array {
    return this.process(new Float32Array(this.#reach));
  }

  #interpolate(input: Float32Array): number {
    const phase = Math.round((this.#fraction / this.#divisor) * (this.#filters.length - 1));
    const filter = this.#filters[phase];
    const first = this.#base - this.#reach + 1;
    let sum = 0;
    for (let k = 0; k < filter.length; k++) sum += filter[k] * input[first + k];
    return sum;
  }

  #advance(): void {
    const next = this.#fraction + this.#step;
    this.#base += Math.floor(next / this.#divisor);
    this.#fraction = next % this.#divisor;
  }
}

/** The filter for a place between two samples, with a sum of 1. @param cutoff  as a fraction of half the input's rate */
function filterAt(place: number, reach: number, cutoff: number): Float32Array {
  const taps = Float32Array.from({ length: 2 * reach }, (_, k) => {
    const distance = k - reach + 1 - place;
    return sinc(cutoff * distance) * blackman(distance / reach);
  });
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => tap / sum);
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** @param x  −1 and 1 are the ends of the window */
function blackman(x: number): number {
  return Math.abs(x) >= 1 ? 0 : 0.42 + 0.5 * Math.cos(Math.PI * x) + 0.08 * Math.cos(2 * Math.PI * x);
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

export function joined(...blocks: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(blocks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const block of blocks) {
    whole.set(block, at);
    at += block.length;
  }
  return whole;
}
