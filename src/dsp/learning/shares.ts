/**
 * Divides every value by the sum over the components, where there is any. Allocates nothing: it is called for every frame
 * of a song.
 *
 * @param values components × bins, row-major
 */
export function toShares(values: Float64Array, bins: number): void {
  for (let f = 0; f < bins; f++) {
    let total = 0;
    for (let i = f; i < values.length; i += bins) total += values[i];
    if (total > 0) for (let i = f; i < values.length; i += bins) values[i] /= total;
  }
}
