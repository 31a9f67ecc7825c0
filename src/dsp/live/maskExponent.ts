/** Exponent p of the mask (Σ W_r·h_r)^p / Σ over all components of the same: 2 is a Wiener filter, 1 a ratio filter. */
export const MASK_EXPONENT = { minimum: 0.5, maximum: 8, standard: 2 } as const;
