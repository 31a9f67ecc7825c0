// Frames through shared memory, when the worker is woken and when it is not.
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { FrameStore } from '../../../src/transport/FrameStore.ts';
import { SharedReceiver, SharedSender } from '../../../src/transport/shared.ts';
import { storeLayout } from '../../../src/transport/storeLayout.ts';

const BINS = 5;
const HISTORY = 20;
const MAGNITUDES = new Float32Array(BINS).fill(1);
const receivers: SharedReceiver[] = [];

afterEach(() => {
  for (const receiver of receivers.splice(0)) receiver.close();
});

/** Both ends, and the frames that were handed out */
function link() {
  const memory = new SharedArrayBuffer(storeLayout(BINS, HISTORY).bytes);
  const store = new FrameStore(BINS, HISTORY, memory);
  const handled: number[] = [];
  const receiver = new SharedReceiver(store, { onFrame: (sequence) => handled.push(sequence) });
  receivers.push(receiver);
  return { handled, receiver, sender: new SharedSender(store), write: () => store.writeFrame(MAGNITUDES, 1, 0) };
}

test('every frame is handed out once, in order', async () => {
  const { handled, sender, write } = link();
  for (let t = 0; t < 100; t++) {
    write();
    sender.send();
    if (t % 10 === 9) await delay(5);
  }
  await expect.poll(() => handled.length).toBe(100);
  expect(handled).toEqual(Array.from({ length: 100 }, (_, t) => t));
});

test('a frame is handed out by the time the thread has nothing else to do', async () => {
  const { handled, sender, write } = link();
  write();
  sender.send();
  await new Promise(setImmediate);
  expect(handled).toEqual([0]);
});

test('frames of which the worker was not told are handed out all the same', async () => {
  const { handled, write } = link();
  for (let t = 0; t < 5; t++) {
    write();
    await expect.poll(() => handled.length, { interval: 1 }).toBe(t + 1);
  }
});

test('so are those after a long pause', async () => {
  const { handled, write } = link();
  await delay(1500);
  for (let t = 0; t < 5; t++) {
    write();
    await expect.poll(() => handled.length, { interval: 1 }).toBe(t + 1);
  }
});

test('nothing is handed out any more once it is closed', async () => {
  const { handled, receiver, sender, write } = link();
  receiver.close();
  write();
  sender.send();
  await delay(100);
  expect(handled).toEqual([]);
});
