import { type NMFModel, NMFSeparatorNode, type NMFSeparatorOptions } from 'nmf-separator-node';
import { describe, expect, test } from 'vitest';
import { OFFLINE_FAMILIES } from '../helpers/families.ts';
import { delayed, play, renderComponents, sumOf } from '../helpers/rendering.ts';
import { bestCorrelations, difference, levelBelow, noise, threeSources } from '../helpers/signals.ts';

const RATE = 44100;
const K = 3;

describe.each(OFFLINE_FAMILIES)('offline, %s', (_family, makeContext) => {
  /** A model learned from another clip than the rendered one */
  async function learnedModel(): Promise<NMFModel> {
    const separator = new NMFSeparatorNode(makeContext(K, 128, RATE), { components: K });
    const { model } = await separator.learn(sumOf(threeSources(RATE, 1.5)), { iterations: 10 });
    separator.dispose();
    return model;
  }

  async function render(
    signal: Float32Array<ArrayBuffer>,
    options: NMFSeparatorOptions,
    prepare?: (node: NMFSeparatorNode) => Promise<unknown>,
  ) {
    const context = makeContext(K, signal.length, RATE);
    const separator = new NMFSeparatorNode(context, { components: K, channelCount: 1, ...options });
    expect(separator).toBeInstanceOf(NMFSeparatorNode);
    play(context, signal, separator);
    await separator.ready;
    await prepare?.(separator);
    const streams = await renderComponents(context, separator);
    const delay = Math.round(separator.latency * RATE);
    separator.dispose();
    return { streams, delay };
  }

  function expectSum(signal: Float32Array, { streams, delay }: { streams: Float32Array[]; delay: number }): void {
    const expected = delayed(signal, delay);
    expect(levelBelow(expected, difference(sumOf(streams), expected))).toBeLessThan(-120);
  }

  test('without a model every component is the delayed input divided by K', async () => {
    const signal = noise(RATE);
    const rendering = await render(signal, {});
    expect(rendering.delay).toBe(1920);
    expectSum(signal, rendering);
    const third = delayed(signal, 1920).map((value) => value / K);
    for (const stream of rendering.streams) expect(levelBelow(third, difference(stream, third))).toBeLessThan(-120);
  });

  test('with a learned model the components add up to the delayed input', async () => {
    const signal = sumOf(threeSources(RATE, 2));
    const rendering = await render(signal, {}, (separator) => separator.learn(signal, { iterations: 20 }));
    expectSum(signal, rendering);
    expect(levelBelow(rendering.streams[0], difference(rendering.streams[0], rendering.streams[1]))).toBeGreaterThan(
      -20,
    );
  });

  test('a model in the options is used from the first sample on', async () => {
    const model = await learnedModel();
    const signal = sumOf(threeSources(RATE, 1));
    const given = await render(signal, { model });
    const reopened = await render(signal, { model: JSON.parse(JSON.stringify(model)) });
    const set = await render(signal, {}, (separator) => separator.setModel(model));
    expectSum(signal, given);
    expect(given.streams).toEqual(set.streams);
    expect(given.streams).toEqual(reopened.streams);
  });

  test('latency is the exact delay of an impulse in samples', async () => {
    const signal = new Float32Array(8192);
    signal[1000] = 1;
    const { streams, delay } = await render(signal, {});
    const sum = sumOf(streams).map(Math.abs);
    expect(sum.indexOf(Math.max(...sum))).toBe(1000 + delay);
  });

  test.each(['euclidean', 'kullback-leibler'] as const)('separates three sources: %s', async (divergence) => {
    const sources = threeSources(RATE, 4);
    const signal = sumOf(sources);
    const { streams, delay } = await render(signal, { divergence }, (separator) => separator.learn(signal));
    const references = sources.map((source) => delayed(source, delay));
    for (const value of bestCorrelations(references, streams)) expect(value).toBeGreaterThan(0.8);
  });
});
