/** What is left to explain with so many components. */
export interface SuggestionRow {
  /** K */
  components: number;
  /** What so many components leave of the divergence. */
  loss: number;
  /** loss(K−1)/loss(K) − 1; 0 for one component, which nothing comes before. */
  gain: number;
}

/** One more component is worth it while it gains this share of what the best one gained. */
const WORTHWHILE = 0.5;
/** Where no component gains as much, one is enough. */
const SMALLEST_GAIN = 0.1;

/** @param losses of 1, 2, … components */
export function tableOf(losses: ArrayLike<number>): SuggestionRow[] {
  return Array.from(losses, (loss, i) => ({ components: i + 1, loss, gain: i > 0 ? gainOf(losses[i - 1], loss) : 0 }));
}

/**
 * The last number of components before the first that is not worth it. On drum loops and on single notes it finds their
 * number; for music that changes its chords the loss falls without a step, and then there are more than there are players.
 */
export function patternCount(table: readonly SuggestionRow[]): number {
  const largest = Math.max(...table.map(({ gain }) => gain));
  if (largest < SMALLEST_GAIN) return 1;
  const first = table.findIndex(({ gain }, i) => i > 0 && gain < WORTHWHILE * largest);
  return first < 0 ? table.length : first;
}

function gainOf(before: number, loss: number): number {
  return before > 0 ? before / loss - 1 : 0;
}
