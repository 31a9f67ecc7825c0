/**
 * Divides every value by the sum over the components, where there is any.
 *
 * @param values components × bins, row-major
 */
export function toShares(values: Float64Array, bins: number): void {
  const totals = new Float64Array(bins);
  for (let row = 0; row < values.length; row += bins) for (let f = 0; f < bins; f++) totals[f] += values[row + f];
  for (let f = 0; f < bins; f++) if (totals[f] === 0) totals[f] = 1;
  for (let row = 0; row < values.length; row += bins) for (let f = 0; f < bins; f++) values[row + f] /= totals[f];
}
