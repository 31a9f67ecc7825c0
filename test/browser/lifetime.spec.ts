// Nodes come and go: what they took is given back.
import { NMFSeparatorNode } from 'nmf-separator-node';
import { expect, inject, test } from 'vitest';
import { commands } from 'vitest/browser';
import { makeLitterer } from '../helpers/garbage.ts';
import { watchWorkers } from '../helpers/workers.ts';

/** Every day a tenth of the thousand that the soak makes. */
const NODES = inject('soakSeconds') >= 600 ? 1000 : 100;
const AT_ONCE = 10;
/** One node that is kept holds its rolling spectrogram, nearly 4 MB: all of them would be hundreds. */
const ALLOWED_GROWTH_MEGABYTES = 120;

test(`${NODES} nodes made and disposed of leave nothing behind`, { timeout: 600_000 }, async () => {
  const workers = watchWorkers();
  const context = new AudioContext();
  await context.resume();
  const made: WeakRef<NMFSeparatorNode>[] = [];
  const makeAndDispose = async () => {
    const nodes = Array.from({ length: AT_ONCE }, () => new NMFSeparatorNode(context));
    await Promise.all(nodes.map(({ ready }) => ready));
    for (const node of nodes) {
      made.push(new WeakRef(node));
      node.dispose();
    }
  };
  const litter = await makeLitterer(context);
  const settledMegabytes = async () => {
    await litter();
    return commands.browserMegabytes();
  };
  await makeAndDispose();
  await makeAndDispose();
  const before = await settledMegabytes();
  for (let n = 0; n < NODES; n += AT_ONCE) await makeAndDispose();
  expect(workers.alive()).toBe(0);
  await expect
    .poll(async () => (await settledMegabytes()) - before, { timeout: 60_000 })
    .toBeLessThan(ALLOWED_GROWTH_MEGABYTES);
  // WebKit takes what is left on its stack for references, so the last ones may stay a while.
  const left = async () => {
    await litter();
    return Math.max(made.filter((node) => node.deref()).length, workers.kept());
  };
  await expect.poll(left, { timeout: 30_000 }).toBeLessThanOrEqual(AT_ONCE);
});
