/**
 * The peak speed of a core with WebAssembly SIMD: multiplications and additions on registers, without memory access.
 * Twelve independent chains hide the latency of each operation; `m`, `c` and the chains fit into the registers.
 */
const CHAINS: i32 = 12;

/** Floating-point operations of one loop iteration: a multiplication and an addition on 4 lanes of each chain */
export function operationsPerTrip(): i32 {
  return CHAINS * 4 * 2;
}

/** @returns a value that depends on every operation, so that the compiler removes none */
export function multiplyAndAdd(trips: i32, factor: f32, term: f32): f32 {
  const m = f32x4.splat(factor);
  const c = f32x4.splat(term);
  let x0 = c;
  let x1 = f32x4.add(x0, c);
  let x2 = f32x4.add(x1, c);
  let x3 = f32x4.add(x2, c);
  let x4 = f32x4.add(x3, c);
  let x5 = f32x4.add(x4, c);
  let x6 = f32x4.add(x5, c);
  let x7 = f32x4.add(x6, c);
  let x8 = f32x4.add(x7, c);
  let x9 = f32x4.add(x8, c);
  let x10 = f32x4.add(x9, c);
  let x11 = f32x4.add(x10, c);
  for (let i = 0; i < trips; i++) {
    x0 = f32x4.add(f32x4.mul(x0, m), c);
    x1 = f32x4.add(f32x4.mul(x1, m), c);
    x2 = f32x4.add(f32x4.mul(x2, m), c);
    x3 = f32x4.add(f32x4.mul(x3, m), c);
    x4 = f32x4.add(f32x4.mul(x4, m), c);
    x5 = f32x4.add(f32x4.mul(x5, m), c);
    x6 = f32x4.add(f32x4.mul(x6, m), c);
    x7 = f32x4.add(f32x4.mul(x7, m), c);
    x8 = f32x4.add(f32x4.mul(x8, m), c);
    x9 = f32x4.add(f32x4.mul(x9, m), c);
    x10 = f32x4.add(f32x4.mul(x10, m), c);
    x11 = f32x4.add(f32x4.mul(x11, m), c);
  }
  let sum = f32x4.add(f32x4.add(x0, x1), f32x4.add(x2, x3));
  sum = f32x4.add(sum, f32x4.add(f32x4.add(x4, x5), f32x4.add(x6, x7)));
  sum = f32x4.add(sum, f32x4.add(f32x4.add(x8, x9), f32x4.add(x10, x11)));
  return f32x4.extract_lane(sum, 0);
}
