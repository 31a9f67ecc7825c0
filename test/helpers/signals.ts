import { Random } from '../../src/dsp/numeric/random.ts';

/** White noise in ±amplitude, the same for the same seed. */
export function noise(length: number, seed = 1, amplitude = 0.5): Float32Array<ArrayBuffer> {
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

/** Three sources that sound in turns and together: a low tone, a mid chord and high noise bursts. */
export function threeSources(sampleRate: number, seconds: number): Float32Array<ArrayBuffer>[] {
  const length = Math.round(sampleRate * seconds);
  const random = new Random(7);
  /** A smooth pulse in the first part of every period, so that no source clicks. */
  const gate = (n: number, period: number, duty: number, phase: number) => {
    const position = (n / sampleRate / period + phase) % 1;
    return position < duty ? Math.sin((Math.PI * position) / duty) ** 2 : 0;
  };
  const tone = (n: number, frequency: number) => Math.sin((2 * Math.PI * frequency * n) / sampleRate);
  const low = Float32Array.from(
    { length },
    (_, n) => 0.25 * gate(n, 0.5, 0.5, 0) * (tone(n, 110) + 0.5 * tone(n, 220)),
  );
  const mid = Float32Array.from({ length }, (_, n) => 0.15 * gate(n, 0.8, 0.5, 0.3) * (tone(n, 880) + tone(n, 1320)));
  const high = Float32Array.from({ length }, () => 0.2 * (2 * random.next() - 1));
  // The noise keeps to the upper bins, as a hi-hat does.
  for (let n = length - 1; n > 1; n--) high[n] = gate(n, 0.25, 0.3, 0.6) * (high[n] - 2 * high[n - 1] + high[n - 2]);
  return [low, mid, high];
}

/** Pearson's coefficient. */
export function correlation(a: Float32Array, b: Float32Array): number {
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] - meanA, b[i] - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb + 1e-30);
}

/** For each reference its best estimate, and how well they correlate: every estimate is used once. */
export function bestCorrelations(references: readonly Float32Array[], estimates: readonly Float32Array[]): number[] {
  const left = new Set(estimates);
  return references.map((reference) => {
    const scored = [...left].map((estimate) => ({ estimate, value: correlation(reference, estimate) }));
    scored.sort((a, b) => b.value - a.value);
    left.delete(scored[0].estimate);
    return scored[0].value;
  });
}
