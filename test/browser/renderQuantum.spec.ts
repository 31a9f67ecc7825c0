// Render quanta of any size, and contexts that render much in a row. Engines without `renderSizeHint` have quanta of 128.
import { NMFSeparatorNode, type NMFSeparatorOptions } from 'nmf-separator-node';
import { AudioContext as StandardizedContext } from 'standardized-audio-context';
import * as Tone from 'tone';
import { expect, test } from 'vitest';
import { server } from 'vitest/browser';
import { differenceWhile } from '../helpers/liveDifference.ts';
import { play, sumOf } from '../helpers/rendering.ts';
import { difference, levelBelow, noise, threeSources } from '../helpers/signals.ts';

const RATE = 44100;

interface Sized {
  readonly renderQuantumSize?: number;
}

/** Whether the engine does what it is asked for. Where it does not, all sizes are 128, and one of them is enough. */
const HAS_SIZES = (offlineContext(1, 1, 256).renderQuantumSize ?? 128) === 256;

function sizes(...all: [number, ...number[]]): number[] {
  return HAS_SIZES ? all : all.slice(0, 1);
}

function offlineContext(channels: number, length: number, size: number): OfflineAudioContext & Sized {
  const options = { numberOfChannels: channels, length, sampleRate: RATE, renderSizeHint: size };
  return new OfflineAudioContext(options);
}

/** What `latency` may be beyond the one for quanta of 128 samples. */
function extraDelay(size: number): number {
  return size % 128 === 0 ? 0 : 127;
}

test.each(sizes(100, 1, 64, 127, 128, 192, 256, 441, 1024, 4096, 16_384))(
  'an impulse comes out at `latency` with quanta of %d samples',
  async (size) => {
    for (const latencyHint of ['playback', 'interactive'] as const) {
      const context = offlineContext(1, RATE / 2, size);
      const got = context.renderQuantumSize ?? 128;
      const separator = new NMFSeparatorNode(context, { components: 2, channelCount: 1, latencyHint });
      const impulse = new Float32Array(RATE / 2);
      impulse[5000] = 1;
      play(context, impulse, separator);
      for (const k of [0, 1]) separator.connect(context.destination, k);
      await separator.ready;
      const latency = Math.round(separator.latency * RATE);
      const samples = (await context.startRendering()).getChannelData(0);
      expect(samples.findIndex((sample) => Math.abs(sample) > 0.5)).toBe(5000 + latency);
      const standard = latencyHint === 'playback' ? 1920 : 128;
      expect(latency).toBeGreaterThanOrEqual(standard);
      expect(latency).toBeLessThanOrEqual(standard + extraDelay(got));
    }
  },
);

test.each(sizes(100, 256, 1024))('with a model the components add up, quanta of %d samples', async (size) => {
  const context = offlineContext(2, 2 * RATE, size);
  const separator = new NMFSeparatorNode(context, { components: 3, channelCount: 2 });
  const mixture = sumOf(threeSources(RATE, 2));
  play(context, mixture, separator);
  for (const k of [0, 1, 2]) separator.connect(context.destination, k);
  const times: number[] = [];
  separator.activations$.subscribe(({ time }) => times.push(time));
  await separator.learn(threeSources(RATE, 2), { iterations: 20, templatesPerComponent: 2 });
  // The mask's exponent may change with every quantum.
  separator.maskExponent.linearRampToValueAtTime(4, 2);
  const delay = Math.round(separator.latency * RATE);
  const rendered = await context.startRendering();
  const input = mixture.slice(0, rendered.length - delay);
  for (const c of [0, 1]) {
    const error = difference(rendered.getChannelData(c).slice(delay), input);
    expect(levelBelow(input, error)).toBeLessThan(-120);
  }
  await expect.poll(() => separator.state).toBe('disposed');
  expect(separator.statistics.framesIn).toBe(times.length);
  // A hop apart, and the first frame ends with the first block after a hop.
  const middle = separator.fftSize / 2;
  for (const [i, time] of times.entries()) {
    expect(time * RATE).toBeCloseTo((i + 1) * separator.hopSize - middle + delay, 3);
  }
});

async function liveNode(contextOptions: object) {
  const context = new AudioContext(contextOptions);
  await context.resume();
  const separator = new NMFSeparatorNode(context, { components: 2, channelCount: 1 });
  const errors: Error[] = [];
  separator.error$.subscribe((error) => errors.push(error));
  await separator.learn(noise(context.sampleRate), { iterations: 5 });
  play(context, noise(context.sampleRate), separator).loop = true;
  separator.connect(context.destination, 0);
  const activated = () => separator.statistics.framesActivated + separator.statistics.lateFrames;
  await expect.poll(activated).toBeGreaterThan(100);
  expect(errors).toEqual([]);
  const { framesActivated, lateFrames } = separator.statistics;
  await context.close();
  return { separator, late: lateFrames / (lateFrames + framesActivated) };
}

test.each(sizes(100, 64, 192, 256, 441, 2048))(
  'live, the components add up to the input after `latency`, quanta of %d samples',
  async (renderSizeHint) => {
    const context = new AudioContext({ renderSizeHint } as AudioContextOptions);
    await context.resume();
    const options = { components: 2, channelCount: 1, activation: 'worker' } as const;
    const separator = new NMFSeparatorNode(context, options);
    const level = await differenceWhile(context, separator, async () => {
      await separator.learn(noise(context.sampleRate), { iterations: 5 });
      const { framesIn } = separator.statistics;
      await expect.poll(() => separator.statistics.framesIn).toBeGreaterThan(framesIn + 50);
    });
    expect(level).toBeLessThan(-120);
    expect(separator.statistics.framesActivated).toBeGreaterThan(0);
    await context.close();
  },
);

test.each([0.3, 1])(
  'a context that renders %d s in a row activates in the worklet, and no frame is late',
  async (latencyHint) => {
    const { separator, late } = await liveNode({ latencyHint });
    // Firefox and WebKit do not tell, or do not do it.
    expect(separator.activation).toBe(server.browser === 'chromium' ? 'worklet' : 'worker');
    if (separator.activation === 'worklet') expect(late).toBe(0);
    // Beyond what the machine is late for anyway; after long blocks a worker would be for 77 %.
    else expect(late - (await liveNode({})).late).toBeLessThan(0.2);
  },
);

test('a context with the usual buffer activates in the worker, and the choice of the user counts everywhere', async () => {
  const usual = new AudioContext();
  const long = new AudioContext({ latencyHint: 0.3 });
  const activationIn = (context: AudioContext, options?: NMFSeparatorOptions) => {
    const separator = new NMFSeparatorNode(context, options);
    separator.dispose();
    return separator.activation;
  };
  expect(activationIn(usual)).toBe('worker');
  expect(activationIn(usual, { activation: 'worklet' })).toBe('worklet');
  expect(activationIn(long, { activation: 'worker' })).toBe('worker');
  await Promise.all([usual.close(), long.close()]);
});

test('the size of quanta is known in every family of contexts', async () => {
  const options = { renderSizeHint: 100 } as AudioContextOptions;
  const standardized = new StandardizedContext(options);
  const native = new AudioContext(options);
  const contexts = [native, standardized, new Tone.Context(standardized as never)];
  const latencies = contexts.map((context) => {
    const separator = new NMFSeparatorNode(context, { activation: 'worklet' });
    separator.dispose();
    return Math.round(separator.latency * context.sampleRate);
  });
  const latency = HAS_SIZES ? 1920 + 124 : 1920;
  expect(latencies).toEqual([latency, latency, latency]);
  await Promise.all([native.close(), standardized.close()]);
});
