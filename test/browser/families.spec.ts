// What must work with every family of audio contexts, live and offline.
import { type AnyAudioContext, NMFSeparatorNode } from 'nmf-separator-node';
import { afterEach, describe, expect, test } from 'vitest';
import { FAMILIES, iframe, rawOf } from '../helpers/families.ts';
import { delayed, play, sumOf } from '../helpers/rendering.ts';
import { difference, energy, levelBelow, threeSources } from '../helpers/signals.ts';

const RATE = 44100;
const QUICK = { templatesPerComponent: 1, iterations: 10 } as const;
const OPTIONS = { components: 2, channelCount: 1, fftSize: 1024 } as const;

const nodes: NMFSeparatorNode[] = [];

afterEach(() => {
  for (const node of nodes.splice(0)) node.dispose();
});

function makeNode(context: AnyAudioContext, options = {}): NMFSeparatorNode {
  const node = new NMFSeparatorNode(context, { ...OPTIONS, ...options });
  nodes.push(node);
  return node;
}

/** Two sources without common bins, so that a few iterations suffice to separate them */
function lowAndHigh(sampleRate: number) {
  const [low, , high] = threeSources(sampleRate, 1);
  return [low, high] as const;
}

/** The name of the error that a call throws, or 'nothing' */
function thrownBy(call: () => unknown): string {
  try {
    call();
    return 'nothing';
  } catch (error) {
    return (error as Error).name;
  }
}

/** Mean square of the analyser's latest samples */
function powerAt(analyser: AnalyserNode): number {
  const samples = new Float32Array(analyser.fftSize);
  analyser.getFloatTimeDomainData(samples);
  return energy(samples) / samples.length;
}

describe.each(FAMILIES)('$name', ({ live, render, connect }) => {
  test('offline: construct, connect, learn, separate, dispose', async () => {
    const sources = lowAndHigh(RATE);
    const mixture = sumOf(sources);
    let delay = 0;
    const rendered = await render(2, 1, RATE, async (context) => {
      const node = makeNode(context);
      expect(node).toBeInstanceOf(NMFSeparatorNode);
      expect(node.context).toBe(rawOf(context));
      const merger = rawOf(context).createChannelMerger(2);
      play(rawOf(context), mixture, node);
      for (const k of [0, 1]) expect(node.connect(merger, k, k)).toBe(merger);
      merger.connect(rawOf(context).destination);
      await node.learn(sources, QUICK);
      expect([node.state, node.activation]).toEqual(['ready', 'worklet']);
      delay = Math.round(node.latency * RATE);
    });
    const streams = [0, 1].map((k) => rendered.getChannelData(k).slice());
    const expected = delayed(mixture, delay, streams[0].length);
    expect(levelBelow(expected, difference(sumOf(streams), expected))).toBeLessThan(-120);
    for (const [k, source] of sources.entries()) {
      const wanted = delayed(source, delay, streams[k].length);
      expect(levelBelow(wanted, difference(streams[k], wanted))).toBeLessThan(-12);
    }
  });

  test('live: construct, connect, learn, separate, set another model, dispose', async () => {
    const context = await live();
    const raw = rawOf(context);
    const node = makeNode(context);
    const analysers = node.components.map(() => raw.createAnalyser());
    analysers.forEach((analyser, k) => {
      connect(node, analyser, k);
    });
    const sources = lowAndHigh(raw.sampleRate);
    const { model } = await node.learn(sources, QUICK);
    const input = raw.createGain();
    connect(input, node);
    const source = play(raw, sources[0], input);
    source.loop = true;
    const powerRatio = (k: number) => powerAt(analysers[k]) / (powerAt(analysers[1 - k]) + 1e-9);
    await expect.poll(() => powerRatio(0)).toBeGreaterThan(100);
    await node.setModel(model.regroup([1, 0]));
    await expect.poll(() => powerRatio(1)).toBeGreaterThan(100);
    expect(node.statistics.framesIn).toBeGreaterThan(0);
    node.dispose();
    await expect.poll(() => analysers.map(powerAt)).toEqual([0, 0]);
    expect(thrownBy(() => connect(node, analysers[0]))).toBe('InvalidStateError');
    expect(thrownBy(() => node.disconnect(analysers[0]))).toBe('nothing');
    source.stop();
  });

  test('connect and disconnect behave, and throw, like those of a ChannelSplitterNode', async () => {
    const context = await live();
    const separator = makeNode(context);
    const splitter = rawOf(context).createChannelSplitter(2);
    for (const property of ['numberOfInputs', 'numberOfOutputs', 'channelCountMode', 'context'] as const) {
      expect(separator[property], property).toBe(splitter[property]);
    }
    const ends = makeEnds(rawOf(context));
    for (const [what, disconnect] of Object.entries(DISCONNECTIONS)) {
      const [mine, theirs] = [separator, splitter].map((node) => connectionsLeft(node, ends, disconnect));
      expect(mine, what).toEqual(theirs);
      expect(mine.length, what).toBeLessThan(8);
    }
    for (const [what, mistake] of Object.entries(MISTAKES)) {
      const [mine, theirs] = [separator, splitter].map((node) => thrownBy(() => mistake(node, ends)));
      expect(mine, what).toBe(theirs);
    }
  });
});

test('learn accepts clips created in another frame', async () => {
  const other = await iframe();
  const [low] = lowAndHigh(RATE);
  const node = makeNode(new OfflineAudioContext(1, 128, RATE));
  const samples = new other.Float32Array(low);
  const buffer = new other.AudioBuffer({ length: low.length, sampleRate: RATE });
  buffer.copyToChannel(low, 0);
  const { model } = await node.learn([samples, buffer], QUICK);
  expect(model.components).toBe(2);
  const spectrogram = { ...model, magnitudes: new other.Float32Array(50 * 513).fill(1), frames: 50, bins: 513 };
  await expect(node.learn(spectrogram, QUICK)).resolves.toMatchObject({ frames: 50 });
});

/** Destinations of the two compared nodes: both outputs are connected to all of these. */
interface Ends {
  readonly merger: AudioNode;
  readonly gain: AudioNode;
  readonly param: AudioParam;
}

function makeEnds(context: BaseAudioContext): Ends {
  return {
    merger: context.createChannelMerger(2),
    gain: context.createGain(),
    param: context.createDelay().delayTime,
  };
}

/** Every overload of `disconnect`. */
const DISCONNECTIONS: Record<string, (node: AudioNode, ends: Ends) => void> = {
  'disconnect()': (node) => node.disconnect(),
  'disconnect(output)': (node) => node.disconnect(1),
  'disconnect(node)': (node, { merger }) => node.disconnect(merger),
  'disconnect(node, output)': (node, { merger }) => node.disconnect(merger, 1),
  'disconnect(node, output, input)': (node, { merger }) => node.disconnect(merger, 1, 0),
  'disconnect(param)': (node, { param }) => node.disconnect(param),
  'disconnect(param, output)': (node, { param }) => node.disconnect(param, 1),
};

/**
 * Connects everything, calls `disconnect`, and returns the names of the remaining connections: those that can still be
 * disconnected one by one without an error.
 */
function connectionsLeft(node: AudioNode, ends: Ends, disconnect: (node: AudioNode, ends: Ends) => void): string[] {
  const { merger, gain, param } = ends;
  const single: [string, () => void][] = [];
  for (const output of [0, 1]) {
    for (const input of [0, 1]) {
      node.connect(merger, output, input);
      single.push([`${output} to merger ${input}`, () => node.disconnect(merger, output, input)]);
    }
    node.connect(gain, output);
    single.push([`${output} to gain`, () => node.disconnect(gain, output)]);
    node.connect(param, output);
    single.push([`${output} to param`, () => node.disconnect(param, output)]);
  }
  disconnect(node, ends);
  return single.flatMap(([name, disconnectOne]) => (thrownBy(disconnectOne) === 'nothing' ? [name] : []));
}

/** Calls that must throw on a node without connections */
const MISTAKES: Record<string, (node: AudioNode, ends: Ends) => void> = {
  'connect to nothing': (node) => node.connect(null as never),
  'connect to an object that is not a node': (node) => node.connect({} as never),
  'connect to another context': (node) => node.connect(new OfflineAudioContext(1, 128, RATE).createGain()),
  'connect an output too many': (node, { gain }) => node.connect(gain, 2),
  'connect output -1': (node, { gain }) => node.connect(gain, -1),
  'connect an input too many': (node, { gain }) => node.connect(gain, 0, 1),
  'connect an output too many to a parameter': (node, { param }) => node.connect(param, 2),
  'disconnect an output too many': (node) => node.disconnect(2),
  'disconnect output -1': (node) => node.disconnect(-1),
  'disconnect a node that is not connected': (node, { gain }) => node.disconnect(gain),
  'disconnect an output that is not connected': (node, { gain }) => node.disconnect(gain, 1),
  'disconnect an input that is not connected': (node, { merger }) => node.disconnect(merger, 0, 1),
  'disconnect an output too many of a node': (node, { gain }) => node.disconnect(gain, 2),
  'disconnect an input too many': (node, { gain }) => node.disconnect(gain, 0, 1),
  'disconnect a parameter that is not connected': (node, { param }) => node.disconnect(param),
  'disconnect an output too many of a parameter': (node, { param }) => node.disconnect(param, 2),
  'disconnect an output without connections': (node) => node.disconnect(1),
  'disconnect all without connections': (node) => node.disconnect(),
  'change the number of channels': (node) => {
    node.channelCount = 5;
  },
  'change how channels are counted': (node) => {
    node.channelCountMode = 'max';
  },
};
