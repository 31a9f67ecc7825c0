// What must work with every family of audio contexts, live and offline, in browsers and in Node.
import { type AnyAudioContext, NMFSeparatorNode } from 'nmf-separator-node';
import { afterEach, describe, expect, test } from 'vitest';
import { type Render, rawOf } from './contexts.ts';
import { delayed, play, sumOf } from './rendering.ts';
import { difference, energy, levelBelow, threeSources } from './signals.ts';

/** A kind of audio context. Nodes of one family connect to one another only. */
export interface Family {
  readonly name: string;
  /** A running context, shared by all tests: WebKitGTK may lock up the page whenever a context is closed. */
  live(): Promise<AnyAudioContext>;
  /** Calls `build` with an offline context of the family, and renders it. */
  readonly render: Render;
  /** Connects nodes the way users of the library do. */
  connect(source: AudioNode, destination: AudioNode, output?: number): void;
  /** A node of another context; by default one of the browser's. */
  foreignNode?(): AudioNode;
  /** Mistakes for which the family's own nodes throw other errors than the standard says, and separators the right ones. */
  readonly unlikeTheStandard?: readonly string[];
}

export const RATE = 44100;
export const QUICK = { templatesPerComponent: 1, iterations: 10 } as const;
export const OPTIONS = { components: 2, channelCount: 1, fftSize: 1024 } as const;

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
export function lowAndHigh(sampleRate: number) {
  const [low, , high] = threeSources(sampleRate, 1);
  return [low, high] as const;
}

function browserNode(): AudioNode {
  return new OfflineAudioContext(1, 128, RATE).createGain();
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

/** Declares the tests that every family passes. */
export function describeFamily({
  name,
  live,
  render,
  connect,
  foreignNode = browserNode,
  unlikeTheStandard = [],
}: Family): void {
  describe(name, () => {
    test('offline: construct, connect, learn, separate, dispose', async () => {
      const sources = lowAndHigh(RATE);
      const mixture = sumOf(sources);
      let delay = 0;
      const rendered = await render(3, 1, RATE, async (context) => {
        const node = makeNode(context);
        expect(node).toBeInstanceOf(NMFSeparatorNode);
        expect(node.context).toBe(rawOf(context));
        const merger = rawOf(context).createChannelMerger(3);
        play(rawOf(context), mixture, node);
        for (const k of [0, 1]) expect(node.connect(merger, k, k)).toBe(merger);
        expect(node.dry.connect(merger, 0, 2)).toBe(merger);
        merger.connect(rawOf(context).destination);
        await node.learn(sources, QUICK);
        expect([node.state, node.activation]).toEqual(['ready', 'worklet']);
        delay = Math.round(node.latency * RATE);
      });
      const [dry, ...streams] = [2, 0, 1].map((k) => rendered.getChannelData(k).slice());
      const expected = delayed(mixture, delay, streams[0].length);
      for (const sum of [sumOf(streams), dry]) {
        expect(levelBelow(expected, difference(sum, expected))).toBeLessThan(-120);
      }
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
      await expect.poll(() => powerRatio(0), { timeout: 5000 }).toBeGreaterThan(100);
      await node.setModel(model.regroup([1, 0]));
      await expect.poll(() => powerRatio(1), { timeout: 5000 }).toBeGreaterThan(100);
      expect(node.statistics.framesIn).toBeGreaterThan(0);
      node.dispose();
      await expect.poll(() => analysers.map(powerAt), { timeout: 5000 }).toEqual([0, 0]);
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
      const ends = makeEnds(rawOf(context), foreignNode());
      for (const [what, disconnect] of Object.entries(DISCONNECTIONS)) {
        const [mine, theirs] = [separator, splitter].map((node) => connectionsLeft(node, ends, disconnect));
        expect(mine, what).toEqual(theirs);
        expect(mine.length, what).toBeLessThan(8);
      }
      for (const [what, mistake] of Object.entries(MISTAKES)) {
        const [mine, theirs] = [separator, splitter].map((node) => thrownBy(() => mistake(node, ends)));
        expect(mine === theirs, `${what}: ${mine}, ${theirs}`).toBe(!unlikeTheStandard.includes(what));
      }
    });
  });
}

/** Destinations of the two compared nodes: both outputs are connected to all of these. */
interface Ends {
  readonly merger: AudioNode;
  readonly gain: AudioNode;
  readonly param: AudioParam;
  /** Of another context. */
  readonly foreign: AudioNode;
}

function makeEnds(context: BaseAudioContext, foreign: AudioNode): Ends {
  return {
    merger: context.createChannelMerger(2),
    gain: context.createGain(),
    param: context.createDelay().delayTime,
    foreign,
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
  'connect to another context': (node, { foreign }) => node.connect(foreign),
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
