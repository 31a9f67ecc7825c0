import { describe, expect, it } from 'vitest';
import {
  binsOf,
  type FrameShape,
  hopSizesOf,
  type LatencyHint,
  QUANTUM,
  supportOf,
} from '../../../../src/dsp/live/frameShape.ts';
import { SeparationChain } from '../../../../src/dsp/live/SeparationChain.ts';
import { difference, levelBelow, noise } from '../../../helpers/signals.ts';

function shapeOf(latencyHint: LatencyHint, fftSize: number, hopSize: number, allowance = 0): FrameShape {
  const support = supportOf(latencyHint, fftSize);
  return {
    fftSize,
    hopSize,
    support,
    allowance,
    window: latencyHint === 'playback' ? 'hann' : `asymmetric-${support}`,
  };
}

/** Runs a mono signal through a chain; the streams come back as long as the signal. */
function run(chain: SeparationChain, components: number, signal: Float32Array, exponent = 2): Float32Array[] {
  const streams = Array.from({ length: components }, () => new Float32Array(signal.length));
  for (let n = 0; n < signal.length; n += QUANTUM) {
    const outputs = streams.map((stream) => [stream.subarray(n, n + QUANTUM)]);
    chain.process([signal.subarray(n, n + QUANTUM)], outputs, exponent);
  }
  return streams;
}

const SHAPES = (['playback', 'balanced', 'interactive'] as const).flatMap((latencyHint) =>
  [256, 512, 2048, 4096].flatMap((fftSize) =>
    hopSizesOf(latencyHint, fftSize).flatMap((hop) =>
      [0, 1536].map((allowance) => shapeOf(latencyHint, fftSize, hop, allowance)),
    ),
  ),
);

describe('the separation chain', () => {
  it.each(SHAPES)('adds up to the delayed input: $fftSize/$hopSize $window, allowance $allowance', (shape) => {
    const chain = new SeparationChain({ shape, components: 3, channels: 1 });
    const bins = binsOf(shape);
    chain.setDictionary({
      templates: noise(4 * bins).map(Math.abs),
      componentOf: Uint8Array.of(0, 1, 1, 2),
      divergence: 'euclidean',
    });
    const signal = noise(128 * 100);
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
  ] as const)('has the latency of the contract: %s %i', (latencyHint, latency) => {
    const shape = shapeOf(latencyHint, 2048, hopSizesOf(latencyHint, 2048)[0]);
    expect(new SeparationChain({ shape, components: 1, channels: 1 }).latency).toBe(latency);
  });
});
