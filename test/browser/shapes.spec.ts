// Sample rates, sizes, latency modes and channel counts: the latency is exact, and the sum is the input.
import { NMFModel, type NMFModelJSON, NMFSeparatorNode, type NMFSeparatorOptions } from 'nmf-separator-node';
import { describe, expect, test } from 'vitest';
import { delayed } from '../helpers/rendering.ts';
import { difference, levelBelow, noise } from '../helpers/signals.ts';

/** The unit test of the chain has those in between. */
const FFT_SIZES = [256, 2048, 16384];

/** Renders the sum of the components for one signal per channel. */
async function renderSum(
  signals: readonly Float32Array<ArrayBuffer>[],
  sampleRate: number,
  options: NMFSeparatorOptions,
  model?: (node: NMFSeparatorNode) => NMFModelJSON,
): Promise<{ sums: Float32Array[]; delay: number }> {
  const channels = signals.length;
  const context = new OfflineAudioContext(channels, signals[0].length, sampleRate);
  const separator = new NMFSeparatorNode(context, { channelCount: channels, ...options });
  // Fill the buffer before assigning it: Firefox copies its contents at that moment.
  const buffer = context.createBuffer(channels, signals[0].length, sampleRate);
  signals.forEach((signal, c) => {
    buffer.copyToChannel(signal, c);
  });
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(separator);
  source.start();
  const sum = context.createGain();
  sum.channelCount = channels;
  sum.channelCountMode = 'explicit';
  sum.channelInterpretation = 'discrete';
  for (const component of separator.components) component.connect(sum);
  sum.connect(context.destination);
  context.destination.channelCount = channels;
  await separator.ready;
  if (model) await separator.setModel(model(separator));
  const rendered = await context.startRendering();
  const delay = Math.round(separator.latency * sampleRate);
  expect(separator.latency * sampleRate).toBeCloseTo(delay, 6);
  separator.dispose();
  return { sums: Array.from({ length: channels }, (_, c) => rendered.getChannelData(c).slice()), delay };
}

/** One random template for each component */
function randomModel({
  fftSize,
  hopSize,
  window,
  numberOfOutputs: components,
  context,
}: NMFSeparatorNode): NMFModelJSON {
  const bins = fftSize / 2 + 1;
  const templates = noise(components * bins, components).map(Math.abs);
  for (let k = 0; k < components; k++) {
    const row = templates.subarray(k * bins, (k + 1) * bins);
    const total = row.reduce((sum, value) => sum + value, 0);
    row.forEach((value, f) => {
      row[f] = value / total;
    });
  }
  return new NMFModel({
    sampleRate: context.sampleRate,
    fftSize,
    hopSize,
    window,
    divergence: 'kullback-leibler',
    components,
    templates,
    componentOf: Uint8Array.from({ length: components }, (_, k) => k),
  }).toJSON();
}

/** The documented latency in samples, with activation in the worklet */
function expectedDelay(latencyHint: string, fftSize: number): number {
  if (latencyHint === 'playback') return fftSize - 128;
  return Math.max(256, fftSize / (latencyHint === 'balanced' ? 4 : 8)) - 128;
}

function hopSizes(latencyHint: string, fftSize: number): number[] {
  const sizes: number[] = [];
  const support = expectedDelay(latencyHint, fftSize) + 128;
  if (latencyHint === 'playback') for (let hop = 128; hop <= fftSize / 2; hop *= 2) sizes.push(hop);
  else for (const hop of [support / 2, support / 4]) if (hop >= 128) sizes.push(hop);
  return sizes;
}

describe.each(['playback', 'balanced', 'interactive'] as const)('latency, %s', (latencyHint) => {
  test.each(FFT_SIZES)('fftSize %i, every hopSize', async (fftSize) => {
    for (const hopSize of hopSizes(latencyHint, fftSize)) {
      const impulse = new Float32Array(2 * fftSize + 4096);
      impulse[1000] = 1;
      const { sums, delay } = await renderSum([impulse], 44100, { fftSize, hopSize, latencyHint });
      expect(delay).toBe(expectedDelay(latencyHint, fftSize));
      const levels = sums[0].map(Math.abs);
      expect(levels.indexOf(Math.max(...levels))).toBe(1000 + delay);
    }
  });

  test.each([8000, 22050, 44100, 48000, 96000, 192000])('%i Hz', async (rate) => {
    const signal = noise(rate / 4);
    const { sums, delay } = await renderSum([signal], rate, { latencyHint }, randomModel);
    expect(delay).toBe(expectedDelay(latencyHint, 2048));
    const expected = delayed(signal, delay);
    expect(levelBelow(expected, difference(sums[0], expected))).toBeLessThan(-120);
  });
});

test.each([1, 2, 6, 32])('the components add up in each of %i channels', async (channels) => {
  const signals = Array.from({ length: channels }, (_, c) => noise(11025, c + 1));
  const { sums, delay } = await renderSum(signals, 44100, { components: 2 }, randomModel);
  signals.forEach((signal, c) => {
    const expected = delayed(signal, delay);
    expect(levelBelow(expected, difference(sums[c], expected))).toBeLessThan(-120);
  });
});

test.each([1, 2, 7, 32])('%i components add up', async (components) => {
  const signal = noise(11025);
  const { sums, delay } = await renderSum([signal], 44100, { components }, randomModel);
  const expected = delayed(signal, delay);
  expect(levelBelow(expected, difference(sums[0], expected))).toBeLessThan(-120);
});
