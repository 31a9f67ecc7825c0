// Disposed nodes release their workers and memory.
import { NMFSeparatorNode } from 'nmf-separator-node';
import { expect, inject, test } from 'vitest';
import { commands } from 'vitest/browser';
import { makeCollector } from '../helpers/garbage.ts';
import { play } from '../helpers/rendering.ts';
import { noise } from '../helpers/signals.ts';
import { watchWorkers } from '../helpers/workers.ts';

/** More in `npm run soak` */
const NODES = inject('soakSeconds') >= 600 ? 1000 : 50;
const AT_ONCE = 10;
const CALLS = 12;
/** Of the rolling spectrogram: a leaked node keeps nearly 8 MB, so that 50 would exceed what is allowed by far. */
const HISTORY_SECONDS = 20;
const ALLOWED_GROWTH_MEGABYTES = 120;

/**
 * Has shared memory take room from the beginning on: what nobody has written to takes none, and a leak would not be seen. Only
 * where garbage can be collected on demand; elsewhere it lies for as long as the engine likes.
 */
class WrittenMemory extends SharedArrayBuffer {
  constructor(bytes?: number) {
    super(bytes);
    new Uint8Array(this).fill(0);
  }
}

test(`${NODES} disposed nodes leave nothing behind in the worker of one that stays`, { timeout: 600_000 }, async () => {
  if (inject('isolated') && 'gc' in globalThis) globalThis.SharedArrayBuffer = WrittenMemory;
  const workers = watchWorkers();
  const context = new AudioContext();
  await context.resume();
  const stays = new NMFSeparatorNode(context);
  await stays.ready;
  const made: WeakRef<NMFSeparatorNode>[] = [];
  const makeAndDispose = async () => {
    const nodes = Array.from(
      { length: AT_ONCE },
      () => new NMFSeparatorNode(context, { historySeconds: HISTORY_SECONDS }),
    );
    await Promise.all(nodes.map(({ ready }) => ready));
    for (const node of nodes) {
      made.push(new WeakRef(node));
      node.dispose();
    }
  };
  const collectGarbage = await makeCollector(context);
  const settledMegabytes = async () => {
    await collectGarbage();
    return commands.browserMegabytes();
  };
  await makeAndDispose();
  await makeAndDispose();
  const before = await settledMegabytes();
  for (let n = 0; n < NODES; n += AT_ONCE) await makeAndDispose();
  expect(workers.alive()).toBe(1);
  await expect
    .poll(async () => (await settledMegabytes()) - before, { timeout: 60_000 })
    .toBeLessThan(ALLOWED_GROWTH_MEGABYTES);
  // WebKit scans its stack conservatively: stale addresses there can keep the last nodes alive for a while.
  const left = async () => {
    await collectGarbage();
    return Math.max(made.filter((node) => node.deref()).length, workers.kept());
  };
  await expect.poll(left).toBeLessThanOrEqual(AT_ONCE);
  stays.dispose();
  expect(workers.alive()).toBe(0);
});

test('what calls hand out is kept by nobody', { timeout: 120_000 }, async () => {
  const context = new AudioContext();
  await context.resume();
  const separator = new NMFSeparatorNode(context, { components: 2, channelCount: 1 });
  const collectGarbage = await makeCollector(context);
  play(context, noise(context.sampleRate), separator).loop = true;
  separator.connect(context.destination);
  await separator.learn(noise(context.sampleRate), { iterations: 5 });
  const handedOut: WeakRef<object>[] = [];
  for (let i = 0; i < CALLS; i++) {
    handedOut.push(new WeakRef((await separator.spectrogram()).magnitudes));
    handedOut.push(new WeakRef(await separator.learn(noise(context.sampleRate), { iterations: 2, seed: i })));
  }
  const left = async () => {
    await collectGarbage();
    return handedOut.filter((value) => value.deref()).length;
  };
  // WebKit scans its stack conservatively, so that a few may stay for a while.
  await expect.poll(left, { timeout: 60_000 }).toBeLessThan(CALLS / 2);
  separator.dispose();
});
