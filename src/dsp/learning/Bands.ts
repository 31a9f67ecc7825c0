/** The width of a band as a part of its frequency, where that is more than one bin: a quarter of a semitone. */
const RELATIVE_WIDTH = 1 / 64;

/**
 * Neighbouring bins taken together, the more the higher they are: notes stay apart, and the high bins, which are most of
 * all, become few. Learning takes a fraction of the time in bands.
 *
 * A spectrogram in bands holds the sum over the bins of each, and so do its templates. That suits the Kullback-Leibler
 * divergence alone: where V and W·H are sums, it is no larger than that of what was summed (the log sum inequality; Cover
 * and Thomas, "Elements of information theory", 2006, section 2.7).
 */
export class Bands {
  readonly bins: number;
  /** Of bands. */
  readonly count: number;
  /** The band of every bin. */
  readonly bandOf: Uint16Array;

  /** @param relativeWidth 0: every bin is a band of its own */
  constructor(bins: number, relativeWidth = RELATIVE_WIDTH) {
    this.bins = bins;
    this.bandOf = new Uint16Array(bins);
    let count = 0;
    for (let first = 0; first < bins; count++) {
      const end = Math.min(bins, first + Math.max(1, Math.floor(first * relativeWidth)));
      this.bandOf.fill(count, first, end);
      first = end;
    }
    this.count = count;
  }

  /**
   * rows × bins to rows × bands: sums.
   *
   * @param sums where they go, a new array unless one is given
   * @param stride from one row of it to the next
   */
  sum(
    values: Float32Array,
    sums = new Float32Array((values.length / this.bins) * this.count),
    stride = this.count,
  ): Float32Array {
    const rows = values.length / this.bins;
    sums.fill(0);
    for (let row = 0; row < rows; row++) {
      for (let f = 0; f < this.bins; f++) sums[row * stride + this.bandOf[f]] += values[row * this.bins + f];
    }
    return sums;
  }

  /**
   * rows × bands to rows × bins: each band's value is divided among its bins. So a part of a spectrogram in bands becomes a
   * part of it in bins, `like` being that spectrogram.
   *
   * @param like in what proportion: rows × bins. Evenly where it is absent, or a band of it empty
   */
  spread(values: Float32Array, like?: Float32Array): Float32Array {
    const spread = like?.slice() ?? new Float32Array((values.length / this.count) * this.bins);
    const sums = this.sum(spread);
    const widths = this.sum(new Float32Array(this.bins).fill(1));
    for (let i = 0; i < spread.length; i++) {
      const band = this.bandOf[i % this.bins];
      const at = Math.floor(i / this.bins) * this.count + band;
      spread[i] = values[at] * (sums[at] > 0 ? spread[i] / sums[at] : 1 / widths[band]);
    }
    return spread;
  }
}
