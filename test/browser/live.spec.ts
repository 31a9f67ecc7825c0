import { NMFSeparatorNode, type NMFSeparatorOptions } from 'nmf-separator-node';
import { beforeAll, expect, test } from 'vitest';
import { changedWorker } from '../helpers/changedWorker.ts';
import { popClip } from '../helpers/clip.ts';
import { makeRecorder } from '../helpers/recorder.ts';
import { play, renderComponents, sound, sumOf, untilRunning } from '../helpers/rendering.ts';
import { bestCorrelations, difference, levelBelow, noise, threeSources } from '../helpers/signals.ts';

/** Shared by all tests and never closed: WebKitGTK may lock up the page whenever a context is closed. */
let context: AudioContext;

beforeAll(async () => {
  context = new AudioContext();
  await context.resume();
});

/** Plays a mono clip through a node and records it with every component, aligned by the latency. */
async function record(
  samples: Float32Array<ArrayBuffer>,
  seconds: number,
  options: NMFSeparatorOptions,
  during: (separator: NMFSeparatorNode) => Promise<unknown>,
) {
  const separator = new NMFSeparatorNode(context, { components: 3, channelCount: 1, ...options });
  const recorder = await makeRecorder(context, 4, seconds + 4);
  await separator.ready;
  const merger = context.createChannelMerger(4);
  for (let k = 0; k < 3; k++) separator.connect(merger, k, k + 1);
  merger.connect(recorder.node);
  await untilRunning(separator);
  play(context, samples, separator, merger).loop = true;
  await during(separator);
  await sound(context, seconds);
  const { tracks, written } = await recorder.stop();
  const statistics = separator.statistics;
  const delay = Math.round(separator.latency * context.sampleRate);
  separator.dispose();
  const input = tracks[0].slice(0, written - delay);
  const streams = tracks.slice(1).map((track) => track.slice(delay, written));
  return { input, streams, statistics, seconds: written / context.sampleRate };
}

test('the components of real music add up to the input, during learning and after it', async () => {
  const clip = (await popClip(context)).getChannelData(0).slice();
  const { input, streams, statistics } = await record(clip, 4, {}, async (separator) => {
    await sound(context, 2);
    await separator.learn(undefined, { iterations: 30 });
  });
  const error = difference(sumOf(streams), input);
  expect(levelBelow(input, error)).toBeLessThan(-120);
  expect(Math.max(...error.map(Math.abs).filter((_, n) => n % 7 === 0))).toBeLessThan(1e-5);
  expect(streams.every((stream) => levelBelow(input, stream) > -60)).toBe(true);
  const { framesIn, framesActivated, lateFrames } = statistics;
  console.log(`late frames: ${lateFrames} of ${framesActivated + lateFrames}`);
  expect(framesIn).toBeGreaterThan(400);
  expect(framesActivated).toBeGreaterThan(0.5 * (framesActivated + lateFrames));
});

test('with activation in the worklet, activated frames are counted and none is late', async () => {
  const mixture = sumOf(threeSources(context.sampleRate, 2));
  const { statistics } = await record(mixture, 1, { activation: 'worklet' }, (separator) =>
    separator.learn(mixture, { iterations: 20 }),
  );
  expect(statistics.framesActivated).toBeGreaterThan(50);
  expect(statistics.lateFrames).toBe(0);
});

test('a model in the options is used from the first sample on', async () => {
  const [low, , high] = threeSources(context.sampleRate, 1);
  const options = { components: 2, channelCount: 1 };
  const teacher = new NMFSeparatorNode(context, options);
  const { model } = await teacher.learn([low, high], { templatesPerComponent: 1, iterations: 10 });
  teacher.dispose();
  const recorder = await makeRecorder(context, 2, 4);
  const merger = context.createChannelMerger(2);
  merger.connect(recorder.node);
  const separator = new NMFSeparatorNode(context, {
    ...options,
    model,
    workerUrl: changedWorker(`
    globalThis.messages = (globalThis.messages ?? 0) + 1;
    for (const end = Date.now() + 300; messages === 2 && Date.now() < end;);
  `),
  });
  play(context, noise(context.sampleRate), separator).loop = true;
  for (const k of [0, 1]) separator.connect(merger, k, k);
  await separator.ready;
  await sound(context, 0.5);
  const { tracks } = await recorder.stop();
  expect(levelBelow(tracks[0], tracks[1])).toBeGreaterThan(-60);
  // Without a model all components would be equal.
  expect(tracks[0].filter((sample, n) => sample !== 0 && sample === tracks[1][n]).length).toBeLessThan(10);
  separator.dispose();
});

test.each(['playback', 'balanced', 'interactive'] as const)(
  'worker and worklet give the same streams, %s',
  async (latencyHint) => {
    const sources = threeSources(context.sampleRate, 2);
    const mixture = sumOf(sources);
    const options = { components: 3, channelCount: 1, latencyHint };
    const live = new NMFSeparatorNode(context, { ...options, activation: 'worker' });
    // Several templates a component: what is not solved to the end would tell them apart.
    const { model } = await live.learn(sources, { templatesPerComponent: 4, pitchShifts: 0 });
    const recorder = await makeRecorder(context, 4, 5);
    const merger = context.createChannelMerger(4);
    for (let k = 0; k < 3; k++) live.connect(merger, k, k + 1);
    merger.connect(recorder.node);
    await untilRunning(live);
    play(context, mixture, live, merger);
    await sound(context, 3);
    const { tracks, written } = await recorder.stop();
    const { framesActivated, lateFrames } = live.statistics;
    const latency = Math.round(live.latency * context.sampleRate);
    live.dispose();
    // Otherwise the worklet would be compared with itself.
    expect(framesActivated).toBeGreaterThan(lateFrames);
    // Frames start at the quantum in which a node started, which is unknown for the live node. Try all 4 quanta of a hop.
    const disagreements = await Promise.all(
      [0, 128, 256, 384].map(async (lead) => {
        const streams = await filterInWorklet(tracks[0].slice(0, written), lead, { ...options, model });
        return Math.max(
          ...streams.map((stream, k) => {
            const length = written - latency;
            return levelBelow(stream, difference(tracks[k + 1].slice(latency, written), stream.subarray(0, length)));
          }),
        );
      }),
    );
    expect(Math.min(...disagreements)).toBeLessThan(-80);
  },
);

/** The components of an offline node for `lead` samples of silence and `samples`, without its latency and the lead. */
async function filterInWorklet(
  samples: Float32Array<ArrayBuffer>,
  lead: number,
  options: NMFSeparatorOptions,
): Promise<Float32Array[]> {
  const offline = new OfflineAudioContext(3, samples.length + lead, context.sampleRate);
  const node = new NMFSeparatorNode(offline, options);
  const later = new Float32Array(samples.length + lead);
  later.set(samples, lead);
  play(offline, later, node);
  await node.ready;
  const streams = await renderComponents(offline, node);
  const start = lead + Math.round(node.latency * context.sampleRate);
  return streams.map((stream) => stream.subarray(start));
}

test('separates three sources live', async () => {
  const sources = threeSources(context.sampleRate, 4);
  const mixture = sumOf(sources);
  const separator = new NMFSeparatorNode(context, { components: 3, channelCount: 1 });
  await separator.learn(mixture);
  const recorder = await makeRecorder(context, 6, 6);
  const merger = context.createChannelMerger(6);
  for (let k = 0; k < 3; k++) separator.connect(merger, k, k + 3);
  sources.forEach((samples, i) => {
    play(context, samples, separator).connect(merger, 0, i);
  });
  merger.connect(recorder.node);
  await sound(context, 4.5);
  const { tracks } = await recorder.stop();
  const delay = Math.round(separator.latency * context.sampleRate);
  const references = tracks.slice(0, 3).map((track) => track.slice(0, track.length - delay));
  const streams = tracks.slice(3).map((track) => track.slice(delay));
  for (const value of bestCorrelations(references, streams)) expect(value).toBeGreaterThan(0.8);
  separator.dispose();
});

test('activations and spectrogram frames reach the main thread with their times', async () => {
  const mixture = sumOf(threeSources(context.sampleRate, 2));
  const separator = new NMFSeparatorNode(context, { components: 3 });
  await separator.learn(mixture, { iterations: 20 });
  play(context, mixture, separator);
  const activations: { time: number; values: Float32Array }[] = [];
  const frames: { time: number; magnitudes: Float32Array }[] = [];
  const subscriptions = [
    separator.activations$.subscribe((frame) => activations.push(frame)),
    separator.spectrogram$.subscribe((frame) => frames.push(frame)),
  ];
  await expect.poll(() => Math.min(activations.length, frames.length)).toBeGreaterThan(100);
  for (const subscription of subscriptions) subscription.unsubscribe();
  const hop = separator.hopSize / context.sampleRate;
  for (let i = 1; i < 100; i++) expect(activations[i].time - activations[i - 1].time).toBeCloseTo(hop, 6);
  expect(activations.some(({ values }) => values.some((value) => value > 0))).toBe(true);
  expect(frames[0].magnitudes).toHaveLength(1025);
  const { statistics } = separator;
  expect(statistics.framesIn).toBeGreaterThanOrEqual(statistics.framesActivated + statistics.lateFrames);
  expect(separator.activations).toHaveLength(3);
  const { frames: recorded, bins } = await separator.spectrogram();
  expect([recorded > 80, bins]).toEqual([true, 1025]);
  separator.dispose();
});
