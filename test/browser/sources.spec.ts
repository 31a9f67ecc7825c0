// Blind learning that finds instruments, not only patterns.
import { NMFModel, NMFSeparatorNode, separate } from 'nmf-separator-node';
import { siSdr } from 'nmf-separator-node/dsp';
import { describe, expect, onTestFinished, test } from 'vitest';
import { sumOf } from '../helpers/rendering.ts';
import { noise, twoInstruments } from '../helpers/signals.ts';
import { watchWorkers } from '../helpers/workers.ts';

const RATE = 22_050;
const ABORTED = { name: 'AbortError' };
const instruments = twoInstruments(RATE, 5);
const mixture = sumOf(instruments);
/** Patterns are learned in a moment, and the sources take their time. */
const SOURCES = { clustering: 'timbre', restarts: 1, iterations: 5 } as const;

function duo(): AudioBuffer {
  const clip = new AudioBuffer({ length: mixture.length, numberOfChannels: 1, sampleRate: RATE });
  clip.copyToChannel(mixture, 0);
  return clip;
}

/** Until the end of the test. */
function pretendCores(value: number): void {
  Object.defineProperty(navigator, 'hardwareConcurrency', { value, configurable: true });
  onTestFinished(() => void Reflect.deleteProperty(navigator, 'hardwareConcurrency'));
}

/** SDR of each instrument in dB, in the order of the components that fits best. */
function scores(components: readonly AudioBuffer[]): number[] {
  const streams = components.map((component) => component.getChannelData(0));
  const orders = [streams, streams.toReversed()].map((order) =>
    order.map((stream, k) => siSdr(instruments[k], stream)),
  );
  return orders[0][0] + orders[0][1] > orders[1][0] + orders[1][1] ? orders[0] : orders[1];
}

test('two instruments that play scales come apart by their timbre, and by one pattern each they do not', async () => {
  const sources = await separate(duo(), { components: 2 });
  expect(Math.min(...scores(sources.components))).toBeGreaterThan(10);
  expect(sources.model.maskExponent).toBe(1);
  expect(sources.model.componentOf).toHaveLength(16);
  const patterns = await separate(duo(), { components: 2, clustering: 'none' });
  expect(Math.max(...scores(patterns.components))).toBeLessThan(3);
  expect(patterns.model.maskExponent).toBe(1.5);
});

test('one worker and several learn the same bits', async () => {
  const workers = watchWorkers();
  const learnOn = async (cores: number) => {
    pretendCores(cores);
    const before = workers.made();
    const { model, activations } = await separate(duo(), { components: 2, ...SOURCES });
    expect(workers.alive()).toBe(0);
    return { templates: model.templates, activations, made: workers.made() - before };
  };
  const alone = await learnOn(1);
  const three = await learnOn(4);
  const four = await learnOn(64);
  // One more filters.
  expect([alone.made, three.made, four.made]).toEqual([2, 4, 5]);
  for (const several of [three, four]) {
    expect(several.templates).toEqual(alone.templates);
    expect(several.activations).toEqual(alone.activations);
  }
});

describe('a node', () => {
  function nodeOf(options: { maskExponent?: number } = {}): NMFSeparatorNode {
    const context = new OfflineAudioContext(2, RATE, RATE);
    const node = new NMFSeparatorNode(context, { components: 2, channelCount: 1, ...options });
    onTestFinished(() => node.dispose());
    return node;
  }

  test('says what it took the components for, and why', async () => {
    const node = nodeOf();
    const progress: number[] = [];
    node.progress$.subscribe(({ iteration, iterations, restart, restarts }) => {
      progress.push((restart - 1 + iteration / iterations) / restarts);
    });
    const sources = await node.learn(mixture, { restarts: 1 });
    expect(sources.clustering).toBe('timbre');
    expect(sources.relativeLoss).toBeGreaterThan(0.35);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBeGreaterThan(0.9);
    const taught = await node.learn(instruments, { iterations: 5 });
    expect(taught.clustering).toBe('none');
    expect(taught.model.maskExponent).toBe(2);
  });

  test('can be stopped in every phase, and keeps its model', async () => {
    const node = nodeOf();
    const { model } = await node.learn(noise(RATE), { iterations: 2, clustering: 'none' });
    const workers = watchWorkers();
    const before = workers.alive();
    pretendCores(4);
    // Of one start of patterns, eight of the pool, and two sources.
    for (const phase of [1, 2, 9, 10]) {
      const controller = new AbortController();
      const watching = node.progress$.subscribe(({ restart }) => restart >= phase && controller.abort());
      await expect(node.learn(mixture, { ...SOURCES, signal: controller.signal })).rejects.toMatchObject(ABORTED);
      watching.unsubscribe();
      expect(node.model).toBe(model);
      expect(node.state).toBe('ready');
      expect(workers.alive()).toBe(before);
    }
  });

  test("has the mask's exponent of its model, until it is set", async () => {
    const node = nodeOf();
    const { maskExponent } = node;
    expect(maskExponent.value).toBe(2);
    const { model } = await node.learn(mixture, SOURCES);
    expect(maskExponent.value).toBe(1);
    await node.setModel(null);
    expect(maskExponent.value).toBe(2);
    await node.setModel(model);
    expect(maskExponent.value).toBe(1);
    expect(() => maskExponent.setValueAtTime(3, Number.NaN)).toThrow(TypeError);
    await node.setModel(null);
    expect(maskExponent.value).toBe(2);
    maskExponent.value = 4;
    await node.setModel(model);
    expect(maskExponent.value).toBe(4);
  });

  test('leaves an exponent alone that was given, or is automated', async () => {
    const model = new NMFModel({
      ...{ sampleRate: RATE, fftSize: 2048, hopSize: 512, window: 'hann', divergence: 'kullback-leibler' },
      ...{ components: 2, componentOf: [0, 1], templates: noise(2 * 1025).map(Math.abs), maskExponent: 1 },
    });
    const given = nodeOf({ maskExponent: 3 });
    await given.setModel(model);
    expect(given.maskExponent.value).toBe(3);
    const automated = nodeOf();
    expect(automated.maskExponent.setValueAtTime(5, 0)).toBe(automated.maskExponent);
    await automated.setModel(model);
    // Automation shows when it renders; without it the value would be the model's.
    expect(automated.maskExponent.value).not.toBe(1);
  });
});
