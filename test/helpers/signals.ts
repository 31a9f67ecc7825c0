import { Random } from '../../src/dsp/numeric/random.ts';

/** White noise in ±amplitude */
export function noise(length: number, seed = 1, amplitude = 0.5): Float32Array<ArrayBuffer> {
  const random = new Random(seed);
  return Float32Array.from({ length }, () => amplitude * (2 * random.next() - 1));
}

/** Level of `error` relative to `signal` in dB. −120 dB is an amplitude ratio of 10⁻⁶. */
export function levelBelow(signal: Float32Array, error: Float32Array): number {
  return 10 * Math.log10((energy(error) + 1e-30) / (energy(signal) + 1e-30));
}

export function difference(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((value, i) => value - b[i]);
}

export function energy(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

/** Three sources that overlap in time but not in frequency: a low tone, a chord, and bursts of high-passed noise. */
export function threeSources(sampleRate: number, seconds: number): Float32Array<ArrayBuffer>[] {
  const length = Math.round(sampleRate * seconds);
  const random = new Random(7);
  /** A smooth pulse (without clicks) in the first `duty` of each period */
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
  // A second difference is a high-pass filter.
  for (let n = length - 1; n > 1; n--) high[n] = gate(n, 0.25, 0.3, 0.6) * (high[n] - 2 * high[n - 1] + high[n - 2]);
  return [low, mid, high];
}

/**
 * Two instruments that play scales through each other: one dark, with harmonics that fall steeply, one bright, with most
 * of its sound around 2500 Hz. Each plays eight notes, so one template cannot be an instrument; their timbres can.
 */
export function twoInstruments(sampleRate: number, seconds: number): Float32Array<ArrayBuffer>[] {
  const major = [0, 2, 4, 5, 7, 9, 11, 12];
  const dark = { lowest: 196, notes: major, noteSeconds: 0.31, level: (_hertz: number, n: number) => n ** -2.5 };
  const formant = (hertz: number) => Math.exp(-(((hertz - 2500) / 700) ** 2));
  const bright = { lowest: 294, notes: [...major].reverse(), noteSeconds: 0.23, level: formant };
  const length = Math.round(sampleRate * seconds);
  return [dark, bright].map(({ lowest, notes, noteSeconds, level }) => {
    const samples = Float32Array.from({ length }, (_, i) => {
      const place = i / sampleRate / noteSeconds;
      const fundamental = lowest * 2 ** (notes[Math.floor(place) % notes.length] / 12);
      const envelope = Math.sin(Math.PI * (place % 1)) ** 0.5;
      let sum = 0;
      for (let n = 1; n * fundamental < Math.min(6000, sampleRate / 2); n++)
        sum += level(n * fundamental, n) * Math.sin((2 * Math.PI * n * fundamental * i) / sampleRate + n * n);
      return envelope * sum;
    });
    const gain = 0.1 / Math.sqrt(energy(samples) / length);
    return samples.map((value) => gain * value);
  });
}

/** Pearson correlation coefficient */
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

/** The correlation of each reference with the best estimate that no earlier reference has taken. */
export function bestCorrelations(references: readonly Float32Array[], estimates: readonly Float32Array[]): number[] {
  const left = new Set(estimates);
  return references.map((reference) => {
    const scored = [...left].map((estimate) => ({ estimate, value: correlation(reference, estimate) }));
    scored.sort((a, b) => b.value - a.value);
    left.delete(scored[0].estimate);
    return scored[0].value;
  });
}
