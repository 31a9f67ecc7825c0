// Nodes, params and signals of Tone.js as destinations.
import { NMFSeparatorNode } from 'nmf-separator-node';
import * as Tone from 'tone';
import { describe, expect, test } from 'vitest';
import { rawOf } from '../helpers/contexts.ts';
import { play } from '../helpers/rendering.ts';
import { energy } from '../helpers/signals.ts';

const RATE = 44100;

/** Renders a second of a constant 1 through a separator without a model: each of its two components is 0.5. */
async function render(build: (separator: NMFSeparatorNode, raw: BaseAudioContext) => void): Promise<Float32Array> {
  const buffer = await Tone.Offline(
    async (context) => {
      const separator = new NMFSeparatorNode(context, { components: 2, channelCount: 1 });
      play(rawOf(context), new Float32Array(RATE).fill(1), separator);
      build(separator, rawOf(context));
      await separator.ready;
    },
    1,
    1,
    RATE,
  );
  return buffer.getChannelData(0).slice(RATE / 2);
}

function level(samples: Float32Array): number {
  return Math.sqrt(energy(samples) / samples.length);
}

describe.each([
  ['the node', (separator: NMFSeparatorNode) => separator],
  ['a component', (separator: NMFSeparatorNode) => separator.components[0]],
] as const)('%s', (_what, nodeOf) => {
  test('is connected to a node, and disconnected from it', async () => {
    const build = (take: boolean) => (separator: NMFSeparatorNode) => {
      const gain = new Tone.Gain(0.5).toDestination();
      expect(nodeOf(separator).connect(gain)).toBe(gain);
      if (take) nodeOf(separator).disconnect(gain);
    };
    expect(level(await render(build(false)))).toBeCloseTo(0.25, 5);
    expect(level(await render(build(true)))).toBe(0);
  });

  test('is connected to an effect, whose input is a node of Tone.js too', async () => {
    const samples = await render((separator) => {
      nodeOf(separator).connect(new Tone.FeedbackDelay(0.05, 0.2).toDestination());
    });
    expect(level(samples)).toBeGreaterThan(0.1);
  });

  test.each(['param', 'signal'] as const)('is connected to a %s, and disconnected from it', async (kind) => {
    const build = (take: boolean) => (separator: NMFSeparatorNode, raw: BaseAudioContext) => {
      const gain = new Tone.Gain(0).toDestination();
      play(raw, new Float32Array(RATE).fill(1), gain.input as GainNode);
      const signal = new Tone.Signal(0);
      signal.connect(gain.gain);
      const destination = kind === 'param' ? gain.gain : signal;
      expect(nodeOf(separator).connect(destination)).toBe(destination);
      if (take) nodeOf(separator).disconnect(destination);
    };
    expect(level(await render(build(false)))).toBeCloseTo(0.5, 4);
    expect(level(await render(build(true)))).toBeCloseTo(0, 4);
  });
});

test('an output of its own goes to each node, by Tone.connect too', async () => {
  const samples = await render((separator) => {
    const [left, right] = [new Tone.Gain(1).toDestination(), new Tone.Gain(3).toDestination()];
    separator.connect(left, 0);
    Tone.connect(separator, right, 1);
    expect(() => separator.connect(left, 2)).toThrow(expect.objectContaining({ name: 'IndexSizeError' }));
    expect(() => separator.disconnect(left, 1)).toThrow(expect.objectContaining({ name: 'InvalidAccessError' }));
  });
  expect(level(samples)).toBeCloseTo(2, 4);
});

test('a source of Tone.js has no input, and is refused', async () => {
  await render((separator) => {
    const source = new Tone.Oscillator();
    expect(() => separator.connect(source)).toThrow(/what has an input in Tone\.js/);
  });
});
