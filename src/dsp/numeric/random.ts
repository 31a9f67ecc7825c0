/**
 * An integer generator, so that a seed gives the same values in every engine: SplitMix32 (Steele, Lea and Flood,
 * "Fast splittable pseudorandom number generators", OOPSLA 2014, in its 32-bit form).
 */
export class Random {
  #state: number;

  /** @param seed any number; its low 32 bits count */
  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** A value in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    let z = this.#state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
  }
}
