import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NMFModel } from '../../../src/model/NMFModel.ts';
import type { NMFModelJSON } from '../../../src/model/NMFModelJSON.ts';
import { levelBelow } from '../../helpers/signals.ts';

const BINS = 129;

/** Any valid magnitude, including zero, denormals and the largest float32 */
const magnitude = fc.float({ min: 0, noNaN: true, noDefaultInfinity: true });

const models = fc
  .record({
    componentOf: fc.uint8Array({ min: 0, max: 4, minLength: 1, maxLength: 6 }),
    values: fc.float32Array({ min: 0, noNaN: true, noDefaultInfinity: true, minLength: BINS, maxLength: BINS }),
    fill: magnitude,
    sampleRate: fc.constantFrom(8000, 44100, 44099.5, 192000),
    labels: fc.array(fc.string({ maxLength: 200 }), { minLength: 5, maxLength: 5 }),
    pitchShifts: fc.integer({ min: 0, max: 12 }),
    divergence: fc.constantFrom('euclidean', 'kullback-leibler', 'itakura-saito'),
  })
  .map(({ componentOf, values, fill, ...rest }) => {
    const templates = new Float32Array(componentOf.length * BINS).fill(fill);
    templates.set(values);
    return new NMFModel({ ...rest, componentOf, templates, fftSize: 256, hopSize: 128, window: 'hann', components: 5 });
  });

function model(): NMFModel {
  const templates = Float32Array.from({ length: 3 * BINS }, (_, i) => (i % 7) / 400);
  const componentOf = Uint8Array.of(0, 1, 1);
  return new NMFModel({
    ...{ sampleRate: 44100, fftSize: 256, hopSize: 128, window: 'hann', divergence: 'kullback-leibler' },
    ...{ components: 2, templates, componentOf },
  });
}

/** Values that are invalid in most fields */
const hostile = fc.oneof(
  fc.anything(),
  fc.constantFrom(-1, 0, 1.5, 1e9, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, '', 'hann\0', '__proto__', null),
  fc.constant({ toString: null, valueOf: null }),
);

describe('a model', () => {
  it('is restored from JSON bit for bit', () => {
    fc.assert(
      fc.property(models, (original) => {
        const copy = NMFModel.fromJSON(JSON.parse(JSON.stringify(original)));
        expect(new Uint32Array(copy.templates.buffer)).toEqual(new Uint32Array(original.templates.buffer));
        expect(copy.componentOf).toEqual(original.componentOf);
        expect({ ...copy }).toEqual({ ...original });
        expect(JSON.stringify(copy)).toBe(JSON.stringify(original));
      }),
    );
  });

  it('is restored from a structured clone of its JSON', () => {
    expect(NMFModel.fromJSON(structuredClone(model().toJSON())).toJSON()).toEqual(model().toJSON());
  });

  it('with any field damaged, is either rejected by a clear error or valid', () => {
    const fields = Object.keys(model().toJSON()) as (keyof NMFModelJSON)[];
    fc.assert(
      fc.property(fc.constantFrom(...fields), hostile, (field, value) => {
        expectRejectedOrValid({ ...model().toJSON(), [field]: value });
      }),
      { numRuns: 2000 },
    );
  });

  it('is rejected when a field is missing or a character of the templates was changed or removed', () => {
    const json = model().toJSON();
    for (const field of Object.keys(json)) {
      const { [field as keyof NMFModelJSON]: _, ...rest } = json;
      // Models of the first version have none.
      if (field === 'maskExponent') continue;
      expect(() => NMFModel.fromJSON(rest)).toThrow(field === 'type' ? /type/ : new RegExp(field));
    }
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: json.templates.length - 1 }),
        fc.string({ maxLength: 1 }),
        (at, character) => {
          expectRejectedOrValid({
            ...json,
            templates: json.templates.slice(0, at) + character + json.templates.slice(at + 1),
          });
        },
      ),
    );
  });

  it('is rejected when the templates contain spaces', () => {
    const json = model().toJSON();
    for (const templates of [` ${json.templates.slice(1)}`, `${json.templates.slice(0, -4)}    `]) {
      expect(() => NMFModel.fromJSON({ ...json, templates })).toThrow(/damaged|base64/);
    }
  });

  it('is rejected when it is not an object', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        expect(() => NMFModel.fromJSON(value)).toThrow(/^model: /);
      }),
    );
  });

  it('keeps its panning, bit for bit, under other names too', () => {
    const panning = Float32Array.of(0.1, 0.5, 1);
    const panned = new NMFModel({ ...model().toJSON(), templates: model().templates, panning });
    const copies = [panned, NMFModel.fromJSON(JSON.parse(JSON.stringify(panned))), panned.withLabels(['a', 'b'])];
    for (const copy of copies) expect(copy.panning).toEqual(panning);
    expect(panned.dictionary.panning).toEqual(panning);
    panned.panning!.fill(9);
    expect(panned.panning).toEqual(panning);
    expect(model().panning).toBeUndefined();
    expect('panning' in model().toJSON()).toBe(false);
  });

  it.each([
    [[0.5, 0.5], /panning: its length/],
    [[0.5, 0.5, 1.01], /panning\[2\]/],
    [[0.5, -0.1, 1], /panning\[1\]/],
    [[0.5, Number.NaN, 1], /panning\[1\]/],
    ['0.5', /panning/],
    [null, /panning/],
  ])('is rejected with the panning %j', (panning, error) => {
    expect(() => NMFModel.fromJSON({ ...model().toJSON(), panning })).toThrow(error);
  });

  it('is immutable: its getters return copies', () => {
    const original = model();
    original.templates.fill(9);
    original.componentOf.fill(1);
    expect(original.toJSON()).toEqual(model().toJSON());
    expect(Object.isFrozen(original)).toBe(true);
  });

  it('can be labelled and regrouped', () => {
    const grouped = model().withLabels(['low', 'high']).regroup([2, 0, 1]);
    expect(grouped.components).toBe(3);
    expect([...grouped.componentOf]).toEqual([2, 0, 1]);
    expect(grouped.labels).toEqual(['low', 'high', 'Component 3']);
    expect(grouped.templates).toEqual(model().templates);
    expect(() => model().regroup([0, 1])).toThrow(/2 values given/);
    expect(() => model().regroup([0, 1, 32])).toThrow(/32 given/);
    expect(() => model().withLabels(['one'])).toThrow(/1 given/);
  });
});

/** Reading gives either a valid model, or a TypeError or RangeError whose message starts with "model: ". */
function expectRejectedOrValid(json: unknown): void {
  let read: NMFModel;
  try {
    read = NMFModel.fromJSON(json);
  } catch (error) {
    expect(error instanceof TypeError || error instanceof RangeError).toBe(true);
    expect((error as Error).message).toMatch(/^model: /);
    return;
  }
  const { templates, componentOf, components, fftSize, labels } = read;
  expect(templates).toHaveLength(componentOf.length * (fftSize / 2 + 1));
  expect(templates.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
  expect(componentOf.every((k) => k < components)).toBe(true);
  expect(labels).toHaveLength(components);
}

describe('a model converted to another shape', () => {
  /** Harmonic templates, every partial three bins wide, as a Hann window shows it. */
  const harmonic = (sampleRate: number, fftSize = 2048) => {
    const bins = fftSize / 2 + 1;
    const rows = [110, 165, 247, 370].map((hertz) => {
      const row = new Float32Array(bins);
      for (let h = 1; (h * hertz * fftSize) / sampleRate < bins - 2; h++) {
        const bin = Math.round((h * hertz * fftSize) / sampleRate);
        for (const [offset, part] of [-1, 0, 1].entries()) row[bin + part] += (offset === 1 ? 0.5 : 0.25) / h;
      }
      const sum = row.reduce((total, value) => total + value, 0);
      return row.map((value) => value / sum);
    });
    return new NMFModel({
      ...{ sampleRate, fftSize, hopSize: fftSize / 4, window: 'hann', divergence: 'kullback-leibler', pitchShifts: 3 },
      ...{ components: 2, componentOf: [0, 0, 1, 1], levels: [10, 20] },
      templates: Float32Array.from(rows.flatMap((row) => [...row])),
    });
  };
  const SHAPES = [
    { sampleRate: 48_000 },
    { fftSize: 4096 },
    { fftSize: 1024 },
    { window: 'asymmetric-256' },
    { sampleRate: 22_050, fftSize: 1024, window: 'blackman-harris' },
  ];

  it.each(SHAPES)('fits the shape, and keeps the rest: %o', (shape) => {
    const before = harmonic(44_100).withLabels(['a', 'b']);
    const after = before.convertTo(shape);
    expect(after).toMatchObject({ ...shape, components: 2, pitchShifts: 3, divergence: before.divergence });
    expect(after.labels).toEqual(['a', 'b']);
    expect(after.componentOf).toEqual(before.componentOf);
    const bins = after.fftSize / 2 + 1;
    expect(after.templates).toHaveLength(4 * bins);
    for (let r = 0; r < 4; r++) {
      const row = after.templates.subarray(r * bins, (r + 1) * bins);
      expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 4);
      expect(row.every((value) => value >= 0)).toBe(true);
    }
    expect(after.levels![1]).toBeCloseTo(2 * after.levels![0], 3);
    expect(() => NMFModel.fromJSON(JSON.parse(JSON.stringify(after)))).not.toThrow();
  });

  it('is nearly the same after a way there and back', () => {
    const before = harmonic(44_100);
    for (const there of [{ sampleRate: 48_000 }, { fftSize: 4096 }, { window: 'asymmetric-512' }]) {
      const { sampleRate, fftSize, window } = before;
      const back = before.convertTo(there).convertTo({ sampleRate, fftSize, window });
      const error = back.templates.map((value, i) => value - before.templates[i]);
      expect(levelBelow(before.templates, error), JSON.stringify(there)).toBeLessThan(-15);
      expect(back.levels![0]).toBeCloseTo(before.levels![0], 3);
    }
  });

  it('has the partials where they belong, and nothing above the old Nyquist frequency', () => {
    const model = (sampleRate: number, bin: number) => {
      const templates = new Float32Array(BINS);
      templates[bin] = 1;
      return new NMFModel({
        ...{ sampleRate, fftSize: 256, hopSize: 64, window: 'hann', divergence: 'kullback-leibler' },
        ...{ components: 1, componentOf: [0], templates },
      });
    };
    const wider = model(8000, 64).convertTo({ sampleRate: 32_000 });
    expect(wider.templates.indexOf(Math.max(...wider.templates))).toBe(16);
    expect(wider.templates.subarray(34).every((value) => value === 0)).toBe(true);
    // All of its sound is beyond the new Nyquist frequency: flat, as what vanished in learning.
    const lost = model(32_000, 100).convertTo({ sampleRate: 8000 });
    expect(new Set(lost.templates).size).toBe(1);
  });

  it('is the same, bit for bit, where only the window changes', () => {
    const before = harmonic(44_100);
    expect(before.convertTo({ window: 'asymmetric-512' }).templates).toEqual(before.templates);
  });

  it.each([
    [{ sampleRate: 100 }, /^shape: sampleRate: 100 given/],
    [{ fftSize: 1000 }, /^shape: fftSize: 1000 given/],
    [{ window: 'square' }, /^shape: window: "square" given/],
    [{ fftSize: 256, window: 'asymmetric-512' }, /needs an fftSize of at least 512/],
    [{ rate: 48_000 }, /^shape: there is no rate/],
    [null, /^shape: null given/],
  ])('is refused for %o', (shape, message) => {
    expect(() => harmonic(44_100).convertTo(shape as never)).toThrow(message);
  });
});
