import { describe, expect, it } from 'vitest';
import { Bands } from '../../../../src/dsp/learning/Bands.ts';
import { Random } from '../../../../src/dsp/numeric/random.ts';

const random = new Random(1);
const rows = (count: number, width: number) => Float32Array.from({ length: count * width }, () => random.next());
const sumOf = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0);

describe.each([1, 40, 129, 1025, 16_385])('bands of %i bins', (bins) => {
  const bands = new Bands(bins);
  const widths = bands.sum(new Float32Array(bins).fill(1));

  it('hold every bin once, in order', () => {
    expect(bands.bandOf[0]).toBe(0);
    expect(bands.bandOf[bins - 1]).toBe(bands.count - 1);
    for (let f = 1; f < bins; f++) expect(bands.bandOf[f] - bands.bandOf[f - 1]).toBeLessThanOrEqual(1);
    expect(sumOf(widths)).toBe(bins);
  });

  it('are a bin wide at first, and then a quarter of a semitone', () => {
    for (let f = 0; f < Math.min(bins, 128); f++) expect(bands.bandOf[f]).toBe(f);
    for (let f = 128; f < bins - f / 64; f++) {
      const width = widths[bands.bandOf[f]];
      expect(width).toBeGreaterThan(f / 64 / 2.1);
      expect(width).toBeLessThanOrEqual(f / 64);
    }
  });

  it('divide their sums among their bins, evenly or as they are told', () => {
    const sums = rows(3, bands.count);
    const like = rows(3, bins);
    for (const spread of [bands.spread(sums), bands.spread(sums, like)]) {
      bands.sum(spread).forEach((sum, i) => {
        expect(sum).toBeCloseTo(sums[i], 5);
      });
    }
    const even = bands.spread(sums);
    for (let f = 0; f < bins; f++) expect(even[f]).toBeCloseTo(sums[bands.bandOf[f]] / widths[bands.bandOf[f]], 6);
    const again = bands.spread(bands.sum(like), like);
    like.forEach((value, i) => {
      expect(again[i]).toBeCloseTo(value, 5);
    });
  });
});

it('bins get the share of their band', () => {
  const bands = new Bands(300);
  const values = rows(2, 300);
  const whole = bands.sum(values);
  const parts = [whole.map((sum, i) => (i % 3) * 0.5 * sum), whole.map((sum, i) => (1 - (i % 3) * 0.5) * sum)].map(
    (part) => bands.spread(part, values),
  );
  values.forEach((value, i) => {
    const band = Math.floor(i / 300) * bands.count + bands.bandOf[i % 300];
    expect(parts[0][i]).toBeCloseTo((band % 3) * 0.5 * value, 6);
    expect(parts[0][i] + parts[1][i]).toBeCloseTo(value, 6);
  });
});

it('a band that has nothing to be told by is divided evenly', () => {
  const bands = new Bands(300);
  const spread = bands.spread(new Float32Array(bands.count).fill(1), new Float32Array(300));
  expect(sumOf(spread)).toBeCloseTo(bands.count, 3);
  expect(Math.min(...spread)).toBeGreaterThan(0);
});

it('bands without width are bins', () => {
  const bands = new Bands(1025, 0);
  const values = rows(2, 1025);
  expect(bands.count).toBe(1025);
  expect(bands.sum(values)).toEqual(values);
  expect(bands.spread(values)).toEqual(values);
});
