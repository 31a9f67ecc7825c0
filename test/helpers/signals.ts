import { Random } from '../../src/dsp/random.ts';

/** White noise in ±amplitude, the same for the same seed. */
export function noise(length: number, seed = 1, amplitude = 0.5): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length }, () => amplitude * (2 * random.next() - 1));
}

/** The level of `error` below `signal`, in dB: −120 means a millionth. */
export function levelBelow(signal: Float32Array, error: Float32Array): number {
  return 10 * Math.log10((energy(error) + 1e-30) / (energy(signal) + 1e-30));
}

export function difference(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((value, i) => value - b[i]);
}

export function energy(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
