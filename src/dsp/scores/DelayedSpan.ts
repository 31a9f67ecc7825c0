import { CholeskyFactor } from './cholesky.ts';
import { Float64Fft } from './Float64Fft.ts';

/** Samples a transform covers, in filter lengths: longer ones leave the cache, shorter ones overlap too much. */
const BLOCK_FACTOR = 8;

/** One block of a signal in frequency. */
interface Spectrum {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * Everything that filters of a few taps can make of some signals: the space that their delayed copies span. Works block
 * by block, so its memory does not grow with the signals. In float64 throughout.
 */
export class DelayedSpan {
  readonly #signals: readonly Float32Array[];
  readonly #taps: number;
  readonly #fft: Float64Fft;
  /** New samples in a block; the rest repeats those before it. */
  readonly #blockLength: number;
  /** Samples of a filtered signal. */
  readonly #length: number;
  /** Of the inner products of all delayed copies. */
  readonly #factor: CholeskyFactor;

  /** @param signals of equal length */
  constructor(signals: readonly Float32Array[], taps: number) {
    this.#signals = signals;
    this.#taps = taps;
    this.#fft = new Float64Fft(2 ** Math.ceil(Math.log2(BLOCK_FACTOR * taps)));
    this.#blockLength = this.#fft.size - taps + 1;
    this.#length = signals[0].length + taps - 1;
    this.#factor = new CholeskyFactor(this.#gram());
  }

  /** Σ_n signal_i[n − k] · target[n] for every signal i and delay k: signals × taps. */
  correlate(target: Float32Array): Float64Array {
    const { size } = this.#fft;
    const sums = this.#signals.map(() => emptySpectrum(size));
    for (let start = 0; start < target.length; start += this.#blockLength) {
      const spectrum = this.#spectrum(target, start, this.#blockLength);
      this.#signals.forEach((signal, i) => {
        addProduct(sums[i], spectrum, this.#withPast(signal, start), -1);
      });
    }
    const correlations = new Float64Array(this.#signals.length * this.#taps);
    sums.forEach(({ re, im }, i) => {
      this.#fft.inverse(re, im);
      // The block with its past begins taps − 1 samples before the target's.
      for (let k = 0; k < this.#taps; k++) correlations[i * this.#taps + k] = re[(size + k - this.#taps + 1) % size];
    });
    return correlations;
  }

  /** The filters, signals × taps, whose outputs add up to the nearest there is to a target of these correlations. */
  solve(correlations: Float64Array): Float64Array {
    return this.#factor.solve(correlations);
  }

  /**
   * Calls back with what each set of filters makes of the signals, block by block, for their length + taps − 1 samples.
   *
   * @param filters each signals × taps; null filters count as zero
   */
  forEachBlock(
    filters: readonly Float64Array[],
    use: (start: number, length: number, outputs: readonly Float64Array[]) => void,
  ): void {
    const responses = filters.map((taps) => this.#responses(taps));
    for (let start = 0; start < this.#length; start += this.#blockLength) {
      const spectra = this.#signals.map((signal) => this.#withPast(signal, start));
      const outputs = responses.map((response) => {
        const sum = emptySpectrum(this.#fft.size);
        response.forEach((spectrum, i) => {
          if (spectrum) addProduct(sum, spectra[i], spectrum, 1);
        });
        this.#fft.inverse(sum.re, sum.im);
        return sum.re.subarray(this.#taps - 1);
      });
      use(start, Math.min(this.#blockLength, this.#length - start), outputs);
    }
  }

  /** Row (i, a), column (j, b): the inner product of signal i delayed by a and signal j delayed by b. */
  #gram(): Float64Array[] {
    const taps = this.#taps;
    const count = this.#signals.length;
    const correlations = this.#signals.map((signal) => this.correlate(signal));
    return Array.from({ length: count * taps }, (_, row) => {
      const i = Math.floor(row / taps);
      const a = row % taps;
      return Float64Array.from({ length: count * taps }, (_, column) => {
        const j = Math.floor(column / taps);
        const b = column % taps;
        return a >= b ? correlations[j][i * taps + a - b] : correlations[i][j * taps + b - a];
      });
    });
  }

  /** The spectrum of each signal's filter, or null where it is zero. */
  #responses(filters: Float64Array): (Spectrum | null)[] {
    return this.#signals.map((_, i) => {
      const taps = filters.subarray(i * this.#taps, (i + 1) * this.#taps);
      return taps.some((tap) => tap !== 0) ? this.#spectrum(taps, 0, this.#taps) : null;
    });
  }

  /** A block with the taps − 1 samples before it. */
  #withPast(signal: Float32Array, start: number): Spectrum {
    return this.#spectrum(signal, start - this.#taps + 1, this.#fft.size);
  }

  #spectrum(signal: Float32Array | Float64Array, start: number, count: number): Spectrum {
    const spectrum = emptySpectrum(this.#fft.size);
    const end = Math.min(signal.length, start + count);
    for (let n = Math.max(0, start); n < end; n++) spectrum.re[n - start] = signal[n];
    this.#fft.forward(spectrum.re, spectrum.im);
    return spectrum;
  }
}

function emptySpectrum(size: number): Spectrum {
  return { re: new Float64Array(size), im: new Float64Array(size) };
}

/** sum += a · b, or with the conjugate of b where `sign` is −1. */
function addProduct(sum: Spectrum, a: Spectrum, b: Spectrum, sign: 1 | -1): void {
  for (let f = 0; f < sum.re.length; f++) {
    const im = sign * b.im[f];
    sum.re[f] += a.re[f] * b.re[f] - a.im[f] * im;
    sum.im[f] += a.re[f] * im + a.im[f] * b.re[f];
  }
}
