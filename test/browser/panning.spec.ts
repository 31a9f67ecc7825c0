import { type LearnOptions, NMFModel, NMFSeparatorNode, type NMFSeparatorOptions, separate } from 'nmf-separator-node';
import { expect, test } from 'vitest';
import { makeRecorder } from '../helpers/recorder.ts';
import { bufferOf, sound, sumOf, untilRunning } from '../helpers/rendering.ts';
import { difference, levelBelow, twoInstruments } from '../helpers/signals.ts';

/** Between two loudspeakers: the left channel's part of each source */
const PLACES = [0.85, 0.25];

function panned(samples: Float32Array, left: number, sampleRate: number): AudioBuffer {
  const buffer = new AudioBuffer({ length: samples.length, numberOfChannels: 2, sampleRate });
  [left, 1 - left].forEach((gain, c) => {
    buffer.copyToChannel(
      samples.map((value) => 2 * gain * value),
      c,
    );
  });
  return buffer;
}

/** An instrument that plays a scale, and the same one backwards in another place. */
function duo(sampleRate: number, seconds: number) {
  const [forwards] = twoInstruments(sampleRate, seconds);
  const both = [forwards, forwards.slice().reverse()];
  const sources = both.map((samples, k) => panned(samples, PLACES[k], sampleRate));
  const mixture = new AudioBuffer({ length: sources[0].length, numberOfChannels: 2, sampleRate });
  for (const c of [0, 1]) mixture.copyToChannel(sumOf(sources.map((source) => source.getChannelData(c))), c);
  return { sources, mixture };
}

/** Supervised learning, for a node that is not needed any more. */
async function taughtBy(sources: AudioBuffer[], options: NMFSeparatorOptions, learning: LearnOptions) {
  const [{ sampleRate }] = sources;
  const node = new NMFSeparatorNode(new OfflineAudioContext(2, sampleRate, sampleRate), { components: 2, ...options });
  const { model } = await node.learn(sources, learning);
  node.dispose();
  return model;
}

/** Decibels by which the signal is above what is wrong in a component, in both channels. */
function separation(component: AudioBuffer, source: AudioBuffer): number {
  const both = (buffer: AudioBuffer) => Float32Array.from([...buffer.getChannelData(0), ...buffer.getChannelData(1)]);
  return -levelBelow(both(source), difference(both(component), both(source)));
}

/** One template each cannot tell the sources apart; where they lie can. */
const OPTIONS = { templatesPerComponent: 1, pitchShifts: 0 } as const;
const QUICK = { templatesPerComponent: 8, iterations: 20 } as const;

test.each(['playback', 'balanced', 'interactive'] as const)(
  'sources that lie apart separate by where they lie, %s',
  async (latencyHint) => {
    const rate = 44100;
    const { sources, mixture } = duo(rate, 3);
    const model = await taughtBy(sources, { latencyHint }, OPTIONS);
    const { components } = await separate(mixture, { components: 2, latencyHint, model });
    expect([...model.panning!]).toEqual([expect.closeTo(PLACES[0], 2), expect.closeTo(PLACES[1], 2)]);
    const unpanned = NMFModel.fromJSON({ ...model.toJSON(), panning: undefined });
    const without = await separate(mixture, { components: 2, latencyHint, model: unpanned });
    components.forEach((component, k) => {
      const found = separation(component, sources[k]);
      expect(found).toBeGreaterThan(8);
      expect(found).toBeGreaterThan(separation(without.components[k], sources[k]) + 4);
    });
  },
);

/** Plays a clip through a node. @returns what the node heard, and its first component in time with it */
async function playLive(context: AudioContext, node: NMFSeparatorNode, clip: AudioBuffer) {
  const recorder = await makeRecorder(context, 4, clip.duration + 1);
  const merger = context.createChannelMerger(4);
  const record = (splitter: ChannelSplitterNode, first: number) => {
    for (const channel of [0, 1]) splitter.connect(merger, channel, first + channel);
    return splitter;
  };
  node.connect(record(context.createChannelSplitter(2), 2), 0);
  merger.connect(recorder.node);
  await untilRunning(node);
  const source = new AudioBufferSourceNode(context, { buffer: clip });
  source.connect(node);
  source.connect(record(context.createChannelSplitter(2), 0));
  source.start();
  await sound(context, clip.duration + 0.3);
  const { tracks } = await recorder.stop();
  const latency = Math.round(node.latency * context.sampleRate);
  return {
    input: bufferOf(tracks.slice(0, 2), context.sampleRate),
    heard: tracks.slice(2).map((t) => t.slice(latency)),
  };
}

function delayedBy(delay: number, clip: AudioBuffer): AudioBuffer {
  const { length, numberOfChannels, sampleRate } = clip;
  const later = new AudioBuffer({ length: length + delay, numberOfChannels, sampleRate });
  for (let c = 0; c < numberOfChannels; c++) later.copyToChannel(clip.getChannelData(c), c, delay);
  return later;
}

/** Of pieces of 50 ms of the first second of sound, in decibels below what was expected, `delay` later */
function errorsOf(heard: readonly Float32Array[], expected: AudioBuffer, delay: number): number[] {
  const size = Math.round(0.05 * expected.sampleRate);
  const start = heard[0].findIndex((sample) => sample !== 0);
  return heard.flatMap((samples, c) =>
    Array.from({ length: 20 }, (_, i) => {
      const [from, to] = [start + i * size, start + (i + 1) * size];
      const wanted = expected.getChannelData(c).subarray(delay + from, delay + to);
      return levelBelow(wanted, difference(samples.subarray(from, to), wanted));
    }),
  );
}

test.each([
  ['worker', 'playback', 0],
  ['worklet', 'playback', 0],
  ['worker', 'playback', 7],
  ['worklet', 'interactive', 7],
] as const)(
  'live, with activation in the %s, %s and %d pitch shifts, a stereo model gives the same as offline',
  async (...given) => {
    const [activation, latencyHint, pitchShifts] = given;
    const context = new AudioContext();
    await context.resume();
    const rate = context.sampleRate;
    const { sources, mixture } = duo(rate, 2);
    const node = new NMFSeparatorNode(context, { components: 2, latencyHint, activation });
    const { model } = await node.learn(sources, { ...QUICK, pitchShifts });
    expect(model.panning).toHaveLength(16);
    const { input, heard } = await playLive(context, node, mixture);
    expect(node.statistics.lateFrames).toBe(0);
    node.dispose();
    // Where the frames of the live node begin, in blocks, is not known.
    const found = await Promise.all(
      [0, 1, 2, 3].map(async (blocks) => {
        const later = delayedBy(128 * blocks, input);
        const { components } = await separate(later, { components: 2, latencyHint, model });
        return errorsOf(heard, components[0], 128 * blocks);
      }),
    );
    const exactOf = (errors: number[]) => errors.filter((error) => error < -50).length;
    const errors = found.reduce((best, other) => (exactOf(other) > exactOf(best) ? other : best));
    const exact = exactOf(errors);
    console.log(`as offline: ${exact} of ${errors.length} pieces of 50 ms`);
    // Copies are named late where the worker is. Without any, nothing may differ.
    expect(exact).toBeGreaterThan(pitchShifts > 0 ? 4 : errors.length - 1);
  },
);

test('a node of one channel plays a stereo model as a mono one', async () => {
  const rate = 44100;
  const { sources } = duo(rate, 2);
  const model = await taughtBy(sources, {}, OPTIONS);
  expect(model.panning).toBeDefined();
  const render = async (used: NMFModel) => {
    const context = new OfflineAudioContext(1, rate, rate);
    const node = new NMFSeparatorNode(context, { components: 2, channelCount: 1, model: used });
    await node.ready;
    const source = new AudioBufferSourceNode(context, { buffer: sources[1] });
    source.connect(node);
    node.connect(context.destination, 0);
    source.start();
    return (await context.startRendering()).getChannelData(0);
  };
  const unpanned = NMFModel.fromJSON({ ...model.toJSON(), panning: undefined });
  expect(await render(model)).toEqual(await render(unpanned));
});
