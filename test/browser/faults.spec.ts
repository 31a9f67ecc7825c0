// Failures during a live performance: the sound continues, and the node recovers.
import { NMFModel, NMFSeparatorNode, type NMFSeparatorOptions } from 'nmf-separator-node';
import { firstValueFrom } from 'rxjs';
import { afterEach, beforeAll, expect, inject, test } from 'vitest';
import { changedWorker } from '../helpers/changedWorker.ts';
import { largeModel } from '../helpers/largeModel.ts';
import { differenceWhile } from '../helpers/liveDifference.ts';
import { makeRecorder } from '../helpers/recorder.ts';
import { play, sumOf } from '../helpers/rendering.ts';
import { noise, threeSources } from '../helpers/signals.ts';
import { sleep } from '../helpers/sleep.ts';
import { watchWorkers } from '../helpers/workers.ts';

/** So large that their shifted copies take seconds. */
const MANY = { fftSize: 2048, components: 32, templatesPerComponent: 32, pitchShifts: 7 };
const LONG = { fftSize: 16384, components: 16, templatesPerComponent: 32, pitchShifts: 7 };

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

test('a terminated worker is reported and restarted with the model and the rolling spectrogram; the sound continues', async () => {
  const separator = makeNode();
  const errors: Error[] = [];
  separator.error$.subscribe((error) => errors.push(error));
  const { model } = await separator.learn(sumOf(threeSources(context.sampleRate, 2)), { iterations: 20 });
  const level = await differenceWhile(context, separator, async () => {
    await expect.poll(() => separator.statistics.framesActivated).toBeGreaterThan(50);
    workers.refuse(3);
    workers.newest().terminate();
    const { framesIn } = separator.statistics;
    await expect.poll(() => separator.statistics.framesIn).toBeGreaterThan(framesIn + 100);
    const { framesActivated } = separator.statistics;
    await expect.poll(() => separator.statistics.framesActivated).toBeGreaterThan(framesActivated + 50);
  });
  expect(level).toBeLessThan(-120);
  expect(errors[0].message).toBe('The worker has died.');
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
  const { frames } = await separator.spectrogram();
  expect(frames).toBeGreaterThan(0);
  const { framesActivated } = separator.statistics;
  await expect.poll(() => separator.statistics.framesActivated).toBeGreaterThan(framesActivated);
  // The death, and once that another worker was refused: the second refusal is the same fault.
  expect(errors.map(({ message }) => message)).toEqual([
    expect.stringContaining('has died'),
    expect.stringContaining('refuses this worker'),
  ]);
});

test('a worker that computes for long is not taken for dead', async () => {
  const separator = makeNode({
    workerUrl: changedWorker(`for (const end = Date.now() + 4000; data === 'compute' && Date.now() < end;);`),
  });
  const errors: Error[] = [];
  separator.error$.subscribe((error) => errors.push(error));
  await separator.ready;
  const worker = workers.newest();
  worker.postMessage('compute');
  await sleep(100);
  await separator.spectrogram();
  expect(errors).toEqual([]);
  expect(workers.newest()).toBe(worker);
});

test('a call that kills every worker is given up', async () => {
  const separator = makeNode({
    workerUrl: changedWorker(`if (data.path?.[0] === 'spectrogram') { event.stopImmediatePropagation(); close(); }`),
  });
  await separator.ready;
  const before = workers.made();
  await expect(separator.spectrogram()).rejects.toThrow(/workers have died/);
  expect(workers.made() - before).toBeLessThan(5);
  const { model } = await separator.learn(sumOf(threeSources(context.sampleRate, 2)), { iterations: 10 });
  expect([separator.model, separator.state]).toEqual([model, 'ready']);
});

test('a model that kills every worker is given up, and another one taken', async () => {
  const separator = makeNode({
    workerUrl: changedWorker(
      `if (JSON.stringify(data).includes('"pitchShifts":7')) { event.stopImmediatePropagation(); close(); }`,
    ),
  });
  const { model } = await separator.learn(sumOf(threeSources(context.sampleRate, 2)), { iterations: 10 });
  const before = workers.made();
  const deadly = NMFModel.fromJSON({ ...model.toJSON(), pitchShifts: 7 });
  await expect(separator.setModel(deadly)).rejects.toThrow(/workers have died/);
  expect(workers.made() - before).toBeLessThan(10);
  expect([separator.model, separator.state]).toEqual([model, 'ready']);
  await separator.setModel(null);
  expect(separator.model).toBe(null);
});

test('learning is told that its worker was killed', async () => {
  const separator = makeNode();
  await separator.ready;
  const learning = separator.learn(noise(context.sampleRate * 5), { tolerance: 0, iterations: 5000 });
  void firstValueFrom(separator.progress$).then(() => workers.newest().terminate());
  await expect(learning).rejects.toThrow(/worker has died/);
  expect(separator.state).toBe('ready');
});

// How copies are made does not depend on how frames are transported: one is enough on other pages.
test.each(inject('isolated') ? [MANY, LONG] : [MANY])(
  'a large model arrives once, and live activation goes on meanwhile: %o',
  { timeout: 120_000 },
  async (large) => {
    const { sampleRate } = context;
    const { fftSize, components } = large;
    const separator = makeNode({ components, fftSize });
    const errors: Error[] = [];
    separator.error$.subscribe((error) => errors.push(error));
    await separator.learn(noise(20 * fftSize), { iterations: 2, restarts: 1 });
    play(context, noise(sampleRate), separator).loop = true;
    separator.components[0].connect(context.destination);
    await expect.poll(() => separator.statistics.framesActivated).toBeGreaterThan(0);
    const before = { workers: workers.made(), ...separator.statistics };
    const model = largeModel({ ...large, sampleRate });
    await separator.setModel(model);
    const activated = separator.statistics.framesActivated - before.framesActivated;
    const late = separator.statistics.lateFrames - before.lateFrames;
    console.log(`activated by the worker: ${activated}, late: ${late}`);
    expect(activated).toBeGreaterThan(late);
    expect(separator.model).toBe(model);
    expect(errors).toEqual([]);
    expect(workers.made()).toBe(before.workers);
  },
);

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
  const level = await differenceWhile(context, separator, async () => {
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
