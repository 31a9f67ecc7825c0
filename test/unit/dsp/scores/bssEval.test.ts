import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bssEval, siSdr } from '../../../../src/dsp/index.ts';
import recorded from '../../../fixtures/bssEval.json' with { type: 'json' };
import { noise } from '../../../helpers/signals.ts';

/** Tolerance in dB */
const AGREEMENT = 0.01;

/** The same generator as in test/fixtures/bssEval.py */
function recordedNoise(seed: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length: recorded.length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  });
}

function recordedCase() {
  const references = recorded.poles.map((pole, i) => {
    let last = 0;
    return Float32Array.from(recordedNoise(i + 1), (value) => {
      last = value + pole * last;
      return last;
    });
  });
  const estimates = recorded.mixtures.map(({ gains, noise: level, delay }, i) => {
    const hiss = recordedNoise(10 + i);
    return Float32Array.from(hiss, (_, n) => {
      const from = n - delay;
      return from < 0 ? 0 : gains.reduce((sum, gain, j) => sum + gain * references[j][from], level * hiss[from]);
    });
  });
  return { references, estimates };
}

function expectScores(actual: readonly number[], expected: readonly (number | null)[]): void {
  actual.forEach((value, j) => {
    if (expected[j] === null) expect(value).toBe(Number.POSITIVE_INFINITY);
    else expect(Math.abs(value - expected[j])).toBeLessThan(AGREEMENT);
  });
}

describe('BSS Eval', () => {
  it('agrees with mir_eval', () => {
    const { references, estimates } = recordedCase();
    const scores = bssEval(references, estimates);
    expect(scores.permutation).toEqual(recorded.permutation);
    expectScores(scores.sdr, recorded.sdr);
    expectScores(scores.sir, recorded.sir);
    expectScores(scores.sar, recorded.sar);
  });

  it('with permute: false, scores each estimate against the reference of the same index', () => {
    const { references, estimates } = recordedCase();
    const paired = bssEval(
      references,
      recorded.permutation.map((i) => estimates[i]),
      { permute: false },
    );
    expectScores(paired.sdr, recorded.sdr);
    expect(paired.permutation).toEqual([0, 1, 2]);
    expect(bssEval(references, estimates, { permute: false }).sdr[0]).toBeLessThan(0);
  });

  it('allows a distortion filter up to filterLength, and not longer', () => {
    const reference = noise(5000, 1);
    const late = (delay: number) => Float32Array.from(reference, (_, n) => (n < delay ? 0 : reference[n - delay]));
    expect(bssEval([reference], [late(15)], { filterLength: 16 }).sdr[0]).toBeGreaterThan(20);
    expect(bssEval([reference], [late(16)], { filterLength: 16 }).sdr[0]).toBeLessThan(0);
  });

  it('gives no NaN for linearly dependent references and a silent estimate', () => {
    const reference = noise(4000, 1);
    const twice = reference.map((value) => 2 * value);
    const { sdr } = bssEval([reference, twice], [noise(4000, 2), new Float32Array(4000)], { filterLength: 32 });
    expect(sdr.filter(Number.isNaN)).toEqual([]);
    expect(sdr).toContain(Number.NEGATIVE_INFINITY);
  });

  it('throws for signals that cannot be scored', () => {
    const signal = noise(2000);
    expect(() => bssEval([], [])).toThrow(/none given/);
    expect(() => bssEval([signal], [signal, signal])).toThrow(/2 given for 1/);
    expect(() => bssEval([signal], [noise(1999)])).toThrow(/1999 values/);
    expect(() => bssEval([new Float32Array(2000)], [signal])).toThrow(/silent/);
  });
});

describe('SI-SDR', () => {
  it('is the ratio of reference to noise in dB at any gain', () => {
    const reference = noise(50_000, 1);
    const hiss = noise(50_000, 2);
    for (const gain of [0.01, 1, 50]) {
      const estimate = reference.map((value, n) => gain * (value + 0.1 * hiss[n]));
      expect(siSdr(reference, estimate)).toBeCloseTo(20, 0);
    }
    expect(siSdr(reference, new Float32Array(50_000))).toBe(Number.NEGATIVE_INFINITY);
    expect(() => siSdr(new Float32Array(9), new Float32Array(9))).toThrow(/silent/);
  });
});

/** Not in this repository: the test cases of mir_eval with their scores */
const FIXTURES = process.env.BSS_EVAL_FIXTURES ?? '';
const fixturesHere = existsSync(`${FIXTURES}/manifest.json`);
if (!fixturesHere)
  console.info("mir_eval's own cases are absent: set BSS_EVAL_FIXTURES to their folder to check against them.");

describe.runIf(fixturesHere)("mir_eval's own cases", () => {
  interface Case {
    id: string;
    refs: string[];
    ests: string[];
    expected: { Sources: { sdr: number[]; sir: (number | null)[]; sar: number[]; perm: number[] } };
  }
  const { cases } = fixturesHere ? JSON.parse(readFileSync(`${FIXTURES}/manifest.json`, 'utf8')) : { cases: [] };
  /** Reads a 16-bit WAV with a 44-byte header. Averages the channels, as mir_eval does. */
  const read = (name: string) => {
    const bytes = readFileSync(`${FIXTURES}/${name}`);
    const channels = bytes.readUInt16LE(22);
    return Float32Array.from({ length: (bytes.length - 44) / (2 * channels) }, (_, n) => {
      let sum = 0;
      for (let c = 0; c < channels; c++) sum += bytes.readInt16LE(44 + 2 * (n * channels + c));
      return sum / channels / 2 ** 15;
    });
  };

  it.each(cases as Case[])('$id', ({ refs, ests, expected }) => {
    const scores = bssEval(refs.map(read), ests.map(read));
    expect(scores.permutation).toEqual(expected.Sources.perm);
    expectScores(scores.sdr, expected.Sources.sdr);
    expectScores(scores.sir, expected.Sources.sir);
    expectScores(scores.sar, expected.Sources.sar);
  });
});
