// Models that follow what is heard, sound to learn from, and the dry signal.
import { type NMFModel, type NMFSeparatorNode, NMFSeparatorNode as Separator, separate } from 'nmf-separator-node';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryNodes } from '../helpers/nodes.ts';
import { delayed, play, renderComponents, sumOf } from '../helpers/rendering.ts';
import { bestCorrelations, correlation, difference, levelBelow, noise, threeSources } from '../helpers/signals.ts';

const RATE = 44100;
const makeNode = temporaryNodes();
let context: AudioContext;

beforeAll(async () => {
  // Firefox may have another rate by itself.
  context = new AudioContext({ sampleRate: RATE });
  await context.resume();
});

function tone(hertz: number, seconds: number, period: number, phase = 0): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: Math.round(seconds * RATE) }, (_, n) => {
    const place = (n / RATE / period + phase) % 1;
    return (
      0.3 *
      Math.exp(-6 * place) *
      [1, 2, 3].reduce((sum, h) => sum + Math.sin((2 * Math.PI * h * hertz * n) / RATE) / h, 0)
    );
  });
}

/** Two sources, and the same out of tune. */
const LESSONS = () => [tone(520, 2, 0.4), tone(790, 2, 0.3, 0.5)];
const DETUNED = 1.06;
const heardSources = (seconds: number) => [tone(520 * DETUNED, seconds, 0.4), tone(790 * DETUNED, seconds, 0.3, 0.5)];

let taught: NMFModel;
beforeAll(async () => {
  const node = makeNode(new OfflineAudioContext(1, 1, RATE), { components: 2 });
  const { model } = await node.learn(LESSONS(), { templatesPerComponent: 1, pitchShifts: 0 });
  taught = model.withLabels(['low', 'high']);
});

/** How well a node separates the last two seconds of the detuned sources, in dB. */
async function errorOf(options: object, seconds = 8) {
  const sources = heardSources(seconds);
  const offline = new OfflineAudioContext(2, sources[0].length, RATE);
  const node = makeNode(offline, { components: 2, model: taught, ...options });
  const models: NMFModel[] = [];
  node.model$.subscribe((model) => model && models.push(model));
  play(offline, sumOf(sources), node);
  await node.ready;
  const streams = await renderComponents(offline, node);
  await expect.poll(() => node.state).toBe('disposed');
  const delay = Math.round(node.latency * RATE);
  const start = sources[0].length - 2 * RATE;
  const errors = sources.map((source, k) => {
    const reference = delayed(source, delay).subarray(start);
    return levelBelow(reference, difference(reference, streams[k].subarray(start)));
  });
  return { error: Math.max(...errors), models, node };
}

test.each(['playback', 'interactive'])(
  'a model follows sources that are out of tune, offline, %s',
  async (latencyHint) => {
    const still = await errorOf({ latencyHint });
    const adapted = await errorOf({ latencyHint, adaptive: true });
    console.log(`error ${still.error.toFixed(1)} dB, adapted ${adapted.error.toFixed(1)} dB`);
    expect(adapted.error).toBeLessThan(still.error - 3);
    const { models, node } = adapted;
    expect(models.length).toBeGreaterThan(10);
    expect(models.length).toBeLessThanOrEqual(1 + 2 * 8);
    for (const model of models) {
      expect([...model.labels]).toEqual(['low', 'high']);
      expect(model.templates.every((value) => value >= 0 && Number.isFinite(value))).toBe(true);
    }
    expect(node.model).toBe(models.at(-1));
  },
);

test('separate follows a clip', async () => {
  const sources = heardSources(6);
  const clip = new AudioBuffer({ length: sources[0].length, sampleRate: RATE });
  clip.copyToChannel(sumOf(sources), 0);
  const worst = async (adaptive: boolean) => {
    const { components } = await separate(clip, { components: 2, model: taught, adaptive });
    return Math.min(
      ...bestCorrelations(
        sources,
        components.map((buffer) => buffer.getChannelData(0)),
      ),
    );
  };
  expect(await worst(true)).toBeGreaterThan(await worst(false));
});

describe('live', () => {
  const LATENCIES = ['playback', 'interactive'] as const;

  test.each(LATENCIES)('the worker adapts as a worklet does offline, %s', async (latencyHint) => {
    const samples = sumOf(heardSources(4));
    const node = makeNode(context, { components: 2, latencyHint, model: taught, adaptive: true });
    const models: NMFModel[] = [];
    await node.ready;
    expect(node.adapting).toBe(true);
    const times: number[] = [];
    node.model$.subscribe((model) => {
      if (model !== node.model || model === taught) return;
      models.push(model!);
      times.push(performance.now());
    });
    const buffer = new AudioBuffer({ length: samples.length, sampleRate: RATE });
    buffer.copyToChannel(samples, 0);
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(node);
    source.start();
    await expect.poll(() => models.length).toBeGreaterThan(4);
    for (let i = 1; i < times.length; i++) expect(times[i] - times[0]).toBeGreaterThan(430 * i - 300);
    const offline = await errorOf({ latencyHint, adaptive: true }, 4);
    const [expected, actual] = [offline.models[5].templates, models[4].templates];
    expect(correlation(actual, expected)).toBeGreaterThan(0.99);
  });

  test('what it has become stays when it ends, and a new model is followed from its beginning', async () => {
    const node = makeNode(context, { components: 2 });
    await node.adapt();
    expect([node.adapting, node.model]).toEqual([true, null]);
    await node.setModel(taught);
    expect(node.model).toBe(taught);
    play(context, sumOf(heardSources(2)), node).loop = true;
    await expect.poll(() => node.model).not.toBe(taught);
    await node.adapt(false);
    const kept = node.model!;
    expect(node.adapting).toBe(false);
    expect(kept).not.toBe(taught);
    expect(kept.labels).toEqual(taught.labels);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(node.model).toBe(kept);
    await node.adapt({ memorySeconds: 2, trust: 1 });
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(levelBelow(kept.templates, difference(kept.templates, node.model!.templates))).toBeLessThan(-100);
    await node.setModel(taught);
    expect(node.model).toBe(taught);
  });

  test('wrong options are refused, and change nothing', async () => {
    const node = makeNode(context, { components: 2, model: taught });
    await node.ready;
    await expect(node.adapt({ trust: 1.1 })).rejects.toThrow('trust: 1.1 given; it must be from 0 to 1.');
    await expect(node.adapt({ memorySeconds: 0.5 })).rejects.toThrow(RangeError);
    await expect(node.adapt({ speed: 1 } as never)).rejects.toThrow(TypeError);
    expect(() => makeNode(context, { adaptive: 'yes' as never })).toThrow('adaptive: "yes" given');
    expect(() => makeNode(context, { adaptive: { trust: -1 } })).toThrow('trust');
    expect(node.adapting).toBe(false);
    node.dispose();
    await expect(node.adapt()).rejects.toMatchObject({ name: 'InvalidStateError' });
    expect(node.adapting).toBe(false);
  });
});

describe('listening', () => {
  test('takes the next seconds of sound, and leaves silence out', async () => {
    const node = makeNode(context);
    await node.ready;
    const words = new Float32Array(RATE);
    words.set(noise(RATE / 4));
    words.set(noise(RATE / 5, 2), RATE / 2);
    play(context, words, node).loop = true;
    const heard = await node.listen(1);
    expect([heard.frames, heard.bins, heard.hopSize]).toEqual([Math.ceil(RATE / 512), 1025, 512]);
    for (let t = 0; t < heard.frames; t++) {
      expect(Math.max(...heard.magnitudes.subarray(t * 1025, (t + 1) * 1025))).toBeGreaterThan(0);
    }
    const { heardSeconds } = node.statistics;
    expect(heardSeconds).toBeGreaterThan(0.9);
    const { model } = await node.learn(heard, { iterations: 5, restarts: 1, clustering: 'none' });
    expect(model.components).toBe(3);
  });

  test('waits through silence, and ends by a signal, with the node, or not at all', async () => {
    const node = makeNode(context);
    await node.ready;
    const controller = new AbortController();
    const first = node.listen(0.5, { signal: controller.signal });
    const second = node.listen(0.5);
    const third = node.listen(0.5);
    const settled: string[] = [];
    for (const promise of [first, second, third])
      promise.then(
        () => settled.push('heard'),
        () => settled.push('ended'),
      );
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(settled).toEqual([]);
    controller.abort();
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
    await expect(node.listen(1, { signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
    play(context, noise(RATE), node);
    expect((await second).frames).toBe(Math.ceil((0.5 * RATE) / 512));
    await third;
    const last = node.listen(100);
    node.dispose();
    await expect(last).rejects.toMatchObject({ name: 'InvalidStateError' });
    await expect(node.listen(1)).rejects.toMatchObject({ name: 'InvalidStateError' });
  });

  test.each([0, -1, 121, Number.NaN, '1', undefined])('refuses %s seconds', async (seconds) => {
    const node = makeNode(context);
    await expect(node.listen(seconds as never)).rejects.toThrow(/^seconds: /);
  });
});

describe('the dry signal', () => {
  test.each(['playback', 'balanced', 'interactive'] as const)(
    'is the input, delayed by the latency, %s',
    async (latencyHint) => {
      const [low, mid, high] = threeSources(RATE, 1);
      const offline = new OfflineAudioContext(4, RATE, RATE);
      const node: NMFSeparatorNode = new Separator(offline, { channelCount: 1, latencyHint });
      await node.learn([low, mid, high], { iterations: 10, templatesPerComponent: 1 });
      const input = sumOf([low, mid, high]);
      play(offline, input, node);
      const merger = offline.createChannelMerger(4);
      for (let k = 0; k < 3; k++) node.connect(merger, k, k);
      node.dry.connect(merger, 0, 3);
      // A fader changes its own stream alone.
      node.components[2].gain.value = 0;
      merger.connect(offline.destination);
      const rendered = await offline.startRendering();
      const [first, second, third, dry] = [0, 1, 2, 3].map((k) => rendered.getChannelData(k).slice());
      const expected = delayed(input, Math.round(node.latency * RATE));
      expect(levelBelow(expected, difference(dry, expected))).toBeLessThan(-120);
      expect(third.every((sample) => sample === 0)).toBe(true);
      expect(levelBelow(dry, sumOf([first, second]))).toBeGreaterThan(-20);
    },
  );

  test('belongs to the node: it is one, the same, and silent after the end', async () => {
    const node = makeNode(context);
    expect(node.dry).toBe(node.dry);
    expect(node.dry.connect(context.destination)).toBe(context.destination);
    node.disconnect();
    node.dry.disconnect(context.destination);
    expect(() => node.dry.disconnect(context.destination)).toThrow();
  });
});
