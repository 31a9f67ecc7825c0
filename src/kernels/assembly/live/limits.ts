/** Limits on what the live path works with. Frames and templates are scaled to a sum of 1. */

/** The largest magnitude, quotient and activation. Larger ones are cut, so that sums stay finite. */
export const LARGEST_VALUE: f32 = 1e30;
/** Scaled activations up to this become zero. */
export const SMALLEST_ACTIVATION: f32 = 1e-9;
/**
 * Added to every approximated magnitude of a scaled frame, about −200 dB, so that quotients v/y are finite. Its cube
 * must be a normal float32.
 */
export const FRAME_FLOOR: f32 = 1e-10;
