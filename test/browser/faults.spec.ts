// Failures during a live performance: the sound continues, and the node recovers.
import { NMFSeparatorNode, type NMFSeparatorOptions } from 'nmf-separator-node';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { makeRecorder } from '../helpers/recorder.ts';
import { play, sumOf } from '../helpers/rendering.ts';
import { difference, levelBelow, noise, threeSources } from '../helpers/signals.ts';
import { sleep } from '../helpers/sleep.ts';
import { watchWorkers } from '../helpers/workers.ts';

let context: AudioContext;
const nodes: NMFSeparatorNode[] = [];
const workers = watchWorkers();

beforeAll(async () => {
  context = new AudioContext();
  await context.resume();
});

afterEach(() => {
  workers.refuse(0);
  for (const node of nodes.splice(0)) node.dispose();
});

function makeNode(options: NMFSeparatorOptions = {}): NMFSeparatorNode {
  const node = new NMFSeparatorNode(context, { channelCount: 1, ...options });
  nodes.push(node);
  return node;
}

/** Plays a mixture through the node during `during`. @returns level of (sum of components − delayed input) in dB */
async function differenceWhile(separator: NMFSeparatorNode, during: () => Promise<unknown>): Promise<number> {
  const recorder = await makeRecorder(context, 2, 14);
  await separator.ready;
  const merger = context.createChannelMerger(2);
  for (const component of separator.components) component.connect(merger, 0, 1);
  merger.connect(recorder.node);
  const source = play(context, sumOf(threeSources(context.sampleRate, 2)), separator);
  source.loop = true;
  source.connect(merger, 0, 0);
  await during();
  const { tracks, written } = await recorder.stop();
  source.stop();
  const delay = Math.round(separator.latency * context.sampleRate);
  const input = tracks[0].slice(0, written - delay);
  return levelBelow(input, difference(tracks[1].slice(delay, written), input));
}

test('a terminated worker is reported and restarted with the model and the rolling spectrogram; the sound continues', async () => {
  const separator = makeNode();
  const errors: Error[] = [];
  separator.error$.subscribe((error) => errors.push(error));
  const { model } = await separator.learn(sumOf(threeSources(context.sampleRate, 2)), { iterations: 20 });
  const level = await differenceWhile(separator, async () => {
    await expect.poll(() => separator.statistics.framesActivated).toBeGreaterThan(50);
    workers.newest().terminate();
    let hopsWithoutWorker = 0;
    separator.activations$.subscribe(() => hopsWithoutWorker++);
    await expect.poll(() => errors.length).toBe(1);
    expect(hopsWithoutWorker).toBeGreaterThan(100);
    const { framesActivated } = separator.statistics;
    await expect.poll(() => separator.statistics.framesActivated).toBeGreaterThan(framesActivated + 50);
  });
  expect(level).toBeLessThan(-120);
  expect(errors[0].message).toMatch(/worker/);
  expect(separator.state).toBe('ready');
  expect(separator.model).toBe(model);
  expect(separator.statistics.lateFrames).toBeGreaterThan(10);
});

test('restarting the worker is repeated until it succeeds', async () => {
  const separator = makeNode();
  const errors: Error[] = [];
  separator.error$.subscribe((error) => errors.push(error));
  await separator.learn(sumOf(threeSources(context.sampleRate, 2)), { iterations: 10 });
  play(context, noise(context.sampleRate * 20), separator);
  separator.components[0].connect(context.destination);
  workers.refuse(2);
  workers.newest().terminate();
  await expect.poll(() => errors.length).toBe(3);
  const { frames } = await separator.spectrogram();
  expect(frames).toBeGreaterThan(0);
  const { framesActivated } = separator.statistics;
  await expect.poll(() => separator.statistics.framesActivated).toBeGreaterThan(framesActivated);
});

test('learning has its own worker and works while the live worker is dead', async () => {
  const separator = makeNode();
  await separator.ready;
  workers.newest().terminate();
  const { model } = await separator.learn(sumOf(threeSources(context.sampleRate, 2)), { iterations: 10 });
  expect(separator.model).toBe(model);
});

test('separation continues after the context was suspended and resumed', async () => {
  const separator = makeNode();
  await separator.learn(sumOf(threeSources(context.sampleRate, 2)), { iterations: 10 });
  const level = await differenceWhile(separator, async () => {
    await sleep(500);
    await context.suspend();
    await sleep(500);
    await separator.learn(noise(context.sampleRate), { iterations: 5 });
    await context.resume();
    await sleep(700);
  });
  expect(level).toBeLessThan(-120);
  const { framesIn, framesActivated, lateFrames } = separator.statistics;
  expect(framesActivated).toBeGreaterThan(lateFrames);
  expect(framesIn).toBeGreaterThan(80);
});

test('closing the context during learning rejects the pending calls', async () => {
  const closing = new AudioContext();
  await closing.resume();
  const separator = new NMFSeparatorNode(closing, { channelCount: 1 });
  nodes.push(separator);
  await separator.ready;
  const learning = separator.learn(noise(closing.sampleRate * 5), { tolerance: 0, iterations: 5000 });
  const refused = expect(learning).rejects.toMatchObject({ name: 'InvalidStateError' });
  await expect.poll(() => separator.state).toBe('learning');
  await closing.close();
  await refused;
  await expect(separator.setModel(null)).rejects.toMatchObject({ name: 'InvalidStateError' });
});

test('inputs with 1, 2 and 6 channels are connected and disconnected', async () => {
  const separator = makeNode({ channelCount: 2 });
  await separator.learn(noise(context.sampleRate), { iterations: 5 });
  const recorder = await makeRecorder(context, 2, 8);
  for (const component of separator.components) component.connect(recorder.node);
  for (const channels of [1, 2, 6, 1]) {
    const buffer = context.createBuffer(channels, context.sampleRate / 2, context.sampleRate);
    for (let c = 0; c < channels; c++) buffer.getChannelData(c).set(noise(buffer.length, c + 1));
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(separator);
    source.start();
    await sleep(300);
    source.disconnect();
    await sleep(100);
  }
  const { tracks } = await recorder.stop();
  for (const track of tracks) {
    expect(track.every(Number.isFinite)).toBe(true);
    expect(Math.max(...track.map(Math.abs).filter((_, n) => n % 5 === 0))).toBeGreaterThan(0.1);
  }
  expect(separator.state).toBe('ready');
});

test('non-finite samples are replaced by zero and counted', async () => {
  const separator = makeNode();
  await separator.learn(noise(context.sampleRate), { iterations: 5 });
  const recorder = await makeRecorder(context, 1, 8);
  for (const component of separator.components) component.connect(recorder.node);
  const samples = noise(context.sampleRate);
  for (let n = 1000; n < samples.length; n += 1000) samples[n] = n % 2000 ? Number.NaN : Number.POSITIVE_INFINITY;
  play(context, samples, separator);
  await expect.poll(() => separator.statistics.nonFiniteSamples).toBeGreaterThan(20);
  const { tracks } = await recorder.stop();
  expect(tracks[0].findIndex((sample) => !Number.isFinite(sample))).toBe(-1);
  expect(tracks[0].some((sample) => sample !== 0)).toBe(true);
});

test('32 nodes run at once, and none leaves a worker behind', async () => {
  const before = workers.alive();
  const many = Array.from({ length: 32 }, () => makeNode({ components: 2, fftSize: 1024 }));
  await Promise.all(many.map(({ ready }) => ready));
  const source = play(context, noise(context.sampleRate), many[0]);
  source.loop = true;
  for (const node of many.slice(1)) source.connect(node);
  await expect.poll(() => many.every(({ statistics }) => statistics.framesIn > 20)).toBe(true);
  for (const node of many) node.dispose();
  source.stop();
  expect(workers.alive()).toBe(before);
  await expect(many[0].learn(noise(44100))).rejects.toMatchObject({ name: 'InvalidStateError' });
});
