import { describe, expect, it } from 'vitest';
import { templatesOfPatterns } from '../../../../src/dsp/learning/convolutivePatterns.ts';
import { ExtrapolatedSolver } from '../../../../src/dsp/learning/solvers/ExtrapolatedSolver.ts';
import type { Factors } from '../../../../src/dsp/learning/solvers/Learner.ts';
import { TiedLearner } from '../../../../src/dsp/learning/solvers/TiedLearner.ts';
import { Random } from '../../../../src/dsp/numeric/random.ts';

const FRAMES = 200;
const BINS = 40;
const SHAPE = { frames: FRAMES, bins: BINS, count: 2 };

/** A spectrogram of two sounds: one whose attack and decay share no bins, and a steady one. frames × bins */
function twoSounds() {
  const random = new Random(3);
  const V = new Float32Array(FRAMES * BINS);
  const put = (t: number, first: number, level: number) => {
    for (let f = first; t < FRAMES && f < first + 8; f++) V[t * BINS + f] += level * (0.5 + random.next());
  };
  for (let t = 0; t < FRAMES; t++) if (t % 13 === 0) for (const lag of [0, 1]) put(t + lag, 2, 1);
  for (let t = 0; t < FRAMES; t++) if (t % 13 === 0) for (const lag of [2, 3, 4, 5]) put(t + lag, 14, 0.8);
  for (let t = 0; t < FRAMES; t++) put(t, 28, 0.4 * random.next());
  return V;
}

/** Kullback and Leibler's, of patterns of so many lags, as a plain version computes it */
function divergenceOf(V: Float32Array, { templates, activations }: Factors, lags: number, spacing: number): number {
  let loss = 0;
  for (let t = 0; t < FRAMES; t++) {
    for (let f = 0; f < BINS; f++) {
      let model = 0;
      for (let lag = 0; lag < lags && t >= lag * spacing; lag++) {
        for (let k = 0; k < 2; k++) {
          model += activations[(t - lag * spacing) * 2 + k] * templates[(lag * 2 + k) * BINS + f];
        }
      }
      const v = V[t * BINS + f];
      loss += (v > 0 ? v * Math.log(v / model) : 0) - v + model;
    }
  }
  return loss;
}

/** The fraction of a template's sum in 8 bins from `first` */
function shareOf(template: Float32Array, first: number): number {
  const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0);
  return sum(template.subarray(first, first + 8)) / sum(template);
}

/** A template with its energy in 8 bins from `first` */
const rowOf = (first: number) =>
  Float32Array.from({ length: BINS }, (_, f) => (f >= first && f < first + 8 ? 1 : 0.02));

describe('tied updates', () => {
  const shape = { frames: FRAMES, bins: BINS, count: 2 };
  const factors = {
    templates: Float32Array.from({ length: 3 * 2 * BINS }, (_, i) => 1 + (i % 7)),
    activations: Float32Array.from({ length: FRAMES * 2 }, (_, i) => 1 + (i % 5)),
  };
  const makeLearner = () => new TiedLearner(twoSounds(), shape, { count: 3, spacing: 2 });

  it('keep one activation for all lags, and lower the loss of the patterns that belong to it', () => {
    const learner = makeLearner();
    learner.write(0, factors);
    let last = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 20; i++) {
      const before = learner.read(i % 2);
      const [templates, activations] = [before.templates.slice(), before.activations.slice()];
      const loss = learner.advance(i % 2, (i + 1) % 2);
      expect(loss).toBeCloseTo(divergenceOf(twoSounds(), { templates, activations }, 3, 2), 2);
      expect(loss).toBeLessThan(last);
      last = loss;
    }
    learner.release();
  });

  it('need fewer iterations where they are extrapolated', () => {
    const plain = makeLearner();
    plain.write(0, factors);
    let loss = 0;
    for (let i = 0; i <= 20; i++) loss = plain.advance(i % 2, (i + 1) % 2);
    const extrapolated = makeLearner();
    const solver = new ExtrapolatedSolver(extrapolated, factors);
    for (let i = 1; i < 16; i++) solver.step();
    expect(solver.step()).toBeLessThan(loss);
    plain.release();
    extrapolated.release();
  });
});

describe('templates from convolutive patterns', () => {
  const V = twoSounds();
  const start = Float32Array.from([...rowOf(2), ...rowOf(28)]);

  it('put the attack and the decay of a sound into one template', () => {
    for (const spacing of [1, 2]) {
      const templates = templatesOfPatterns(V, SHAPE, start, spacing, 0);
      const [struck, steady] = [templates.subarray(0, BINS), templates.subarray(BINS)];
      expect(shareOf(struck, 14)).toBeGreaterThan(0.4);
      expect(shareOf(struck, 28)).toBeLessThan(0.1);
      expect(shareOf(steady, 28)).toBeGreaterThan(0.8);
    }
  });

  it('add up to the sum of V over the frames', () => {
    const templates = templatesOfPatterns(V, SHAPE, start, 1, 0);
    for (let f = 0; f < BINS; f++) {
      let total = 0;
      for (let t = 0; t < FRAMES; t++) total += V[t * BINS + f];
      expect(templates[f] + templates[BINS + f]).toBeCloseTo(total, 2);
    }
  });

  it('are the same for the same seed', () => {
    const run = (seed: number) => templatesOfPatterns(V, SHAPE, start, 1, seed);
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  it('are finite for silence, a single frame, zero initial templates, and very low levels', () => {
    const expectFinite = (templates: Float32Array) => expect(templates.every(Number.isFinite)).toBe(true);
    expectFinite(templatesOfPatterns(new Float32Array(V.length), SHAPE, start, 1, 0));
    expectFinite(templatesOfPatterns(V.slice(0, BINS), { ...SHAPE, frames: 1 }, start, 1, 0));
    expectFinite(templatesOfPatterns(V, SHAPE, new Float32Array(2 * BINS), 1, 0));
    expectFinite(
      templatesOfPatterns(
        V.map((value) => value * 1e-12),
        SHAPE,
        start,
        4,
        0,
      ),
    );
  });
});
