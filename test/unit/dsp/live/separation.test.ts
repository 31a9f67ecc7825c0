import { describe, expect, it } from 'vitest';
import { BLOCK, type LiveLayout } from '../../../../src/dsp/live/LiveLayout.ts';
import { SeparationChain } from '../../../../src/dsp/live/SeparationChain.ts';
import { binsOf } from '../../../../src/dsp/transform/StftLayout.ts';
import { levelBelow, noise } from '../../../helpers/signals.ts';
import { separateByReference } from '../../../reference/separation.ts';

const PLAYBACK: LiveLayout = { fftSize: 512, hopSize: 128, allowance: 0, window: 'hann' };
const LATER: LiveLayout = { ...PLAYBACK, hopSize: 256, window: 'blackman-harris', allowance: 1536 };
const INTERACTIVE: LiveLayout = { fftSize: 1024, hopSize: 128, allowance: 0, window: 'asymmetric-256' };

/** Activations that differ from frame to frame; some are zero. */
function activationsOf(frame: number, count: number): Float32Array {
  return noise(count, 100 + frame).map((value) => Math.max(0, value + 0.2));
}

/** Two templates per component, one for the last. The upper bins are zero in all of them, so the mask is 0/0 there. */
function makeModel(layout: LiveLayout, components: number) {
  const bins = binsOf(layout);
  const count = 2 * components - 1;
  return {
    templates: noise(count * bins, 9).map((value, i) => (i % bins < 0.9 * bins ? value * value : 0)),
    componentOf: Uint8Array.from({ length: count }, (_, r) => r % components),
    activationsOf: (frame: number) => activationsOf(frame, count),
  };
}

describe('each component agrees with float64 masking in each channel', () => {
  it.each([
    { layout: PLAYBACK, components: 3, channels: 2, exponent: 2 },
    { layout: PLAYBACK, components: 3, channels: 1, exponent: 1 },
    { layout: PLAYBACK, components: 4, channels: 3, exponent: 1.7 },
    { layout: PLAYBACK, components: 2, channels: 1, exponent: 0.5 },
    { layout: LATER, components: 5, channels: 1, exponent: 8 },
    { layout: LATER, components: 7, channels: 5, exponent: 2 },
    { layout: INTERACTIVE, components: 6, channels: 2, exponent: 1.1 },
    { layout: INTERACTIVE, components: 1, channels: 3, exponent: 2 },
  ])('$components components, $channels channels, exponent $exponent, $layout.window', (setting) => {
    const { layout, components, channels, exponent } = setting;
    const model = makeModel(layout, components);
    const signals = Array.from({ length: channels }, (_, c) => noise(BLOCK * 40, c + 1));
    const chain = new SeparationChain({
      layout,
      components,
      channels,
      source: {
        submit: () => {},
        collect: ({ h, sequence }) => {
          h.set(model.activationsOf(sequence));
          return true;
        },
      },
    });
    chain.setDictionary({ ...model, divergence: 'kullback-leibler' });
    const streams = signals.map(() => Array.from({ length: components }, () => new Float32Array(BLOCK * 40)));
    for (let n = 0; n < BLOCK * 40; n += BLOCK) {
      const outputs = Array.from({ length: components }, (_, k) =>
        streams.map((channel) => channel[k].subarray(n, n + BLOCK)),
      );
      chain.process(
        signals.map((signal) => signal.subarray(n, n + BLOCK)),
        outputs,
        exponent,
      );
    }
    signals.forEach((signal, c) => {
      const expected = separateByReference(signal, layout, components, model, exponent);
      expected.forEach((stream, k) => {
        const actual = streams[c][k].subarray(chain.latency);
        const error = actual.map((value, n) => value - stream[n]);
        expect(levelBelow(signal, error)).toBeLessThan(-110);
      });
    });
  });
});
