// Runs the built worklet processor alone, where the heap can be measured.
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { BLOCK, type LiveLayout } from '../../src/dsp/live/LiveLayout.ts';
import { NAMED_COPIES } from '../../src/dsp/live/naming.ts';
import { binsOf } from '../../src/dsp/transform/StftLayout.ts';
import type { ModelMessage, ProcessorCommand, ProcessorMessage, ProcessorSetup } from '../../src/protocol/processor.ts';
import { FrameStore } from '../../src/transport/FrameStore.ts';
import { storeLayout } from '../../src/transport/storeLayout.ts';
import { noise } from '../helpers/signals.ts';

const RATE = 44100;
const SECONDS = 60;
const WINDOWS = 10;
const QUANTA = WINDOWS * Math.floor((SECONDS * RATE) / BLOCK / WINDOWS);
/** Below the 16 bytes of the smallest object. Not 0: each reading of the clock (every 7th quantum) may box a number. */
const ALLOWED_BYTES_PER_QUANTUM = 14;
/** Before the code is optimised, the engine boxes numbers that it later keeps in registers. */
const WARM_UP_QUANTA = 20_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

interface Processor {
  readonly port: { onmessage(event: { data: ProcessorCommand }): void; sent: number };
  process(inputs: Float32Array[][], outputs: Float32Array[][], parameters: Record<string, Float32Array>): boolean;
}

/** Evaluates dist/worklet.js in a fake AudioWorkletGlobalScope whose ports count the reports. */
function loadProcessor(): new (options: { processorOptions: ProcessorSetup }) => Processor {
  let Registered: (new (options: { processorOptions: ProcessorSetup }) => Processor) | undefined;
  class AudioWorkletProcessor {
    port = { sent: 0, postMessage: ({ type }: ProcessorMessage) => type === 'report' && this.port.sent++ };
  }
  const scope = {
    AudioWorkletProcessor,
    sampleRate: RATE,
    currentFrame: 0,
    registerProcessor: (_name: string, processor: typeof Registered) => {
      Registered = processor;
    },
  };
  new Function(...Object.keys(scope), readFileSync('dist/worklet.js', 'utf8'))(...Object.values(scope));
  return Registered!;
}

const layout: LiveLayout = { fftSize: 2048, hopSize: 512, window: 'hann', allowance: 1536 };

test.each([
  ['worklet', BLOCK, 0, 'mono'],
  ['worklet', BLOCK, 60, 'mono'],
  ['worklet', BLOCK, 60, 'panned'],
  ['worker', BLOCK, 0, 'mono'],
  ['worklet', 100, 0, 'mono'],
] as const)('a minute of %s activation in quanta of %d samples, with %d copies, %s, allocates nothing', (...given) => {
  const [activation, quantumSize, copies, templatesAre] = given;
  const components = 3;
  const bins = binsOf(layout);
  const historyFrames = 100;
  const shared = new SharedArrayBuffer(storeLayout(bins, historyFrames).bytes);
  const setup = { layout, components, channels: 2, activation, quantumSize, historyFrames, shared, length: null };
  const processor = new (loadProcessor())({ processorOptions: setup });
  const templates = noise((components + copies) * bins).map(Math.abs);
  const dictionary = {
    templates,
    componentOf: Uint8Array.from({ length: components + copies }, (_, r) => r % components),
    divergence: 'kullback-leibler' as const,
    ...(templatesAre === 'panned' && { panning: noise(components + copies).map((value) => 0.5 + value) }),
    ...(copies > 0 && { shiftedFrom: Uint16Array.from({ length: copies }, (_, i) => i % components) }),
  };
  // What a worker would answer: it names copies once a frame.
  const store = new FrameStore(bins, historyFrames, shared);
  const names = new Float32Array(NAMED_COPIES);
  const models = { onmessage: (_event: { data: ModelMessage }) => {} };
  const end = { frames: shared, models: models as unknown as MessagePort };
  processor.port.onmessage({ data: { type: 'link', id: 1, end } });
  models.onmessage({ data: { id: 2, version: 1, dictionary } });
  // Noise has none, but it is looked for them.
  processor.port.onmessage({ data: { type: 'watchOnsets', id: 3, watched: true } });

  const input = [noise(quantumSize, 1), noise(quantumSize, 2)];
  const inputs = [input];
  const outputs = Array.from({ length: components }, () => [
    new Float32Array(quantumSize),
    new Float32Array(quantumSize),
  ]);
  const parameters = { maskExponent: Float32Array.of(2) };
  const play = (quanta: number) => {
    for (let q = 0; q < quanta; q++) {
      processor.process(inputs, outputs, parameters);
      const sequence = store.frames - 1;
      if (copies === 0 || sequence < 0) continue;
      for (let i = 0; i < names.length; i++) names[i] = components + ((sequence + i) % copies);
      store.writeAnswer(sequence, names, names.length);
    }
  };
  play(WARM_UP_QUANTA);
  collectGarbage();
  const sentBefore = processor.port.sent;
  const { arrayBuffers } = process.memoryUsage();
  // Node itself allocates in some windows. An allocation in process() would show in all of them, hence the minimum.
  const growth = Array.from({ length: WINDOWS }, () => {
    const before = process.memoryUsage().heapUsed;
    play(QUANTA / WINDOWS);
    return (process.memoryUsage().heapUsed - before) / (QUANTA / WINDOWS);
  });
  expect(Math.min(...growth.map(Math.abs)), `bytes a quantum: ${growth.join(', ')}`).toBeLessThan(
    ALLOWED_BYTES_PER_QUANTUM,
  );
  expect(process.memoryUsage().arrayBuffers).toBeLessThanOrEqual(arrayBuffers);
  expect(processor.port.sent - sentBefore).toBeLessThanOrEqual(Math.ceil((QUANTA * quantumSize) / layout.hopSize));
  expect(outputs[0][0].some((sample) => sample !== 0)).toBe(true);
});
