/** The largest value between the fractional bins `low` and `high`, with linear interpolation at `low`. */
export function loudestBetween(spectrum: Float32Array, low: number, high: number): number {
  const below = Math.min(Math.floor(low), spectrum.length - 1);
  const fraction = low - below;
  let loudest = (1 - fraction) * spectrum[below] + fraction * (spectrum[below + 1] ?? 0);
  for (let bin = Math.ceil(low); bin <= Math.min(high, spectrum.length - 1); bin++) {
    loudest = Math.max(loudest, spectrum[bin]);
  }
  return loudest;
}
