/** An onset that was found. Seconds from the beginning of the excerpt. */
export interface FoundOnset {
  readonly component: number;
  readonly time: number;
  /** The end of the frame that told it: so late the audio thread knew */
  readonly told: number;
}

/** How well the onsets of an item were found */
export interface OnsetScore {
  /** F-measures within 50 ms and within 25 ms, means over the stems */
  readonly within50: number;
  readonly within25: number;
  /** Milliseconds from a true onset to when it was told, the median */
  readonly delay: number;
}

/**
 * @param truth seconds, a list for each stem
 * @param componentOf the component that stands for each stem
 */
export function scoreOnsets(
  truth: readonly (readonly number[])[],
  found: readonly FoundOnset[],
  componentOf: readonly number[],
): OnsetScore {
  const stems = truth.map((times, k) => ({
    times,
    onsets: found.filter(({ component }) => component === componentOf[k]),
  }));
  const meanF = (tolerance: number) =>
    stems.reduce((sum, { times, onsets }) => {
      const hits = matched(times, onsets, tolerance).length;
      return sum + (hits && (2 * hits) / (times.length + onsets.length)) / stems.length;
    }, 0);
  const pairs = stems.flatMap(({ times, onsets }) => matched(times, onsets, 0.05));
  const delay = 1000 * median(pairs.map(({ time, onset }) => onset.told - time));
  return { within50: meanF(0.05), within25: meanF(0.025), delay };
}

/** True and found onsets in pairs, each in one at most, in order of time. */
function matched(times: readonly number[], onsets: readonly FoundOnset[], tolerance: number) {
  const left = [...onsets].sort((a, b) => a.time - b.time);
  return [...times]
    .sort((a, b) => a - b)
    .flatMap((time) => {
      const at = left.findIndex((onset) => Math.abs(onset.time - time) <= tolerance);
      return at < 0 ? [] : [{ time, onset: left.splice(at, 1)[0] }];
    });
}

/** NaN for no values */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}
