import { checkChoice, checkObject } from '../../parameters/checks.ts';
import { DEFAULT_DIVERGENCE, DIVERGENCES, type Divergence } from '../divergence.ts';
import { checkSpectrogramMatrix, templateCount } from '../numeric/matrices.ts';
import { activateFrames } from './activateFrames.ts';

/**
 * Activations of every frame of V with the templates fixed: a convex problem, solved until converged from the same start
 * whatever came before, so that every thread that is asked gives the same answer.
 *
 * @param V frames × bins, row-major
 * @param templates templates × bins, row-major
 * @returns frames × templates, row-major
 * @throws {TypeError | RangeError} for matrices whose sizes do not fit, and for a divergence that there is not
 */
export function activate(
  V: Float32Array,
  frames: number,
  bins: number,
  templates: Float32Array,
  options: { divergence?: Divergence | undefined } = {},
): Float32Array {
  checkSpectrogramMatrix(V, frames, bins);
  const count = templateCount('templates', templates, bins);
  checkObject('options', options);
  const { divergence = DEFAULT_DIVERGENCE } = options;
  checkChoice('divergence', divergence, DIVERGENCES);
  return activateFrames(V, frames, bins, { templates, componentOf: new Uint8Array(count), divergence });
}
