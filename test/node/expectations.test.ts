// What node-web-audio-api does otherwise than it should. A test that fails here says that a workaround can go.
import { AudioContext, AudioWorkletNode } from 'node-web-audio-api';
import { expect, test } from 'vitest';
import { SILENT } from '../helpers/nodeFamily.ts';

const IDLE = `registerProcessor('idle', class extends AudioWorkletProcessor { process() { return true; } });`;

test('14: the thread of a worklet that does nothing takes a core for itself', async () => {
  const context = new AudioContext(SILENT);
  await context.audioWorklet.addModule(URL.createObjectURL(new Blob([IDLE])));
  new AudioWorkletNode(context, 'idle').connect(context.destination);
  const before = process.cpuUsage();
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const { user, system } = process.cpuUsage(before);
  await context.close();
  // Microseconds. One that rests needs 100,000; this one wants 2,000,000, and gets less where others want them too.
  expect(user + system).toBeGreaterThan(300_000);
});
