import type { Divergence } from 'nmf-separator-node/dsp';

/**
 * What a loss is measured by, so that 0 is a perfect match and clips can be compared: Euclidean ‖V − WH‖ / ‖V‖,
 * Kullback-Leibler D(V, WH) / ΣV, Itakura-Saito D(V, WH) for each cell.
 */
export function relativeErrors(losses: readonly number[], V: Float32Array, divergence: Divergence): Float32Array {
  if (divergence === 'itakura-saito') return Float32Array.from(losses, (loss) => loss / V.length);
  const power = divergence === 'euclidean' ? 2 : 1;
  let sum = 0;
  for (const value of V) sum += value ** power;
  return Float32Array.from(losses, (loss) => (loss / sum) ** (1 / power));
}
