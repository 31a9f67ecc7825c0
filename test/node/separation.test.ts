// What the package does in Node itself: clips without AudioBuffers, contexts of node-web-audio-api, errors.

import { readFile } from 'node:fs/promises';
import { NMFModel, NMFSeparatorNode, separate, sonify, suggestComponents } from 'nmf-separator-node';
import { AudioContext, AudioBuffer as NodeAudioBuffer, OfflineAudioContext } from 'node-web-audio-api';
import { firstValueFrom, take, toArray } from 'rxjs';
import { afterEach, describe, expect, test } from 'vitest';
import { running } from '../helpers/contexts.ts';
import { SEPARATED, separatedFingerprint } from '../helpers/determinism.ts';
import { SILENT } from '../helpers/nodeFamily.ts';
import { play, renderComponents, sumOf } from '../helpers/rendering.ts';
import { bestCorrelations, difference, energy, levelBelow, threeSources } from '../helpers/signals.ts';
import { throwingProcessor } from '../helpers/throwingProcessor.ts';

const RATE = 22050;
const SOURCES = threeSources(RATE, 2);
const MIXTURE = sumOf(SOURCES);
const PLAIN = { sampleRate: RATE, numberOfChannels: 1, getChannelData: () => MIXTURE };
const TWO = { components: 2, channelCount: 1, fftSize: 1024 } as const;

const contexts: AudioContext[] = [];
/** One that no longer plays costs no time of the next. */
afterEach(() => Promise.all(contexts.splice(0).map((context) => context.close())));

async function liveContext(): Promise<AudioContext> {
  const context = await running(new AudioContext({ ...SILENT, sampleRate: RATE }));
  contexts.push(context);
  return context;
}

describe('clips', () => {
  test('separate takes a plain clip apart, and its parts add up to it', async () => {
    const fractions: number[] = [];
    const { components } = await separate(PLAIN, { onProgress: (fraction) => fractions.push(fraction) });
    const streams = components.map((component) => component.getChannelData(0));
    expect(components.map(({ length, sampleRate, duration }) => [length, sampleRate, duration])).toEqual(
      Array(3).fill([MIXTURE.length, RATE, MIXTURE.length / RATE]),
    );
    expect(levelBelow(MIXTURE, difference(sumOf(streams), MIXTURE))).toBeLessThan(-120);
    expect(Math.min(...bestCorrelations(SOURCES, streams))).toBeGreaterThan(0.9);
    expect(fractions.at(-1)).toBe(1);
  });

  test('the buffers are of the class of the clip', async () => {
    const clip = new NodeAudioBuffer({ length: MIXTURE.length, numberOfChannels: 2, sampleRate: RATE });
    clip.copyToChannel(MIXTURE, 0);
    clip.copyToChannel(MIXTURE.toReversed(), 1);
    const { components } = await separate(clip, { components: 2, iterations: 5, restarts: 1 });
    for (const component of components) expect(component).toBeInstanceOf(NodeAudioBuffer);
    for (const c of [0, 1]) {
      const wanted = clip.getChannelData(c);
      const sum = sumOf(components.map((component) => component.getChannelData(c)));
      expect(levelBelow(wanted, difference(sum, wanted))).toBeLessThan(-120);
    }
  });

  test.each(['none', 'timbre'] as const)('the same bits as in the browsers, clustering %s', async (clustering) => {
    expect(await separatedFingerprint(separate, clustering)).toBe(SEPARATED[clustering]);
  });

  test('sonify and suggestComponents', async () => {
    const { model } = await separate(PLAIN, { components: 2, iterations: 5, restarts: 1 });
    const sound = sonify(model, 0, { seconds: 0.5 });
    expect([sound.length, sound.sampleRate, sound.numberOfChannels]).toEqual([RATE / 2, RATE, 1]);
    const part = new Float32Array(10);
    sound.copyFromChannel(part, 0, 1000);
    expect(part).toEqual(sound.getChannelData(0).slice(1000, 1010));
    expect(energy(part)).toBeGreaterThan(0);
    const { suggestion, table } = await suggestComponents(PLAIN, { max: 4 });
    expect(table).toHaveLength(4);
    expect(suggestion).toBeGreaterThan(1);
  });

  test('an aborted separation, and a wrong clip', async () => {
    const controller = new AbortController();
    const separation = separate(PLAIN, { iterations: 2000, tolerance: 0, signal: controller.signal });
    controller.abort();
    await expect(separation).rejects.toMatchObject({ name: 'AbortError' });
    await expect(separate({} as never)).rejects.toThrow(/clip: .*must be an AudioBuffer/);
    await expect(separate(PLAIN, { workerUrl: '/nowhere/worker.js' })).rejects.toThrow(
      /The worker did not load.*\/nowhere\/worker\.js/,
    );
  });
});

describe('nodes', () => {
  test('an impulse comes out after exactly the latency, without a model as with one', async () => {
    const { model } = await separate(PLAIN, { ...TWO, iterations: 5, restarts: 1 });
    for (const options of [{}, { model }, { latencyHint: 'interactive' }] as const) {
      const context = new OfflineAudioContext(2, RATE, RATE);
      const node = new NMFSeparatorNode(context, { ...TWO, ...options });
      await node.ready;
      const impulse = new Float32Array(1);
      impulse[0] = 1;
      play(context, impulse, node);
      const sum = sumOf(await renderComponents(context, node));
      const peak = sum.findIndex((value) => Math.abs(value - 1) < 1e-6);
      expect(peak).toBe(Math.round(node.latency * RATE));
      node.dispose();
    }
  });

  test('activations$, spectrogram and setModel, live', async () => {
    const { model } = await separate(PLAIN, { ...TWO, iterations: 20, restarts: 1 });
    const context = await liveContext();
    const node = new NMFSeparatorNode(context, { ...TWO, activation: 'worker', historySeconds: 1, model });
    await node.ready;
    play(context, MIXTURE, node).loop = true;
    const frames = firstValueFrom(node.activations$.pipe(toArray()));
    await expect.poll(() => node.statistics.framesActivated, { timeout: 30_000 }).toBeGreaterThan(40);
    await expect.poll(() => energy(node.activations), { timeout: 30_000 }).toBeGreaterThan(0);
    const spectrogram = await node.spectrogram();
    expect([spectrogram.bins, energy(spectrogram.magnitudes) > 0]).toEqual([513, true]);
    await node.setModel(null);
    expect(node.model).toBeNull();
    await node.setModel(NMFModel.fromJSON(JSON.parse(JSON.stringify(model))));
    expect(node.model!.templates).toEqual(model.templates);
    node.dispose();
    const times = (await frames).map(({ time }) => time);
    for (const [i, time] of times.slice(1).entries()) expect(time - times[i]).toBeCloseTo(node.hopSize / RATE, 9);
    await expect(node.learn()).rejects.toMatchObject({ name: 'InvalidStateError' });
  });

  test('an idle node leaves the processor to others', async () => {
    const node = new NMFSeparatorNode(await liveContext(), TWO);
    await node.ready;
    await new Promise((resolve) => setTimeout(resolve, 500));
    const before = process.cpuUsage();
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const { user, system } = process.cpuUsage(before);
    node.dispose();
    // Microseconds; without workaround 14 they would be more than two seconds.
    expect(user + system).toBeLessThan(1_000_000);
  });

  test('worklet and worker may be files', async () => {
    const [workletUrl, workerUrl] = ['worklet', 'worker'].map(
      (name) => new URL(`../../dist/${name}.js`, import.meta.url),
    );
    const node = new NMFSeparatorNode(await liveContext(), { ...TWO, workletUrl, workerUrl });
    await node.ready;
    node.dispose();
    const broken = new NMFSeparatorNode(await liveContext(), { ...TWO, workletUrl: '/nowhere/worklet.js' });
    await expect(broken.ready).rejects.toThrow(/The worklet did not load.*\/nowhere\/worklet\.js/);
  });

  test('a processor that throws is told as an event, and the node has failed', async () => {
    const code = throwingProcessor(
      await readFile(new URL('../../dist/worklet.js', import.meta.url), 'utf8'),
      2,
      'on purpose',
    );
    const workletUrl = URL.createObjectURL(new Blob([code]));
    const node = new NMFSeparatorNode(await liveContext(), { ...TWO, workletUrl });
    const told = new Promise<ErrorEvent>((resolve) =>
      node.addEventListener('processorerror', (event) => resolve(event as ErrorEvent)),
    );
    const error = firstValueFrom(node.error$);
    await node.ready;
    expect((await told).message).toMatch(/on purpose/);
    expect((await error).message).toMatch(/The processor threw an error and has stopped.*on purpose/);
    expect(node.state).toBe('failed');
  });

  test('a worker that ends is told, and another takes its place', async () => {
    const worker = new URL('../../dist/worker.js', import.meta.url).href;
    const dying = `await import(${JSON.stringify(worker)}); setTimeout(() => process.exit(3), 500);`;
    const workerUrl = `data:text/javascript,${encodeURIComponent(dying)}`;
    const node = new NMFSeparatorNode(await liveContext(), { ...TWO, workerUrl });
    const errors = firstValueFrom(node.error$.pipe(take(2), toArray()));
    await node.ready;
    for (const { message } of await errors) expect(message).toMatch(/ended with code 3/);
    expect(node.state).toBe('ready');
    node.dispose();
  });

  test('wrong options and contexts', async () => {
    const context = await liveContext();
    expect(() => new NMFSeparatorNode(context, { components: 0 })).toThrow(/components: 0 given/);
    expect(() => new NMFSeparatorNode({} as never)).toThrow(/context: .*node-web-audio-api/);
    const node = new NMFSeparatorNode(context, TWO);
    await expect(node.learn(new Float32Array(RATE))).rejects.toBeInstanceOf(RangeError);
    expect(node.state).toBe('ready');
    node.dispose();
  });
});
