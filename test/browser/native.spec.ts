// A separator behaves like a node of its context's own family: here beside a ChannelSplitterNode, situation by situation.
import { NMFSeparatorNode, type NMFSeparatorOptions } from 'nmf-separator-node';
import { afterEach, describe, expect, test } from 'vitest';
import { rawOf } from '../helpers/contexts.ts';
import { FAMILIES } from '../helpers/families.ts';
import { noise } from '../helpers/signals.ts';

const OPTIONS = { components: 2, channelCount: 1, fftSize: 1024 } as const;
const nodes: NMFSeparatorNode[] = [];

afterEach(() => {
  for (const node of nodes.splice(0)) node.dispose();
});

function track<Node extends NMFSeparatorNode>(node: Node): Node {
  nodes.push(node);
  return node;
}

/** What a call throws, or returns. */
function outcomeOf(call: () => unknown): string {
  try {
    const value = call();
    return typeof value === 'object' && value !== null ? 'an object' : String(value);
  } catch (error) {
    return (error as Error).name;
  }
}

/** Indices as Web IDL may be given them. */
const INDEXES: readonly unknown[] = [
  0,
  1,
  2,
  -1,
  1.5,
  -0.5,
  2 ** 32,
  2 ** 32 + 1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  null,
  undefined,
  true,
  false,
  '1',
  'x',
  '',
  [],
  [1],
  {},
  1n,
  Symbol('index'),
];

interface Ends {
  readonly merger: AudioNode;
  readonly param: AudioParam;
}

/** Situations of a node with two outputs; `value` takes each of INDEXES. */
const WITH_AN_INDEX: Record<string, (node: AudioNode, ends: Ends, value: never) => unknown> = {
  'connect(node, value)': (node, { merger }, value) => node.connect(merger, value),
  'connect(node, 0, value)': (node, { merger }, value) => node.connect(merger, 0, value),
  'connect(param, value)': (node, { param }, value) => node.connect(param, value),
  'disconnect(value)': (node, { merger }, value) => {
    node.connect(merger, 0);
    node.connect(merger, 1);
    return node.disconnect(value);
  },
  'disconnect(node, value)': (node, { merger }, value) => {
    node.connect(merger, 0);
    return node.disconnect(merger, value);
  },
  'disconnect(node, 0, value)': (node, { merger }, value) => {
    node.connect(merger, 0, 0);
    return node.disconnect(merger, 0, value);
  },
  'disconnect(param, value)': (node, { param }, value) => {
    node.connect(param, 0);
    return node.disconnect(param, value);
  },
};

test.each(Object.entries(WITH_AN_INDEX))('%s converts every value as a native node does', async (_what, situation) => {
  const context = new OfflineAudioContext(2, 128, 44100);
  for (const value of INDEXES) {
    const ends = () => ({
      merger: new ChannelMergerNode(context, { numberOfInputs: 2 }),
      param: new DelayNode(context).delayTime,
    });
    const separator = track(new NMFSeparatorNode(context, OPTIONS));
    const splitter = new ChannelSplitterNode(context, { numberOfOutputs: 2 });
    const mine = outcomeOf(() => situation(separator, ends(), value as never));
    const theirs = outcomeOf(() => situation(splitter, ends(), value as never));
    expect(mine, `${typeof value} ${String(value)}`).toBe(theirs);
  }
});

test('the enumerations of a node ignore what they do not have', () => {
  const context = new OfflineAudioContext(1, 128, 44100);
  const separator = track(new NMFSeparatorNode(context, { ...OPTIONS, channelInterpretation: 'discrete' }));
  expect(separator.channelInterpretation).toBe('discrete');
  separator.channelInterpretation = 'bogus' as never;
  separator.channelCountMode = 'bogus' as never;
  separator.channelCountMode = 'explicit';
  expect([separator.channelInterpretation, separator.channelCountMode]).toEqual(['discrete', 'explicit']);
  separator.channelInterpretation = 'speakers';
  expect(separator.channelInterpretation).toBe('speakers');
  expect(outcomeOf(() => Object.assign(separator, { channelCountMode: 'max' }))).toBe('InvalidStateError');
});

test.each([
  [{ numberOfOutputs: 2 }, /there is no numberOfOutputs.*components/],
  [{ numberOfInputs: 1 }, /there is no numberOfInputs/],
  [{ component: 2 }, /there is no component;/],
  [{ channelCountMode: 'max' }, /channelCountMode.*'explicit'/],
  [{ channelInterpretation: 'bogus' }, /channelInterpretation.*'speakers', 'discrete'/],
])('the option in %j is refused by name', async (options, message) => {
  const context = new OfflineAudioContext(1, 128, 44100);
  expect(() => new NMFSeparatorNode(context, options as NMFSeparatorOptions)).toThrow(message);
});

test('learn refuses options that there are not, and takes null for none, like the constructor', async () => {
  const context = new OfflineAudioContext(1, 128, 44100);
  const separator = track(new NMFSeparatorNode(context, null));
  await expect(separator.learn(noise(44100), { iteration: 5 } as never)).rejects.toThrow(/there is no iteration;/);
  await expect(separator.learn(noise(44100), { iterations: 5, seed: undefined })).resolves.toBeDefined();
  await expect(separator.learn(new Float32Array(44100), null)).rejects.toThrow(/silent/);
});

describe.each(FAMILIES)('$name', ({ live }) => {
  test('the class, its members and those added to it', async () => {
    const context = await live();
    const separator = track(new NMFSeparatorNode(context, OPTIONS));
    expect(separator.constructor).toBe(NMFSeparatorNode);
    expect(separator.constructor.name).toBe('NMFSeparatorNode');
    expect(Object.prototype.toString.call(separator)).toBe('[object NMFSeparatorNode]');
    expect(separator).toBeInstanceOf(NMFSeparatorNode);
    expect(separator).toBeInstanceOf(Object.getPrototypeOf(rawOf(context).createGain().constructor));
    // standardized-audio-context needs one: see workaround 1.
    const isPlain = Object.prototype.toString.call(rawOf(context)) === '[object Object]';
    expect('gain' in separator).toBe(isPlain);
    expect(Object.keys(separator)).not.toContain('gain');
    const prototype = NMFSeparatorNode.prototype as NMFSeparatorNode & { double?(): number };
    prototype.double = function () {
      return 2 * this.numberOfOutputs;
    };
    expect((separator as typeof prototype).double!()).toBe(4);
    delete prototype.double;
    expect('double' in separator).toBe(false);
    expect(() => NMFSeparatorNode.prototype.latency).toThrow(TypeError);
  });

  test('subclasses', async () => {
    class Mine extends NMFSeparatorNode {
      readonly made = 'here';
      get half() {
        return this.latency / 2;
      }
      override connect(...args: never[]): never {
        return super.connect(...(args as unknown as [AudioNode])) as never;
      }
    }
    class Younger extends Mine {}
    const context = await live();
    const plain = track(new NMFSeparatorNode(context, OPTIONS));
    const mine = track(new Mine(context, OPTIONS));
    const younger = track(new Younger(context, OPTIONS));
    expect([mine.made, mine.half, younger.half]).toEqual(['here', mine.latency / 2, mine.latency / 2]);
    expect([mine.constructor, younger.constructor]).toEqual([Mine, Younger]);
    expect([plain, mine, younger].map((node) => node instanceof Mine)).toEqual([false, true, true]);
    expect([plain, mine, younger].map((node) => node instanceof NMFSeparatorNode)).toEqual([true, true, true]);
    expect(mine instanceof Younger).toBe(false);
    const gain = rawOf(context).createGain();
    expect(mine.connect(gain as never)).toBe(gain);
    gain.connect(mine);
    mine.disconnect(gain);
    gain.disconnect(mine);
  });

  test('maskExponent tells its own default, range and rate', async () => {
    const separator = track(new NMFSeparatorNode(await live(), { ...OPTIONS, maskExponent: 1 }));
    const { maskExponent } = separator;
    const { defaultValue, minValue, maxValue, automationRate } = maskExponent;
    expect({ defaultValue, minValue, maxValue, automationRate }).toEqual({
      defaultValue: 2,
      minValue: 0.5,
      maxValue: 8,
      automationRate: 'k-rate',
    });
    expect(maskExponent.value).toBe(1);
    const set = (value: number) => {
      maskExponent.value = value;
      return maskExponent.value;
    };
    expect([set(3), set(100), set(-1)]).toEqual([3, 8, 0.5]);
    expect(separator.maskExponent).toBe(maskExponent);
  });

  test('on… attributes are called with the listeners', async () => {
    const separator = track(new NMFSeparatorNode(await live(), OPTIONS));
    const called: string[] = [];
    expect([separator.onstatechange, separator.onprocessorerror]).toEqual([null, null]);
    const first = () => called.push('first');
    separator.onstatechange = first;
    expect(separator.onstatechange).toBe(first);
    separator.addEventListener('statechange', () => called.push('listener'));
    separator.onstatechange = () => called.push('second');
    separator.dispatchEvent(new Event('statechange'));
    separator.onstatechange = 5 as never;
    expect(separator.onstatechange).toBe(null);
    separator.dispatchEvent(new Event('statechange'));
    separator.onprocessorerror = () => called.push('processorerror');
    separator.dispatchEvent(new Event('processorerror'));
    expect(called).toEqual(['second', 'listener', 'listener', 'processorerror']);
  });

  test('destinations that cannot be connected', async () => {
    const context = await live();
    const separator = track(new NMFSeparatorNode(context, OPTIONS));
    const foreign = new OfflineAudioContext(1, 128, 44100).createGain();
    const circular: { input?: object } = {};
    circular.input = { input: circular };
    for (const node of [separator, separator.components[0]]) {
      for (const wrong of [null, undefined, 5, 'x', {}, { input: undefined }, circular]) {
        expect(
          outcomeOf(() => node.connect(wrong as never)),
          String(wrong),
        ).toBe('TypeError');
      }
      const refusal = (() => {
        try {
          node.connect(foreign);
        } catch (error) {
          return error as Error;
        }
        return undefined;
      })();
      expect(refusal?.name).toBe('InvalidAccessError');
      expect(refusal?.message).not.toBe('');
    }
  });
});
