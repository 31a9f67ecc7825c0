export interface SuggestionRow {
  components: number;
  /** What so many components leave of the divergence. */
  loss: number;
  /** loss(K−1)/loss(K) − 1; 0 for one component, which nothing comes before. */
  gain: number;
}

/** One more component is worth it where the loss falls by a tenth at least. */
const WORTHWHILE_GAIN = 0.1;

/** @param losses of 1, 2, … components */
export function tableOf(losses: ArrayLike<number>): SuggestionRow[] {
  return Array.from(losses, (loss, i) => ({
    components: i + 1,
    loss,
    gain: i > 0 ? losses[i - 1] / loss - 1 : 0,
  }));
}

/** The last number of components before the first that is not worth it. */
export function suggestionOf(table: readonly SuggestionRow[]): number {
  const first = table.findIndex(({ gain }, i) => i > 0 && gain < WORTHWHILE_GAIN);
  return first < 0 ? table.length : first;
}
