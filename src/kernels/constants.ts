/**
 * Numbers that the kernels and the code around them must agree on. This file is TypeScript and AssemblyScript at once:
 * constants without a type are `i32` there, or `f64` if they have a fraction.
 */

/** Σ (v − y)², twice the β-divergence with β = 2 (Févotte and Idier 2011). */
export const EUCLIDEAN = 0;
/** Σ v·log(v/y) − v + y, the β-divergence with β = 1. */
export const KULLBACK_LEIBLER = 1;
/** Σ v/y − log(v/y) − 1, the β-divergence with β = 0. */
export const ITAKURA_SAITO = 2;

/**
 * 2^−42, about −250 dB: what learning adds to each approximated magnitude, and the least magnitude that Itakura-Saito
 * works with, where the largest magnitude lies between 1 and 2.
 *
 * Added as a constant part of the model, it keeps the quotients v/y finite and the multiplicative updates monotone;
 * the maximum of y and a floor would break the monotony. 1/floor² must leave room for sums in float32.
 */
export const APPROXIMATION_FLOOR = 2.2737367544323206e-13;

/** Samples that the live path processes at a time: the render quantum of most contexts (Web Audio API 1.0). */
export const BLOCK = 128;

/** Columns (bins of W, frames of H) that stand side by side in a strip of the learning kernels. */
export const STRIP_COLUMNS = 16;
/** Templates that stand side by side in the learning kernels: their number is padded to a multiple of this. */
export const QUAD_TEMPLATES = 4;
/** Pairs of W and H that a learner holds. */
export const FACTOR_STATES = 3;
