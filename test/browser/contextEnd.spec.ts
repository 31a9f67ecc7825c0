// The end of a context is the end of its nodes.
import { NMFSeparatorNode } from 'nmf-separator-node';
import { describe, expect, test } from 'vitest';
import { OFFLINE_FAMILIES } from '../helpers/families.ts';
import { play } from '../helpers/rendering.ts';
import { noise } from '../helpers/signals.ts';
import { watchWorkers } from '../helpers/workers.ts';

const RATE = 44100;
const HOP = 512;
const OPTIONS = { components: 2, channelCount: 1 } as const;
const ENDED = { name: 'InvalidStateError' };
const workers = watchWorkers();

/** Resolves to the values that a stream told before it completed. */
function untilComplete<T>(stream: { subscribe(observer: { next(value: T): void; complete(): void }): unknown }) {
  const values: T[] = [];
  return new Promise<T[]>((resolve) => {
    stream.subscribe({ next: (value) => values.push(value), complete: () => resolve(values) });
  });
}

async function expectEnd(separator: NMFSeparatorNode): Promise<void> {
  expect(await untilComplete(separator.state$)).not.toContain('failed');
  expect(separator.state).toBe('disposed');
  expect(workers.alive()).toBe(0);
  await expect(separator.learn(noise(RATE))).rejects.toMatchObject(ENDED);
  await expect(separator.setModel(null)).rejects.toMatchObject(ENDED);
  separator.dispose();
}

test('a live context that is closed', async () => {
  const context = new AudioContext();
  await context.resume();
  const separator = new NMFSeparatorNode(context, OPTIONS);
  const errors = untilComplete(separator.error$);
  await separator.ready;
  const learning = expect(
    separator.learn(noise(5 * RATE), { tolerance: 0, iterations: 100_000 }),
  ).rejects.toMatchObject(ENDED);
  await expect.poll(() => separator.state).toBe('learning');
  // The node hears of it before those who listen later.
  const state = new Promise((resolve) => {
    context.addEventListener('statechange', () => resolve(separator.state));
  });
  await context.close();
  expect(await state).toBe('disposed');
  await learning;
  await expectEnd(separator);
  expect(await errors).toEqual([]);
});

test('a live context that is closed before the node is ready, and one that was closed before', async () => {
  const context = new AudioContext();
  const early = new NMFSeparatorNode(context, OPTIONS);
  await context.close();
  const late = new NMFSeparatorNode(context, OPTIONS);
  for (const separator of [early, late]) {
    await expect(separator.ready).rejects.toMatchObject({ ...ENDED, message: expect.stringMatching(/closed/) });
    await expectEnd(separator);
  }
});

describe.each(OFFLINE_FAMILIES)('an offline context of the family %s', (_name, make) => {
  test('that has rendered: everything is told first', async () => {
    const context = make(1, 4 * RATE + 77, RATE);
    const separator = new NMFSeparatorNode(context, OPTIONS);
    const told = untilComplete(separator.activations$);
    play(context, noise(4 * RATE), separator);
    separator.connect(context.destination);
    await separator.learn(noise(RATE), { iterations: 5 });
    await context.startRendering();
    const frames = await told;
    expect(frames.length).toBe(separator.statistics.framesIn);
    expect(frames.length).toBe(Math.floor(context.length / HOP));
    await expectEnd(separator);
  });

  test('that has rendered before the node was ready: it says what was forgotten', async () => {
    const context = make(1, RATE, RATE);
    const separator = new NMFSeparatorNode(context, OPTIONS);
    play(context, noise(RATE), separator);
    separator.connect(context.destination);
    // Nothing is awaited here.
    await context.startRendering();
    await expect(separator.ready).rejects.toMatchObject({
      ...ENDED,
      message: expect.stringMatching(/await its `ready` before startRendering/),
    });
    await expectEnd(separator);
  });
});
