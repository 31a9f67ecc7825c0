// Nodes share a worker, where it has room for them.
import { NMFModel, type NMFSeparatorNode } from 'nmf-separator-node';
import { expect, test } from 'vitest';
import { changedWorker } from '../helpers/changedWorker.ts';
import { running } from '../helpers/contexts.ts';
import { largeModel } from '../helpers/largeModel.ts';
import { differenceWhile } from '../helpers/liveDifference.ts';
import { temporaryNodes } from '../helpers/nodes.ts';
import { play, sound } from '../helpers/rendering.ts';
import { noise } from '../helpers/signals.ts';
import { watchWorkers } from '../helpers/workers.ts';

const context = await running(new AudioContext());
const makeNode = temporaryNodes();
const workers = watchWorkers();

/** Two templates. */
function lightModel({ context: { sampleRate }, fftSize, hopSize, window }: NMFSeparatorNode, pitchShifts = 0) {
  const bins = fftSize / 2 + 1;
  const templates = Float32Array.from({ length: 2 * bins }, (_, i) => (i % 2 ? 2 : 1) / bins);
  const described = { components: 2, componentOf: Uint8Array.of(0, 1), divergence: 'kullback-leibler' as const };
  return new NMFModel({ templates, ...described, sampleRate, fftSize, hopSize, window, pitchShifts });
}

/** 1600 templates, with their copies. */
function heavyModel({ context: { sampleRate }, fftSize }: NMFSeparatorNode) {
  return largeModel({ sampleRate, fftSize, components: 2, templatesPerComponent: 32, pitchShifts: 12 });
}

async function modelled(node: NMFSeparatorNode): Promise<NMFSeparatorNode> {
  await node.setModel(lightModel(node));
  return node;
}

/** Nodes with a model each, noise through all of them, and what they report. */
async function playThrough(count: number, contexts: readonly AudioContext[] = [context]) {
  const nodes = Array.from({ length: count }, (_, i) => makeNode(contexts[i % contexts.length], { components: 2 }));
  const errors: Error[] = [];
  for (const node of nodes) node.error$.subscribe((error) => errors.push(error));
  for (const node of nodes) {
    await modelled(node);
    play(node.context as AudioContext, noise(node.context.sampleRate), node).loop = true;
  }
  return { nodes, errors };
}

/** Resolves when the worker has activated so many more frames of every node. */
async function untilActivated(nodes: readonly NMFSeparatorNode[], frames: number): Promise<void> {
  const before = nodes.map(({ statistics }) => statistics.framesActivated);
  const least = () => Math.min(...nodes.map(({ statistics }, i) => statistics.framesActivated - before[i]));
  await expect.poll(least).toBeGreaterThan(frames);
}

test('eight nodes share a worker; when it is killed all go on, and come back to another one', async () => {
  const before = workers.made();
  const { nodes, errors } = await playThrough(7);
  const heard = await modelled(makeNode(context, { components: 2 }));
  await untilActivated(nodes, 20);
  expect(workers.made() - before).toBe(1);
  const level = await differenceWhile(context, heard, async () => {
    workers.newest().terminate();
    await expect.poll(() => errors.length).toBe(7);
    await untilActivated([...nodes, heard], 20);
  });
  expect(level).toBeLessThan(-120);
  expect(new Set(errors.map(({ message }) => message))).toEqual(new Set(['The worker has died.']));
  expect(workers.made() - before).toBe(2);
  expect(heard.state).toBe('ready');
});

test('nodes of several sample rates and sizes share a worker, and each has its own frames', async () => {
  const before = workers.made();
  const rates = [22050, 32000, 48000];
  const contexts = await Promise.all(rates.map((sampleRate) => running(new AudioContext({ sampleRate }))));
  const { nodes } = await playThrough(3, contexts);
  const other = makeNode(context, { components: 2, fftSize: 512 });
  await other.ready;
  await untilActivated(nodes, 20);
  expect(workers.made() - before).toBe(1);
  for (const [i, node] of nodes.entries()) {
    const { sampleRate, bins, frames } = await node.spectrogram();
    expect([sampleRate, bins]).toEqual([rates[i], 1025]);
    expect(frames).toBeGreaterThan(20);
  }
  expect((await other.spectrogram()).bins).toBe(257);
});

test('the worker stays as long as one of its nodes does, and serves no other', async () => {
  const before = workers.alive();
  const { nodes, errors } = await playThrough(3);
  expect(workers.alive() - before).toBe(1);
  const [first, second, third] = nodes;
  first.dispose();
  await expect(first.spectrogram()).rejects.toMatchObject({ name: 'InvalidStateError' });
  await untilActivated([second, third], 10);
  second.dispose();
  await untilActivated([third], 10);
  third.dispose();
  expect(workers.alive()).toBe(before);
  expect(errors).toEqual([]);
});

test('a node whose model is heavy moves to a worker of its own, and what it was asked for meanwhile comes', async () => {
  const before = workers.alive();
  const { nodes, errors } = await playThrough(2);
  const heavy = await modelled(makeNode(context, { components: 2 }));
  await untilActivated(nodes, 10);
  const heard = heavy.listen(1.5);
  const watched: number[] = [];
  heavy.spectrogram$.subscribe(({ time }) => watched.push(time));
  const model = heavyModel(heavy);
  const level = await differenceWhile(context, heavy, async () => {
    await heavy.setModel(model);
    await untilActivated(nodes, 20);
    await heard;
  });
  expect(level).toBeLessThan(-120);
  expect(workers.alive() - before).toBe(2);
  expect((await heard).frames).toBeGreaterThan(60);
  expect(heavy.model).toBe(model);
  const { length } = watched;
  play(context, noise(context.sampleRate), heavy);
  await expect.poll(() => watched.length).toBeGreaterThan(length + 10);
  // The rolling spectrogram has come along.
  expect((await heavy.spectrogram()).frames).toBeGreaterThan(30);
  expect(errors).toEqual([]);
  // Others find room where they were.
  await makeNode(context).ready;
  expect(workers.alive() - before).toBe(2);
});

test('a heavy model stays where nobody else is', async () => {
  const node = makeNode(context, { components: 2 });
  await node.ready;
  const before = workers.made();
  await node.setModel(heavyModel(node));
  expect(workers.made()).toBe(before);
  await makeNode(context).ready;
  expect(workers.made()).toBe(before + 1);
});

test('a model that kills its worker takes other nodes with it once, and no more', async () => {
  const workerUrl = changedWorker(
    `if (JSON.stringify(data).includes('"pitchShifts":3')) { event.stopImmediatePropagation(); close(); }`,
  );
  const [deadly, bystander] = [0, 1].map(() => makeNode(context, { components: 2, workerUrl }));
  const errors: Error[] = [];
  bystander.error$.subscribe((error) => errors.push(error));
  await modelled(bystander);
  play(context, noise(context.sampleRate), bystander).loop = true;
  await expect(deadly.setModel(lightModel(deadly, 3))).rejects.toThrow(/workers have died/);
  expect(errors).toHaveLength(1);
  await untilActivated([bystander], 20);
  await sound(context, 0.2);
  expect(errors).toHaveLength(1);
});
