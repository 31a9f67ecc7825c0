import { NMFModel, NMFSeparatorNode, type NMFSeparatorOptions } from 'nmf-separator-node';
import { afterEach, describe, expect, test } from 'vitest';
import { play, renderComponents, sumOf } from '../helpers/rendering.ts';
import { energy, noise, threeSources } from '../helpers/signals.ts';

const RATE = 44100;
const nodes: NMFSeparatorNode[] = [];

afterEach(() => {
  for (const node of nodes.splice(0)) node.dispose();
});

function makeNode(
  options: NMFSeparatorOptions = {},
  context: BaseAudioContext = new OfflineAudioContext(3, RATE, RATE),
) {
  const node = new NMFSeparatorNode(context, options);
  nodes.push(node);
  return node;
}

describe('the constructor throws for invalid options', () => {
  test.each([
    [{ components: 0 }, RangeError, /components.*0.*1.*32/],
    [{ components: 2.5 }, RangeError, /components.*2\.5/],
    [{ components: '3' }, TypeError, /components.*"3"/],
    [{ fftSize: 1000 }, RangeError, /fftSize.*1000/],
    [{ fftSize: 32768 }, RangeError, /fftSize.*32768/],
    [{ hopSize: 96 }, RangeError, /hopSize.*96/],
    [{ hopSize: 2048 }, RangeError, /hopSize.*2048/],
    [{ latencyHint: 'balanced', hopSize: 512 }, RangeError, /hopSize.*512.*128, 256/],
    [{ window: 'hamming' }, RangeError, /window.*"hamming"/],
    [{ latencyHint: 'fast' }, RangeError, /latencyHint/],
    [{ divergence: 'kl' }, RangeError, /divergence.*"kl"/],
    [{ activation: 'main' }, RangeError, /activation/],
    [{ channelCount: 33 }, RangeError, /channelCount.*33/],
    [{ historySeconds: 121 }, RangeError, /historySeconds.*121/],
    [{ maskExponent: Number.NaN }, RangeError, /maskExponent.*NaN/],
    [{ model: {} }, TypeError, /model/],
    [{ workletUrl: 5 }, TypeError, /workletUrl/],
  ])('%j', (options, type, message) => {
    const make = () => makeNode(options as NMFSeparatorOptions);
    expect(make).toThrow(type);
    expect(make).toThrow(message);
  });

  test('not a context', () => {
    expect(() => new NMFSeparatorNode({} as AudioContext)).toThrow(TypeError);
  });
});

describe('learn rejects invalid input and keeps the model', () => {
  test.each([
    ['silence', new Float32Array(RATE), /silent/],
    ['less than one frame', noise(1000), /1000 samples/],
    ['a sample that is NaN', noise(RATE).fill(Number.NaN, 5, 6), /NaN at index 5/],
    ['an infinite sample', noise(RATE).fill(Number.POSITIVE_INFINITY, 9, 10), /Infinity/],
    ['no input so far', undefined, /0\.00 seconds of sound/],
    ['too many clips', [noise(RATE), noise(RATE)], /2 clips given for 3/],
  ])('%s', async (_what, clip, message) => {
    const node = makeNode();
    const { model } = await node.learn(noise(RATE), { iterations: 5 });
    const learning = node.learn(clip as Float32Array);
    await expect(learning).rejects.toThrow(RangeError);
    await expect(learning).rejects.toThrow(message);
    expect(node.model).toBe(model);
    expect(node.state).toBe('ready');
  });

  test('more templates than frames', async () => {
    await expect(makeNode().learn(noise(4096), { templatesPerComponent: 64 })).rejects.toThrow(
      /too few for 192 templates/,
    );
  });

  test.each([
    { iterations: 0 },
    { tolerance: -1 },
    { restarts: 1.5 },
    { hold: [3] },
    { order: 'size' },
    { solver: 'newton' },
  ])('invalid option %j', async (options) => {
    await expect(makeNode().learn(noise(RATE), options as never)).rejects.toThrow(Object.keys(options)[0]);
  });

  test.each([
    ['hold', noise(RATE), { hold: [1] }],
    ['null clips', [noise(RATE), null, null], {}],
  ])('%s without a model', async (_what, clip, options) => {
    await expect(makeNode().learn(clip as Float32Array, options)).rejects.toMatchObject({ name: 'InvalidStateError' });
  });

  test('an abort before and during learning', async () => {
    const node = makeNode();
    await expect(node.learn(noise(RATE), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
    const controller = new AbortController();
    const learning = node.learn(noise(10 * RATE), { iterations: 100_000, tolerance: 0, signal: controller.signal });
    node.progress$.subscribe(() => controller.abort());
    await expect(learning).rejects.toMatchObject({ name: 'AbortError' });
    expect([node.model, node.state]).toEqual([null, 'ready']);
    await node.learn(noise(RATE), { iterations: 5 });
    expect(node.model).toBeInstanceOf(NMFModel);
  });
});

test('setModel converts models of another shape, rejects those that do not fit, and keeps separating', async () => {
  const context = new OfflineAudioContext(3, RATE, RATE);
  const node = makeNode({ channelCount: 1 }, context);
  const mixture = sumOf(threeSources(RATE, 1));
  const { model } = await node.learn(mixture, { iterations: 5 });
  const other = (change: object) => ({ ...model.toJSON(), ...change });
  for (const change of [{ sampleRate: 48_000 }, { window: 'blackman-harris' }]) {
    await node.setModel(other(change));
    expect(node.model).toMatchObject({ sampleRate: RATE, fftSize: 2048, window: 'hann', labels: model.labels });
  }
  await node.setModel(model);
  await expect(node.setModel(other({ window: 'square' }))).rejects.toThrow(/window/);
  await expect(node.setModel(other({ fftSize: 4096 }))).rejects.toThrow(RangeError);
  await expect(makeNode({ components: 2 }).setModel(model)).rejects.toThrow(/3 components/);
  expect(node.model).toBe(model);
  play(context, mixture, node);
  const streams = await renderComponents(context, node);
  expect(energy(sumOf(streams))).toBeGreaterThan(0.5 * energy(mixture));
});

test('nonexistent outputs, inputs and connections throw', async () => {
  const context = new OfflineAudioContext(1, 128, RATE);
  const node = makeNode({}, context);
  const gain = context.createGain();
  expect(() => node.connect(gain, 3)).toThrow(expect.objectContaining({ name: 'IndexSizeError' }));
  expect(() => node.connect(gain, -1)).toThrow(expect.objectContaining({ name: 'IndexSizeError' }));
  expect(() => node.connect(gain, 0, 1)).toThrow(expect.objectContaining({ name: 'IndexSizeError' }));
  expect(() => node.disconnect(7)).toThrow(expect.objectContaining({ name: 'IndexSizeError' }));
  expect(() => node.disconnect(gain)).toThrow(expect.objectContaining({ name: 'InvalidAccessError' }));
  expect(() => node.disconnect(gain, 1)).toThrow(expect.objectContaining({ name: 'InvalidAccessError' }));
  expect(node.connect(gain, 2)).toBe(gain);
  node.disconnect(gain);
  expect(() => {
    node.channelCount = 1;
  }).toThrow(expect.objectContaining({ name: 'InvalidStateError' }));
  expect([node.numberOfInputs, node.numberOfOutputs, node.channelCount]).toEqual([1, 3, 2]);
});

test('a disposed node rejects every call', async () => {
  const context = new OfflineAudioContext(1, 128, RATE);
  const node = makeNode({}, context);
  const pending = node.learn(noise(RATE), { iterations: 1000 });
  node.dispose();
  node.dispose();
  const refusal = { name: 'InvalidStateError' };
  await expect(pending).rejects.toMatchObject(refusal);
  await expect(node.ready).rejects.toMatchObject(refusal);
  await expect(node.learn(noise(RATE))).rejects.toMatchObject(refusal);
  await expect(node.setModel(null)).rejects.toMatchObject(refusal);
  await expect(node.spectrogram()).rejects.toMatchObject(refusal);
  expect(() => node.connect(context.destination)).toThrow(expect.objectContaining(refusal));
  node.disconnect();
  expect(node.state).toBe('disposed');
});

test('non-finite samples are replaced by zero and counted', async () => {
  const context = new OfflineAudioContext(3, RATE, RATE);
  const node = makeNode({ channelCount: 1 }, context);
  const signal = noise(RATE);
  signal.fill(Number.NaN, 20_000, 20_005);
  signal[30_000] = Number.POSITIVE_INFINITY;
  play(context, signal, node);
  await node.ready;
  const sum = sumOf(await renderComponents(context, node));
  expect(sum.every(Number.isFinite)).toBe(true);
  await expect.poll(() => node.statistics.nonFiniteSamples).toBe(6);
});

test('when the worklet or worker does not load, ready is rejected with advice', async () => {
  const withoutWorklet = makeNode({ workletUrl: '/nowhere/worklet.js' });
  await expect(withoutWorklet.ready).rejects.toThrow(/script-src/);
  expect(withoutWorklet.state).toBe('failed');
  await expect(makeNode({ workerUrl: '/nowhere/worker.js' }).ready).rejects.toThrow(/worker-src/);
});
