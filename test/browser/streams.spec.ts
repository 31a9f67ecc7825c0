// The outputs of a node besides sound: observables, DOM events, and properties to poll.
import { type NMFModel, NMFSeparatorNode, type NMFSeparatorOptions } from 'nmf-separator-node';
import type { Observable } from 'rxjs';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { brokenWorklet } from '../helpers/brokenWorklet.ts';
import { watchMessages } from '../helpers/messages.ts';
import { play } from '../helpers/rendering.ts';
import { noise } from '../helpers/signals.ts';

const QUICK = { iterations: 5, restarts: 1 } as const;
const RATE = 44100;
const STREAMS = ['state$', 'model$', 'progress$', 'activations$', 'onsets$', 'spectrogram$', 'error$'] as const;

let context: AudioContext;
const nodes: NMFSeparatorNode[] = [];

beforeAll(async () => {
  context = new AudioContext();
  await context.resume();
});

afterEach(() => {
  for (const node of nodes.splice(0)) node.dispose();
});

function makeNode(where: BaseAudioContext, options: NMFSeparatorOptions = {}): NMFSeparatorNode {
  const node = new NMFSeparatorNode(where, { channelCount: 1, fftSize: 1024, ...options });
  nodes.push(node);
  return node;
}

const offline = () => new OfflineAudioContext(1, RATE, RATE);

/** Records everything that a stream emits from now on. */
function record<T>(stream: Observable<T>) {
  const recorded = { values: [] as T[], completed: false };
  const subscription = stream.subscribe({
    next: (value) => recorded.values.push(value),
    complete: () => {
      recorded.completed = true;
    },
  });
  return Object.assign(recorded, { stop: () => subscription.unsubscribe() });
}

test('each stream is the same object on every access, hot and shared', async () => {
  const node = makeNode(context);
  for (const name of STREAMS) expect(node[name], name).toBe(node[name]);
  const early = record(node.activations$);
  await expect.poll(() => early.values.length).toBeGreaterThan(5);
  const countBefore = early.values.length;
  const late = record(node.activations$);
  expect(late.values).toHaveLength(0);
  await expect.poll(() => late.values.length).toBeGreaterThan(5);
  for (const [i, frame] of late.values.entries()) expect(early.values[countBefore + i]).toBe(frame);
});

test('activations are emitted once a hop, also without a model, and the newest can be polled', async () => {
  const node = makeNode(context);
  const polled = node.activations;
  const recorded = record(node.activations$);
  play(context, noise(context.sampleRate), node).loop = true;
  await expect.poll(() => recorded.values.length).toBeGreaterThan(20);
  expect(polled.every((value) => value === 0)).toBe(true);
  await node.learn(noise(context.sampleRate), QUICK);
  await expect.poll(() => polled.some((value) => value > 0)).toBe(true);
  await node.setModel(null);
  await expect.poll(() => polled.some((value) => value > 0)).toBe(false);
  const { values } = recorded;
  expect(node.activations).toBe(polled);
  expect([...polled]).toEqual([...values[values.length - 1].values]);
  const hop = node.hopSize / context.sampleRate;
  for (const [i, { time }] of values.entries()) expect(time).toBeCloseTo(values[0].time + i * hop, 6);
  // A frame's time is when it is heard: near the context's current time.
  expect(Math.abs(values[values.length - 1].time - context.currentTime)).toBeLessThan(1);
});

test('spectrogram frames are sent to the main thread only while there is a subscriber', async () => {
  const messages = watchMessages();
  const node = makeNode(context);
  const hops = record(node.activations$);
  const wait = async (count: number) => {
    const start = hops.values.length;
    await expect.poll(() => hops.values.length).toBeGreaterThan(start + count);
  };
  await node.ready;
  await wait(20);
  expect(messages.count('frame')).toBe(0);
  const watchers = [record(node.spectrogram$), record(node.spectrogram$)];
  await expect.poll(() => watchers[0].values.length).toBeGreaterThan(10);
  const [first, second] = watchers.map(({ values }) => values);
  expect(first[5]).toBe(second[5]);
  expect(first[5].magnitudes).toHaveLength(513);
  expect(messages.count('frame')).toBe(first.length);
  watchers[0].stop();
  await wait(20);
  expect(second.length).toBeGreaterThan(first.length);
  watchers[1].stop();
  await wait(20);
  const sent = messages.count('frame');
  await wait(20);
  expect(messages.count('frame')).toBe(sent);
  messages.stop();
});

test('streams complete on dispose, and replaying ones still give their last value to late subscribers', async () => {
  const node = makeNode(offline());
  const { model } = await node.learn(noise(RATE), QUICK);
  expect(record(node.state$).values).toEqual(['ready']);
  expect(record(node.model$).values).toEqual([model]);
  const early = STREAMS.map((name) => record<unknown>(node[name]));
  node.dispose();
  for (const [i, { completed }] of early.entries()) expect(completed, STREAMS[i]).toBe(true);
  const late = STREAMS.map((name) => record<unknown>(node[name]));
  expect(late.map(({ values }) => values)).toEqual([['disposed'], [model], [], [], [], [], []]);
  for (const [i, { completed }] of late.entries()) expect(completed, STREAMS[i]).toBe(true);
});

test('states and models are emitted in order, and each statechange event matches state$', async () => {
  const node = makeNode(offline());
  const states = record(node.state$);
  const events: string[] = [];
  node.addEventListener('statechange', ({ target }) => {
    expect(target).toBe(node);
    events.push(node.state);
  });
  const models = record(node.model$);
  const { model } = await node.learn(noise(RATE), QUICK);
  await node.setModel(null);
  await node.setModel(model);
  await expect(node.learn(new Float32Array(RATE))).rejects.toThrow(RangeError);
  node.dispose();
  expect(states.values).toEqual(['loading', 'ready', 'learning', 'ready', 'learning', 'ready', 'disposed']);
  expect(events).toEqual(states.values.slice(1));
  expect(models.values).toEqual<(NMFModel | null)[]>([null, model, null, model]);
});

test('progress is reported during learning', async () => {
  const node = makeNode(offline());
  const { values } = record(node.progress$);
  await node.learn(noise(4 * RATE), { iterations: 12, tolerance: 0, restarts: 2, clustering: 'none' });
  expect(values.length).toBeGreaterThan(0);
  const steps = values.map(({ restart, iteration }) => 12 * restart + iteration);
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
  for (const { iterations, restarts, loss } of values) expect([iterations, restarts, loss > 0]).toEqual([12, 2, true]);
});

test('a loading error reaches ready, error$ and learn', async () => {
  const node = makeNode(offline(), { workletUrl: '/nowhere/worklet.js' });
  const errors = record(node.error$);
  const cause = await node.ready.catch((error: Error) => error);
  expect(errors.values).toEqual([cause]);
  expect([errors.completed, node.state]).toEqual([false, 'failed']);
  await expect(node.learn(noise(RATE))).rejects.toBe(cause);
  node.dispose();
  expect([errors.completed, node.state]).toEqual([true, 'disposed']);
});

test('an error in the processor fires processorerror, as on any AudioWorkletNode', async () => {
  const where = offline();
  const node = makeNode(where, { workletUrl: brokenWorklet(0.3, 'the test breaks it') });
  const errors = record(node.error$);
  const events: ErrorEvent[] = [];
  node.addEventListener('processorerror', (event) => events.push(event as ErrorEvent));
  await node.ready;
  node.connect(where.destination);
  await where.startRendering();
  await expect.poll(() => node.state).toBe('failed');
  expect(events).toHaveLength(1);
  expect([events[0].type, events[0].target]).toEqual(['processorerror', node]);
  expect(errors.values).toHaveLength(1);
  expect(errors.values[0].message).toMatch(/processor/);
  await expect(node.learn(noise(RATE))).rejects.toBe(errors.values[0]);
  expect(node.state).toBe('failed');
});
