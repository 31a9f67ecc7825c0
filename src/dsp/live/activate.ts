import type { Divergence } from '../divergence.ts';
import { Activator } from './Activator.ts';

/**
 * Activations of every frame of V with the templates fixed: a convex problem, solved until converged from the same start
 * whatever came before, so that every thread that is asked gives the same answer.
 *
 * @param V frames × bins, row-major
 * @param templates templates × bins, row-major
 * @returns frames × templates, row-major
 */
export function activate(
  V: Float32Array,
  frames: number,
  bins: number,
  templates: Float32Array,
  options: { divergence?: Divergence } = {},
): Float32Array {
  const { divergence = 'kullback-leibler' } = options;
  const componentOf = new Uint8Array(templates.length / bins);
  const activator = new Activator(bins);
  const dictionary = activator.add({ templates, componentOf, divergence });
  const activations = new Float32Array(frames * dictionary.count);
  for (let t = 0; t < frames; t++) {
    activator.frame.set(V.subarray(t * bins, (t + 1) * bins));
    activations.set(activator.activate(dictionary), t * dictionary.count);
  }
  return activations;
}
