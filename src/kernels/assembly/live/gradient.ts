import { EUCLIDEAN, ITAKURA_SAITO, KULLBACK_LEIBLER } from '../../constants';
import { getFloat, getInt, putFloat } from '../shared/arrays';
import { VECTOR_BYTES } from '../shared/simd';
import { DictionaryMemory } from './DictionaryMemory';
import { quotient } from './rows';
import { correlateTemplates } from './templateProducts';

/**
 * The gradient of D(v | y), y = W·h, in two parts that are never negative, as the multiplicative update takes them
 * (Févotte and Idier, "Algorithms for nonnegative matrix factorization with the β-divergence", Neural Computation 23,
 * 2011). β is 2 for Euclidean, 1 for Kullback-Leibler and 0 for Itakura-Saito, and D is the β-divergence, which is half
 * of the Euclidean loss for β = 2:
 *
 *     ∂D/∂h_r = denominator_r − numerator_r        h_r ← h_r · numerator_r / denominator_r
 *     numerator_r   = Σ W_r ∘ v ∘ y^(β−2)
 *     denominator_r = Σ W_r ∘ y^(β−1)
 *
 * A penalty, the factor on the cost of a template, multiplies its denominator.
 */

/**
 * numeratorTerms ← v ∘ y^(β−2), denominatorTerms ← y^(β−1) from the approximation y.
 *
 * For Kullback-Leibler y^(β−1) is 1 in all bins, so denominatorTerms gets 1/y, which the extrapolation needs.
 */
export function fillGradientTerms(d: DictionaryMemory): void {
  const row = (<usize>d.rowFloats) << 2;
  if (d.divergence === EUCLIDEAN) {
    memory.copy(d.numeratorTerms, d.frame, row);
    memory.copy(d.denominatorTerms, d.approximation, row);
    return;
  }
  const square = d.divergence === ITAKURA_SAITO;
  for (let at: usize = 0; at < row; at += VECTOR_BYTES) {
    const inverse = f32x4.div(f32x4.splat(1), v128.load(d.approximation + at));
    const ratio = f32x4.mul(v128.load(d.frame + at), inverse);
    v128.store(d.numeratorTerms + at, square ? f32x4.mul(ratio, inverse) : ratio);
    v128.store(d.denominatorTerms + at, inverse);
  }
}

/**
 * multipliers[i] ← numerator / denominator of candidate i. Above 1 the divergence falls when the activation grows, even
 * from zero.
 */
export function findMultipliers(d: DictionaryMemory, candidates: i32): void {
  correlateTemplates(d, d.candidates, candidates, d.numeratorTerms, d.numerators);
  // Kullback-Leibler: Σ W_r is 1, as templates are scaled.
  const isOne = d.divergence === KULLBACK_LEIBLER;
  if (!isOne) correlateTemplates(d, d.candidates, candidates, d.denominatorTerms, d.denominators);
  for (let i = 0; i < candidates; i++) {
    const denominator = isOne ? <f32>1 : getFloat(d.denominators, i);
    const penalty = getFloat(d.penalties, getInt(d.candidates, i));
    putFloat(d.multipliers, i, quotient(getFloat(d.numerators, i), denominator * penalty));
  }
}
