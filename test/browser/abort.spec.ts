import { NMFSeparatorNode } from 'nmf-separator-node';
import { expect, test } from 'vitest';
import { play, renderComponents, sumOf } from '../helpers/rendering.ts';
import { energy, noise, threeSources } from '../helpers/signals.ts';

const RATE = 44100;
const ABORTED = { name: 'AbortError' };

/** Options of a `learn` that runs until it is aborted */
const ENDLESS = { iterations: 100_000, tolerance: 0, restarts: 1 } as const;

async function separatorWithModel() {
  const context = new OfflineAudioContext(3, RATE, RATE);
  const node = new NMFSeparatorNode(context, { channelCount: 1 });
  const { model } = await node.learn(noise(RATE), { iterations: 2 });
  return { context, node, model };
}

test('abort before learning, while it is queued, and while it runs', async () => {
  const { context, node, model } = await separatorWithModel();
  await expect(node.learn(noise(RATE), { signal: AbortSignal.abort() })).rejects.toMatchObject(ABORTED);

  const [running, waiting] = [new AbortController(), new AbortController()];
  const states: string[] = [];
  node.state$.subscribe((state) => states.push(state));
  const first = node.learn(noise(RATE, 2), { ...ENDLESS, signal: running.signal });
  const second = node.learn(noise(RATE, 3), { ...ENDLESS, signal: waiting.signal });
  const third = node.learn(noise(RATE, 4), { iterations: 2 });
  first.catch(() => {});
  second.catch(() => {});
  await new Promise((resolve) => node.progress$.subscribe(resolve));
  waiting.abort();
  running.abort();
  await expect(first).rejects.toMatchObject(ABORTED);
  expect(node.model).toBe(model);
  await expect(second).rejects.toMatchObject(ABORTED);

  // The next `learn` in the queue runs all the same.
  const result = await third;
  expect(node.model).toBe(result.model);
  expect(node.state).toBe('ready');
  expect(states).toContain('learning');
  const mixture = sumOf(threeSources(RATE, 1));
  play(context, mixture, node);
  expect(energy(sumOf(await renderComponents(context, node)))).toBeGreaterThan(0.5 * energy(mixture));
  node.dispose();
});

test('abort while the node is loading', async () => {
  const node = new NMFSeparatorNode(new OfflineAudioContext(3, RATE, RATE));
  const controller = new AbortController();
  const learning = node.learn(noise(RATE), { ...ENDLESS, signal: controller.signal });
  controller.abort();
  await expect(learning).rejects.toMatchObject(ABORTED);
  expect(node.model).toBeNull();
  await node.ready;
  expect(node.state).toBe('ready');
  node.dispose();
});

test('abort after learning has ended has no effect', async () => {
  const { node } = await separatorWithModel();
  const controller = new AbortController();
  const { model } = await node.learn(noise(RATE, 5), { iterations: 2, signal: controller.signal });
  controller.abort();
  expect(node.model).toBe(model);
  expect(node.state).toBe('ready');
  node.dispose();
});
