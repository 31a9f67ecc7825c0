import { describe, expect, it } from 'vitest';
import { BLOCK, type LiveLayout } from '../../../../src/dsp/live/LiveLayout.ts';
import { hopSizesOf, type LatencyHint, windowOf } from '../../../../src/dsp/live/latencyModes.ts';
import { SeparationChain } from '../../../../src/dsp/live/SeparationChain.ts';
import { binsOf } from '../../../../src/dsp/transform/StftLayout.ts';
import { difference, levelBelow, noise } from '../../../helpers/signals.ts';

function layoutFor(latencyHint: LatencyHint, fftSize: number, hopSize: number, allowance = 0): LiveLayout {
  return { fftSize, hopSize, allowance, window: windowOf(latencyHint, fftSize, 'hann') };
}

/** Runs a mono signal through a chain. @returns components × signal.length, including the latency */
function run(chain: SeparationChain, components: number, signal: Float32Array, exponent = 2): Float32Array[] {
  const streams = Array.from({ length: components }, () => new Float32Array(signal.length));
  for (let n = 0; n < signal.length; n += BLOCK) {
    const outputs = streams.map((stream) => [stream.subarray(n, n + BLOCK)]);
    chain.process([signal.subarray(n, n + BLOCK)], outputs, exponent);
  }
  return streams;
}

const LAYOUTS = (['playback', 'balanced', 'interactive'] as const).flatMap((latencyHint) =>
  [256, 512, 1024, 2048, 4096, 8192, 16384].flatMap((fftSize) =>
    hopSizesOf(latencyHint, fftSize).flatMap((hop) =>
      [0, 1536].map((allowance) => layoutFor(latencyHint, fftSize, hop, allowance)),
    ),
  ),
);

describe('the separation chain', () => {
  it.each(LAYOUTS)('adds up to the delayed input: $fftSize/$hopSize $window, allowance $allowance', (layout) => {
    const chain = new SeparationChain({ layout, components: 3, channels: 1 });
    const bins = binsOf(layout);
    chain.setDictionary({
      templates: noise(4 * bins).map(Math.abs),
      componentOf: Uint8Array.of(0, 1, 1, 2),
      divergence: 'euclidean',
    });
    const signal = noise(Math.max(100 * BLOCK, 2 * layout.fftSize));
    const streams = run(chain, 3, signal);
    const sum = signal.map((_, n) => streams[0][n] + streams[1][n] + streams[2][n]);
    const delayed = new Float32Array(signal.length);
    delayed.set(signal.subarray(0, signal.length - chain.latency), chain.latency);
    expect(levelBelow(delayed, difference(sum, delayed))).toBeLessThan(-120);
    expect(levelBelow(streams[0], difference(streams[0], streams[1]))).toBeGreaterThan(-40);
  });

  it.each([
    ['playback', 1920],
    ['balanced', 384],
    ['interactive', 128],
  ] as const)('has the documented latency: %s, %i samples', (latencyHint, latency) => {
    const layout = layoutFor(latencyHint, 2048, hopSizesOf(latencyHint, 2048)[0]);
    expect(new SeparationChain({ layout, components: 1, channels: 1 }).latency).toBe(latency);
  });

  it('measures each frame once, in order, as soon as its activations have come, and only while it is to', () => {
    const layout = layoutFor('playback', 2048, 512, 1536);
    /** Blocks after its own in which each frame was measured, and the first component's amplitude. */
    const measured: { sequence: number; delay: number; amplitude: number }[] = [];
    const masked: number[] = [];
    let blocks = 0;
    const chain = new SeparationChain({
      layout,
      components: 2,
      channels: 1,
      source: {
        submit() {},
        // Every fourth frame never gets an answer; the others get theirs two blocks later.
        collect: ({ sequence, end, h }) => {
          if (sequence % 4 === 3 || blocks - end / BLOCK < 2) return false;
          h.set([1, 3]);
          return true;
        },
      },
      onAmplitudes: ({ sequence, end }, [amplitude]) =>
        measured.push({ sequence, delay: blocks - end / BLOCK, amplitude }),
      onFrame: (_frame, _activations, [amplitude]) => masked.push(amplitude),
    });
    const bins = binsOf(layout);
    const componentOf = Uint8Array.of(0, 1);
    chain.setDictionary({ templates: noise(2 * bins).map(Math.abs), componentOf, divergence: 'kullback-leibler' });
    const signal = noise(240 * BLOCK);
    const outputs = [0, 1].map(() => [new Float32Array(BLOCK)]);
    const play = () => {
      blocks++;
      chain.process([signal.subarray((blocks - 1) * BLOCK, blocks * BLOCK)], outputs, 2);
    };
    while (blocks < 80) play();
    expect(measured).toEqual([]);
    chain.measuring = true;
    while (blocks < 240) play();
    const [{ sequence: first }] = measured;
    expect(measured.map(({ sequence }) => sequence)).toEqual(measured.map((_, i) => first + i));
    for (const { sequence, delay, amplitude } of measured) {
      // A frame that waits for its deadline lets those behind it wait too.
      if (sequence % 4 === 3) expect(delay).toBe(layout.allowance / BLOCK);
      else expect(delay).toBeLessThan(layout.allowance / BLOCK);
      expect(amplitude).toBeGreaterThan(0);
      if (sequence < masked.length) expect(amplitude).toBe(masked[sequence]);
    }
  });
});
