import { checkFloat32Array } from '../../parameters/checks.ts';

/**
 * Scale-invariant signal-to-distortion ratio in dB (Le Roux, Wisdom, Erdogan and Hershey, "SDR – half-baked or well
 * done?", ICASSP 2019): the estimate's part along the reference against the rest of it. −∞ for a silent estimate.
 *
 * @throws {TypeError | RangeError} where one is no Float32Array, the lengths differ or the reference is silent
 */
export function siSdr(reference: Float32Array, estimate: Float32Array): number {
  checkFloat32Array('reference', reference);
  checkFloat32Array('estimate', estimate, reference.length);
  let energy = 0;
  let inner = 0;
  for (let n = 0; n < reference.length; n++) {
    energy += reference[n] * reference[n];
    inner += reference[n] * estimate[n];
  }
  if (energy === 0) throw new RangeError('reference: it is silent.');
  const scale = inner / energy;
  let distortion = 0;
  for (let n = 0; n < reference.length; n++) distortion += (estimate[n] - scale * reference[n]) ** 2;
  return inner === 0 ? Number.NEGATIVE_INFINITY : 10 * Math.log10((scale * scale * energy) / distortion);
}
