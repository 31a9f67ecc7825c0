import { VECTOR_BYTES } from '../shared/simd';

/** Element by element on arrays of float32, whose `count` is a multiple of 4. */

/** out ← a ∘ b. Returns whether any product is not zero. */
export function multiplyArrays(a: usize, b: usize, count: i32, out: usize): bool {
  const end = a + ((<usize>count) << 2);
  let any = f32x4.splat(0);
  while (a < end) {
    const product = f32x4.mul(v128.load(a), v128.load(b));
    any = v128.or(any, f32x4.ne(product, f32x4.splat(0)));
    v128.store(out, product);
    a += VECTOR_BYTES;
    b += VECTOR_BYTES;
    out += VECTOR_BYTES;
  }
  return v128.any_true(any);
}

/** sum ← sum + values */
export function addArray(values: usize, count: i32, sum: usize): void {
  const end = values + ((<usize>count) << 2);
  while (values < end) {
    v128.store(sum, f32x4.add(v128.load(sum), v128.load(values)));
    values += VECTOR_BYTES;
    sum += VECTOR_BYTES;
  }
}

/** sum ← sum + a ∘ b */
export function addProducts(a: usize, b: usize, count: i32, sum: usize): void {
  const end = a + ((<usize>count) << 2);
  while (a < end) {
    v128.store(sum, f32x4.add(v128.load(sum), f32x4.mul(v128.load(a), v128.load(b))));
    a += VECTOR_BYTES;
    b += VECTOR_BYTES;
    sum += VECTOR_BYTES;
  }
}
