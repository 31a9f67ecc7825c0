// What the other specs rely on: the engine plays audio, renders exactly, and is cross-origin isolated only on request.

import { expect, inject, test } from 'vitest';
import { moduleUrl } from '../helpers/moduleUrl.ts';

const QUANTUM = 128;

const RAMP_PROCESSOR = `
  registerProcessor('ramp', class extends AudioWorkletProcessor {
    process(_inputs, [[output]]) {
      for (let i = 0; i < output.length; i += 1) output[i] = (currentFrame + i) / 1024;
      return true;
    }
  });
`;

test('the clock of an AudioContext advances', async () => {
  const context = new AudioContext();
  await context.resume();
  const start = context.currentTime;
  await expect.poll(() => context.currentTime).toBeGreaterThan(start + 0.1);
  expect(context.state).toBe('running');
  await context.close();
});

test('an AudioWorklet renders every sample offline', async () => {
  const length = 5 * QUANTUM;
  const context = new OfflineAudioContext(1, length, 48000);
  await context.audioWorklet.addModule(moduleUrl(RAMP_PROCESSOR));
  new AudioWorkletNode(context, 'ramp', { numberOfInputs: 0 }).connect(context.destination);
  const rendered = await context.startRendering();
  expect(rendered.getChannelData(0)).toEqual(Float32Array.from({ length }, (_, i) => i / 1024));
});

test('SharedArrayBuffer exists if and only if the page is isolated', () => {
  expect(crossOriginIsolated).toBe(inject('isolated'));
  expect(typeof SharedArrayBuffer !== 'undefined').toBe(inject('isolated'));
});
