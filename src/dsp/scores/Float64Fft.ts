import { cosPi, sinPi } from '../numeric/trigonometry.ts';

/**
 * A complex fast Fourier transform of one power-of-two size, in place, radix 2: for scores that need float64. Sound goes
 * through the kernels.
 */
export class Float64Fft {
  readonly size: number;
  readonly #cosine: Float64Array;
  readonly #sine: Float64Array;
  readonly #reversed: Uint32Array;

  constructor(size: number) {
    this.size = size;
    this.#cosine = Float64Array.from({ length: size / 2 }, (_, i) => cosPi((2 * i) / size));
    this.#sine = Float64Array.from({ length: size / 2 }, (_, i) => sinPi((2 * i) / size));
    this.#reversed = new Uint32Array(size);
    for (let i = 1; i < size; i++) {
      this.#reversed[i] = (this.#reversed[i >> 1] >> 1) | (i & 1 ? size >> 1 : 0);
    }
  }

  /** Any thread; allocates nothing. */
  forward(re: Float64Array, im: Float64Array): void {
    this.#transform(re, im);
  }

  /** Any thread; allocates nothing. Scaled by 1/size, so it undoes `forward`. */
  inverse(re: Float64Array, im: Float64Array): void {
    this.#transform(im, re);
    const scale = 1 / this.size;
    for (let i = 0; i < this.size; i++) {
      re[i] *= scale;
      im[i] *= scale;
    }
  }

  #transform(re: Float64Array, im: Float64Array): void {
    this.#reorder(re);
    this.#reorder(im);
    const { size } = this;
    for (let half = 1; half < size; half *= 2) {
      const stride = size / (2 * half);
      for (let start = 0; start < size; start += 2 * half) {
        for (let i = 0; i < half; i++) {
          const c = this.#cosine[i * stride];
          const s = this.#sine[i * stride];
          const a = start + i;
          const b = a + half;
          const x = re[b] * c + im[b] * s;
          const y = im[b] * c - re[b] * s;
          re[b] = re[a] - x;
          im[b] = im[a] - y;
          re[a] += x;
          im[a] += y;
        }
      }
    }
  }

  #reorder(values: Float64Array): void {
    for (let i = 0; i < this.size; i++) {
      const j = this.#reversed[i];
      if (j > i) {
        const value = values[i];
        values[i] = values[j];
        values[j] = value;
      }
    }
  }
}
