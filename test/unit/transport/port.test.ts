// Frames and activations over a message port when answers arrive late, out of order, or not at all.
import { MessageChannel } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { FrameStore } from '../../../src/transport/FrameStore.ts';
import { PortReceiver, PortSender } from '../../../src/transport/port.ts';
import { ANSWER_SLOTS } from '../../../src/transport/storeLayout.ts';

const BINS = 5;
const HISTORY = 20;
/** Number of packets a sender has */
const PACKETS = 24;
const ports: { close(): void }[] = [];

afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** Decides when and whether an answer is delivered. */
type Disturbance = (answer: ArrayBuffer, deliver: (answer: ArrayBuffer) => void) => void;

/** A sender and a receiver that answers with twice the first bin of the frame. Answers pass through `disturb`. */
function link(disturb: Disturbance) {
  const near = new MessageChannel();
  const far = new MessageChannel();
  ports.push(near.port1, far.port1);
  const deliver = (answer: ArrayBuffer) => near.port2.postMessage(answer, [answer]);
  near.port2.on('message', (packet: ArrayBuffer) => far.port2.postMessage(packet, [packet]));
  far.port2.on('message', (answer: ArrayBuffer) => disturb(answer, deliver));
  const sent = new FrameStore(BINS, HISTORY);
  const received = new FrameStore(BINS, HISTORY);
  const handled: number[] = [];
  new PortReceiver(far.port1 as unknown as MessagePort, received, {
    onFrame(sequence) {
      handled.push(sequence);
      const magnitudes = new Float32Array(BINS);
      received.copyFrame(sequence, magnitudes);
      received.writeAnswer(sequence, Float32Array.of(2 * magnitudes[0]), 1);
      return 1;
    },
  });
  return { sent, received, handled, sender: () => new PortSender(sent, near.port1 as unknown as MessagePort) };
}

const frame = (sequence: number) => new Float32Array(BINS).fill(sequence + 1);
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

/** The activation answered for a frame, or null */
function answerOf(store: FrameStore, sequence: number): number | null {
  const h = new Float32Array(1);
  return store.readAnswer(sequence, h, 1) ? h[0] : null;
}

test('every frame is handled once, in order, and answered', async () => {
  const { sent, received, handled, sender } = link((answer, deliver) => deliver(answer));
  const frames = sender();
  for (let t = 0; t < 100; t++) {
    sent.writeFrame(frame(t), 1, t / 10);
    frames.send();
    if (t % 10 === 9) await settle();
  }
  expect(received.frames).toBe(100);
  for (let t = 95; t < 100; t++) expect(answerOf(sent, t)).toBe(2 * (t + 1));
  expect(handled).toEqual(Array.from({ length: 100 }, (_, t) => t));
  expect(received.timeOf(99)).toBe(9.9);
});

test('lost, late and reordered answers are never taken for those of another frame', async () => {
  const held: ArrayBuffer[] = [];
  let count = 0;
  const { sent, sender } = link((answer, deliver) => {
    const turn = count++ % 4;
    if (turn === 1) held.push(answer);
    else if (turn === 3) for (const late of [answer, ...held.splice(0).reverse()]) deliver(late);
    else if (turn === 0) deliver(answer);
  });
  const frames = sender();
  let answered = 0;
  for (let t = 0; t < 60; t++) {
    sent.writeFrame(frame(t), 1, 0);
    frames.send();
    await settle();
    for (let s = Math.max(0, t - 8); s <= t; s++) {
      const answer = answerOf(sent, s);
      if (answer === null) continue;
      answered++;
      expect(answer).toBe(2 * (s + 1));
    }
  }
  expect(answered).toBeGreaterThan(100);
});

test('a receiver that was blocked catches up from the history', async () => {
  let stopped = true;
  const waiting: (() => void)[] = [];
  const { sent, received, sender } = link((answer, deliver) => {
    if (stopped) waiting.push(() => deliver(answer));
    else deliver(answer);
  });
  const frames = sender();
  for (let t = 0; t < 40; t++) {
    sent.writeFrame(frame(t), 1, 0);
    frames.send();
  }
  await settle();
  expect(received.frames).toBeLessThan(40);
  stopped = false;
  for (const go of waiting) go();
  await settle();
  for (let t = 40; t < 60; t++) {
    sent.writeFrame(frame(t), 1, 0);
    frames.send();
    await settle();
  }
  expect(received.frames).toBe(60);
  const newest = received.newest(HISTORY);
  for (let t = 0; t < HISTORY; t++) expect(newest[t * BINS]).toBe(60 - HISTORY + t + 1);
  expect(answerOf(sent, 59)).toBe(120);
});

test('a new receiver gets the whole history at once', async () => {
  const { sent, received, handled, sender } = link((answer, deliver) => deliver(answer));
  for (let t = 0; t < 200; t++) sent.writeFrame(frame(t), 1, 0);
  sender();
  await settle();
  expect(received.frames).toBe(200);
  const newest = received.newest(HISTORY);
  expect(newest).toHaveLength(HISTORY * BINS);
  expect(newest[0]).toBe(200 - HISTORY + 1);
  expect(handled).toEqual([]);
});

test('frames sent in one packet keep their own time and version, and are all answered', async () => {
  const held: (() => void)[] = [];
  const { sent, received, handled, sender } = link((answer, deliver) => held.push(() => deliver(answer)));
  const frames = sender();
  // All packets are sent and none returns, so the next frames must wait in the store.
  for (let t = 0; t < PACKETS; t++) {
    sent.writeFrame(frame(t), t, t / 10);
    frames.send();
  }
  for (let t = PACKETS; t < PACKETS + 4; t++) sent.writeFrame(frame(t), t, t / 10);
  await settle();
  held.shift()!();
  await settle();
  frames.send();
  await settle();
  for (const deliver of held.splice(0)) deliver();
  await settle();
  expect(handled).toEqual(Array.from({ length: PACKETS + 4 }, (_, t) => t));
  for (let t = PACKETS; t < PACKETS + 4; t++) {
    expect([received.versionOf(t), received.timeOf(t)]).toEqual([t, t / 10]);
    expect(answerOf(sent, t)).toBe(2 * (t + 1));
  }
});

test('an answer that is overwritten while it is being copied is not returned', () => {
  const store = new FrameStore(BINS, HISTORY);
  store.writeAnswer(3, Float32Array.of(1, 2), 2);
  // Stands for the other thread, which writes in the middle of the copy.
  const h = new Proxy(new Float32Array(2), {
    set(target, index, value) {
      if (index === '1') store.writeAnswer(3 + ANSWER_SLOTS, Float32Array.of(8, 9), 2);
      return Reflect.set(target, index, value);
    },
  });
  expect(store.readAnswer(3, h, 2)).toBe(false);
  expect(store.readAnswer(3 + ANSWER_SLOTS, new Float32Array(2), 2)).toBe(true);
});
