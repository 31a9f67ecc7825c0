import { describe, expect, it } from 'vitest';
import { Activator } from '../../../../src/dsp/live/Activator.ts';
import { withPitchShifts } from '../../../../src/dsp/live/pitchShifts.ts';

const BINS = 513;

/** A template with peaks at multiples of `fundamental` (in bins) and sum 1 */
function harmonic(fundamental: number): Float32Array {
  const template = Float32Array.from({ length: BINS }, (_, f) => {
    const harmonicNumber = Math.round(f / fundamental);
    return harmonicNumber > 0 ? Math.exp(-((f - harmonicNumber * fundamental) ** 2)) / harmonicNumber : 0;
  });
  const sum = template.reduce((total, value) => total + value, 0);
  return template.map((value) => value / sum);
}

function dictionaryOf(...rows: readonly (readonly [component: number, template: Float32Array])[]) {
  return {
    templates: Float32Array.from(rows.flatMap(([, template]) => [...template])),
    componentOf: Uint8Array.from(rows, ([component]) => component),
    divergence: 'kullback-leibler' as const,
  };
}

const rowOf = (templates: Float32Array, r: number) => templates.subarray(r * BINS, (r + 1) * BINS);

describe('pitch-shifted copies', () => {
  it('have their peaks at the shifted frequencies', () => {
    const learned = dictionaryOf([0, harmonic(40)]);
    const { templates, componentOf, shiftedFrom } = withPitchShifts(learned, BINS, 12);
    expect(componentOf).toEqual(new Uint8Array(25));
    expect(shiftedFrom).toEqual(new Uint16Array(24));
    expect(rowOf(templates, 0)).toEqual(learned.templates);
    const peakOf = (row: Float32Array) => row.indexOf(Math.max(...row));
    // Ordered by the size of the shift; up before down.
    expect(peakOf(rowOf(templates, 13))).toBe(Math.round(40 * 2 ** (7 / 12)));
    expect(peakOf(rowOf(templates, 23))).toBe(80);
    expect(peakOf(rowOf(templates, 24))).toBe(20);
    expect(Math.min(...templates.subarray(BINS))).toBeGreaterThan(0);
  });

  it('are left out when they resemble a template of another component', () => {
    const octaveApart = dictionaryOf([0, harmonic(40)], [1, harmonic(80)]);
    const { componentOf, shiftedFrom } = withPitchShifts(octaveApart, BINS, 12);
    const copiesOf = (k: number) => componentOf.subarray(2).filter((other) => other === k).length;
    expect(shiftedFrom).toHaveLength(componentOf.length - 2);
    expect(copiesOf(0)).toBeLessThan(24);
    expect(copiesOf(0)).toBeGreaterThan(18);
    // Templates of the same component do not exclude each other's copies.
    const twice = dictionaryOf([0, harmonic(40)], [0, harmonic(80)]);
    expect(withPitchShifts(twice, BINS, 12).componentOf).toHaveLength(50);
  });

  it('are limited in number, smallest shifts first', () => {
    const many = dictionaryOf(...Array.from({ length: 300 }, (_, r) => [0, harmonic(20 + r / 10)] as const));
    const { componentOf, shiftedFrom } = withPitchShifts(many, BINS, 7);
    expect(componentOf).toHaveLength(300 + 2 * 2 * 300);
    expect(shiftedFrom).toHaveLength(1200);
    expect(withPitchShifts(many, BINS, 0)).toBe(many);
  });

  it('let a dictionary explain a pitch that was not in the training clip', () => {
    const shifted = withPitchShifts(dictionaryOf([0, harmonic(40)], [1, harmonic(57)]), BINS, 7);
    const activator = new Activator(BINS);
    const dictionary = activator.add(shifted);
    activator.frame.set(harmonic(40 * 2 ** (5 / 12)));
    activator.activate(dictionary);
    const activations = new Float32Array(2);
    dictionary.sumByComponent(activations);
    expect(activations[0]).toBeGreaterThan(0.9);
    expect(dictionary.foldedActivations()).toHaveLength(2);
    expect(dictionary.foldedActivations()[0]).toBeGreaterThan(0.9);
  });
});
