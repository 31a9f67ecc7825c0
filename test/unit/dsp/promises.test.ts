import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIVERGENCES } from '../../../src/dsp/divergence.ts';
import type { DictionaryData } from '../../../src/dsp/live/DictionaryData.ts';
import { BLOCK, type LiveLayout } from '../../../src/dsp/live/LiveLayout.ts';
import { hopSizesOf, windowOf } from '../../../src/dsp/live/latencyModes.ts';
import { SeparationChain } from '../../../src/dsp/live/SeparationChain.ts';
import { binsOf } from '../../../src/dsp/transform/StftLayout.ts';
import { watchMemories } from '../../helpers/memories.ts';
import { energy, levelBelow, noise } from '../../helpers/signals.ts';

const LAYOUT: LiveLayout = { fftSize: 512, hopSize: 128, allowance: 0, window: 'hann' };

function dictionary(count: number, components: number, layout = LAYOUT): DictionaryData {
  return {
    templates: noise(count * binsOf(layout), count).map(Math.abs),
    componentOf: Uint8Array.from({ length: count }, (_, r) => r % components),
    divergence: DIVERGENCES[count % DIVERGENCES.length],
  };
}

/** Processes signals (one for each channel) quantum by quantum. `onQuantum` gets the output, components × channels. */
function play(
  chain: SeparationChain,
  components: number,
  signals: readonly Float32Array[],
  onQuantum: (quantum: number, outputs: Float32Array[][]) => void,
): void {
  const outputs = Array.from({ length: components }, () => signals.map(() => new Float32Array(BLOCK)));
  for (let n = 0; n + BLOCK <= signals[0].length; n += BLOCK) {
    chain.process(
      signals.map((signal) => signal.subarray(n, n + BLOCK)),
      outputs,
      2,
    );
    onQuantum(n / BLOCK, outputs);
  }
}

/** Largest deviation of the sum of the components from the delayed input, relative to the input's peak */
function sumError(chain: SeparationChain, components: number, signals: readonly Float32Array[], change = () => {}) {
  let largest = 0;
  const loudest = signals.reduce((peak, signal) => signal.reduce((most, x) => Math.max(most, Math.abs(x)), peak), 0);
  play(chain, components, signals, (quantum, outputs) => {
    signals.forEach((signal, c) => {
      for (let n = 0; n < BLOCK; n++) {
        const sum = outputs.reduce((total, channels) => total + channels[c][n], 0);
        const error = Math.abs(sum - (signal[quantum * BLOCK + n - chain.latency] ?? 0));
        // Negated, so that NaN counts as an error.
        if (!(error <= largest)) largest = error;
      }
    });
    change();
  });
  return largest / loudest;
}

describe('the components add up to the input, sample by sample', () => {
  const shapes = fc
    .record({
      latencyHint: fc.constantFrom('playback' as const, 'balanced' as const, 'interactive' as const),
      fftSize: fc.constantFrom(256, 512, 1024, 2048),
      hop: fc.nat(),
      allowance: fc.constantFrom(0, 1536),
    })
    .map(({ latencyHint, fftSize, hop, allowance }): LiveLayout => {
      const hops = hopSizesOf(latencyHint, fftSize);
      const window = windowOf(latencyHint, fftSize, 'hann');
      return { fftSize, allowance, window, hopSize: hops[hop % hops.length] };
    });

  it('in every layout, with any number of channels and components, while models are set and removed', () => {
    const settings = fc.record({
      layout: shapes,
      components: fc.integer({ min: 1, max: 32 }),
      channels: fc.integer({ min: 1, max: 32 }),
      counts: fc.array(fc.integer({ min: 0, max: 70 }), { minLength: 1, maxLength: 8 }),
    });
    fc.assert(
      fc.property(settings, ({ layout, components, channels, counts }) => {
        const chain = new SeparationChain({ layout, components, channels });
        const signals = Array.from({ length: channels }, (_, c) => noise(BLOCK * 50, c + 1));
        let quantum = 0;
        const change = () => {
          const count = counts[quantum % counts.length];
          if (quantum++ % 5 === 0) chain.setDictionary(count === 0 ? null : dictionary(count, components, layout));
        };
        expect(sumError(chain, components, signals, change)).toBeLessThan(1e-6);
      }),
      { numRuns: 40 },
    );
  });

  it.each([1e6, 1, 1e-6, 1e-12])('at amplitude %f', (level) => {
    const chain = new SeparationChain({ layout: LAYOUT, components: 5, channels: 2 });
    chain.setDictionary(dictionary(9, 5));
    expect(sumError(chain, 5, [noise(BLOCK * 60, 1, level), noise(BLOCK * 60, 2, level)])).toBeLessThan(1e-6);
  });
});

describe('without a model', () => {
  it('each component is an equal share of the input', () => {
    const chain = new SeparationChain({ layout: LAYOUT, components: 3, channels: 1 });
    const signal = noise(BLOCK * 40);
    const stream = new Float32Array(signal.length);
    play(chain, 3, [signal], (quantum, [[samples]]) => stream.set(samples, quantum * BLOCK));
    const error = stream.map((value, n) => value - (signal[n - chain.latency] ?? 0) / 3);
    expect(levelBelow(signal, error)).toBeLessThan(-130);
  });

  it('a model fades in and out without a click', () => {
    const bins = binsOf(LAYOUT);
    const smooth = Float32Array.from({ length: 2 * bins }, (_, i) => 1.1 + Math.cos((Math.PI * i) / bins));
    const chain = new SeparationChain({ layout: LAYOUT, components: 2, channels: 1 });
    const tone = Float32Array.from({ length: BLOCK * 200 }, (_, n) => Math.sin((2 * Math.PI * n) / 100));
    const secondDifferenceOf = (samples: Float32Array) =>
      samples.reduce(
        (most, x, n) => (n < 2 ? most : Math.max(most, Math.abs(x - 2 * samples[n - 1] + samples[n - 2]))),
        0,
      );
    const stream = new Float32Array(tone.length);
    play(chain, 2, [tone], (quantum, [[samples]]) => {
      stream.set(samples, quantum * BLOCK);
      if (quantum % 20 === 10)
        chain.setDictionary({ templates: smooth, componentOf: Uint8Array.of(0, 1), divergence: 'euclidean' });
      if (quantum % 20 === 0) chain.setDictionary(null);
    });
    const settled = stream.subarray(BLOCK * 8);
    // The model must change the level of the tone, or the test would show nothing.
    expect(Math.max(...settled)).toBeGreaterThan(0.6);
    // A jump of 0.01 would have a larger second difference than the tone itself.
    expect(secondDifferenceOf(settled)).toBeLessThan(1.1 * secondDifferenceOf(tone));
  });
});

describe('all output samples are finite', () => {
  it.each(DIVERGENCES)('for any input and any templates, %s', (divergence) => {
    const awkward = fc.oneof(
      fc.constantFrom(0, -0, 1e-45, -1e-40, 1e-12, 1e6, 3e38, Number.NaN, Number.POSITIVE_INFINITY, -Number.MAX_VALUE),
      fc.float({ min: -1, max: 1, noNaN: true }),
    );
    const template = fc.oneof(fc.constantFrom(0, 1e-45, 1e-38, 1e30, 3e38), fc.float({ min: 0, max: 1, noNaN: true }));
    const settings = fc.record({
      period: fc.array(awkward, { minLength: 1, maxLength: 300 }),
      values: fc.array(template, { minLength: 1, maxLength: 50 }),
      exponent: fc.constantFrom(0.5, 1, 2, 3.3, 8),
    });
    fc.assert(
      fc.property(settings, ({ period, values, exponent }) => {
        const chain = new SeparationChain({ layout: LAYOUT, components: 3, channels: 1 });
        const bins = binsOf(LAYOUT);
        const templates = Float32Array.from({ length: 4 * bins }, (_, i) => values[i % values.length]);
        chain.setDictionary({ templates, componentOf: Uint8Array.of(0, 1, 2, 2), divergence });
        const outputs = Array.from({ length: 3 }, () => [new Float32Array(BLOCK)]);
        for (let q = 0; q < 12; q++) {
          const input = Float32Array.from({ length: BLOCK }, (_, n) => period[(q * BLOCK + n) % period.length]);
          chain.process([input], outputs, exponent);
          for (const [samples] of outputs) expect(samples.every(Number.isFinite)).toBe(true);
        }
      }),
    );
  });

  it('non-finite input samples are counted', () => {
    const chain = new SeparationChain({ layout: LAYOUT, components: 1, channels: 2 });
    const [left, right] = [noise(BLOCK), noise(BLOCK)];
    left.set([Number.NaN, Number.POSITIVE_INFINITY], 5);
    right[127] = Number.NEGATIVE_INFINITY;
    chain.process([left, right], [[new Float32Array(BLOCK), new Float32Array(BLOCK)]], 2);
    expect(chain.nonFiniteSamples).toBe(3);
  });
});

describe('silence', () => {
  it('gives silence, also for missing input channels', () => {
    const chain = new SeparationChain({ layout: LAYOUT, components: 3, channels: 2 });
    chain.setDictionary(dictionary(6, 3));
    const outputs = Array.from({ length: 3 }, () => [new Float32Array(BLOCK), new Float32Array(BLOCK)]);
    for (let q = 0; q < 20; q++) {
      chain.process([], outputs, 2);
      for (const samples of outputs.flat()) expect(energy(samples)).toBe(0);
    }
  });

  it('is exact zero again two frames after a sound has ended', () => {
    const chain = new SeparationChain({ layout: LAYOUT, components: 3, channels: 1 });
    chain.setDictionary(dictionary(6, 3));
    const signal = new Float32Array(BLOCK * 40);
    signal.set(noise(BLOCK * 10));
    play(chain, 3, [signal], (quantum, outputs) => {
      if (quantum >= 10 + (2 * LAYOUT.fftSize) / BLOCK)
        for (const [samples] of outputs) expect(energy(samples)).toBe(0);
    });
  });
});

it('memory does not grow over thousands of hops and model swaps', () => {
  const memories = watchMemories();
  const layout = { ...LAYOUT, allowance: 1536 };
  const chain = new SeparationChain({ layout, components: 4, channels: 2 });
  memories.stop();
  const signals = [noise(BLOCK * 200, 1), noise(BLOCK * 200, 2)];
  const swap = (i: number) => chain.setDictionary(i % 7 === 3 ? null : dictionary(4 * (1 + (i % 5)), 4, layout));
  const playOn = (rounds: number) => {
    for (let i = 0; i < rounds; i++) play(chain, 4, signals, (quantum) => quantum % 3 === 0 && swap(i + quantum));
  };
  playOn(1);
  const settled = memories.bytes();
  playOn(15);
  expect(memories.bytes()).toBe(settled);
  expect(settled).toBeLessThan(2 ** 21);
});
