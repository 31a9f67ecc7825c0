// Runs the recipes of docs/guide.md exactly as printed.

import { addEffect } from 'virtual:guide/addEffect';
import { drawBars } from 'virtual:guide/drawBars';
import { flashOnHits } from 'virtual:guide/flashOnHits';
import { makeInstruments } from 'virtual:guide/makeInstruments';
import { makeSeparator } from 'virtual:guide/makeSeparator';
import { makeStems } from 'virtual:guide/makeStems';
import { openModel } from 'virtual:guide/openModel';
import { playThroughEffects } from 'virtual:guide/playThroughEffects';
import { splitDrums } from 'virtual:guide/splitDrums';
import { splitLoop } from 'virtual:guide/splitLoop';
import { teachVoice } from 'virtual:guide/teachVoice';
import { withoutComponent } from 'virtual:guide/withoutComponent';
import { type NMFSeparatorNode, NMFSeparatorNode as Separator } from 'nmf-separator-node';
import * as Tone from 'tone';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { play, sumOf } from '../helpers/rendering.ts';
import { difference, energy, levelBelow, threeSources, twoInstruments } from '../helpers/signals.ts';

let context: AudioContext;
let separator: NMFSeparatorNode | undefined;

beforeAll(async () => {
  context = new AudioContext();
  await context.resume();
});

afterEach(() => separator?.dispose());

function bufferOf(samples: Float32Array<ArrayBuffer>): AudioBuffer {
  const buffer = new AudioBuffer({ length: samples.length, sampleRate: context.sampleRate });
  buffer.copyToChannel(samples, 0);
  return buffer;
}

const mixture = () => sumOf(threeSources(context.sampleRate, 2));

function powerAt(analyser: AnalyserNode): number {
  const samples = new Float32Array(analyser.fftSize);
  analyser.getFloatTimeDomainData(samples);
  return energy(samples) / samples.length;
}

test('split a loop, and drive a visualizer', async () => {
  const split = await splitLoop(context, bufferOf(mixture()));
  separator = split.separator;
  const analysers = split.faders.map((fader: GainNode) => fader.connect(context.createAnalyser()));
  await expect.poll(() => analysers.every((analyser: AnalyserNode) => powerAt(analyser) > 1e-6)).toBe(true);

  const canvas = Object.assign(document.createElement('canvas'), { width: 30, height: 30 });
  const drawing = drawBars(separator, canvas);
  const heights = () => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, 30, 30);
    return [0, 1, 2].map(
      (k) => Array.from({ length: 30 }, (_, y) => data[4 * (30 * y + 10 * k + 4) + 3]).filter(Boolean).length,
    );
  };
  const seen = new Set<string>();
  await expect.poll(() => seen.add(heights().join()).size, { interval: 20 }).toBeGreaterThan(5);
  drawing.unsubscribe();
});

test('learn a voice from the microphone', async () => {
  const [low, , high] = threeSources(context.sampleRate, 1);
  const microphone = context.createMediaStreamDestination();
  play(context, low, microphone).loop = true;
  const requests: unknown[] = [];
  const getUserMedia = async (constraints: unknown) => {
    requests.push(constraints);
    return microphone.stream;
  };
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: { getUserMedia } });
  const { separator: learned, model } = await teachVoice(context, bufferOf(high), 1);
  separator = learned;
  expect(requests).toEqual([{ audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false } }]);
  expect(model.labels).toEqual(['Voice', 'Accompaniment']);
  const ratio = () => learned.activations[0] / (learned.activations[1] + 1e-9);
  await expect.poll(ratio).toBeGreaterThan(10);
});

/** Kick and hat by turns, of a kit that the package knows. */
async function beat(): Promise<AudioBuffer> {
  const { sampleRate } = context;
  const samples = new Float32Array(Math.round(1.6 * sampleRate));
  for (const [drum, phase] of [
    ['kick', 0],
    ['hat', 0.2],
  ] as const) {
    const response = await fetch(new URL(`../../src/models/kits/standard-${drum}.wav`, import.meta.url));
    const hit = (await context.decodeAudioData(await response.arrayBuffer())).getChannelData(0);
    for (const time of [0, 0.4, 0.8, 1.2]) {
      const start = Math.round((time + phase) * sampleRate);
      for (let n = 0; n < hit.length && start + n < samples.length; n++) samples[start + n] += 0.5 * hit[n];
    }
  }
  return bufferOf(samples);
}

test('a drum loop without teaching, with a flash on every kick', async () => {
  const drums: NMFSeparatorNode = await splitDrums(context, await beat());
  separator = drums;
  expect([drums.adapting, [...drums.model!.labels]]).toEqual([true, ['kick', 'snare', 'hat']]);
  const flashes: { at: number; strength: number }[] = [];
  const flashing = flashOnHits(drums, 0, (strength: number) => {
    flashes.push({ at: context.currentTime, strength });
  });
  await expect.poll(() => flashes.length).toBeGreaterThan(6);
  flashing.unsubscribe();
  const gaps = flashes.slice(1).map(({ at }, i) => at - flashes[i].at);
  gaps.sort((a, b) => a - b);
  expect(Math.abs(gaps[Math.floor(gaps.length / 2)] - 0.4)).toBeLessThan(0.05);
  for (const { strength } of flashes) expect([strength > 0, strength <= 1]).toEqual([true, true]);
});

test('a model that travels', async () => {
  const offline = new OfflineAudioContext(1, 1, 32_000);
  const teacher = new Separator(offline, { components: 2 });
  const { model } = await teacher.learn(threeSources(32_000, 1).slice(0, 2), { iterations: 20 });
  teacher.dispose();
  const opened: NMFSeparatorNode = await openModel(context, new Blob([JSON.stringify(model)]));
  separator = opened;
  const { sampleRate, window, components } = opened.model!;
  expect([sampleRate, window, components]).toEqual([context.sampleRate, 'asymmetric-256', 2]);
  play(context, threeSources(context.sampleRate, 1)[0], opened).loop = true;
  await expect.poll(() => opened.activations[0] / (opened.activations[1] + 1e-9)).toBeGreaterThan(5);
});

test('a parallel dry path', async () => {
  const { separator: node } = await splitLoop(context, bufferOf(mixture()));
  separator = node;
  const [dry, wet] = [context.createAnalyser(), context.createAnalyser()];
  addEffect(node, 1, wet);
  separator!.dry.connect(dry);
  separator!.components[1].gain.value = 0;
  await expect.poll(() => powerAt(dry) > 1e-6 && powerAt(wet) < 1e-12).toBe(true);
  separator!.components[1].gain.value = 1;
  await expect.poll(() => powerAt(wet)).toBeGreaterThan(1e-6);
});

test('offline stems, and a song without one of them', async () => {
  const samples = mixture();
  const fractions: number[] = [];
  const { stems, model } = await makeStems(bufferOf(samples), (fraction: number) => fractions.push(fraction));
  expect(fractions.at(-1)).toBe(1);
  const streams = stems.map((stem: AudioBuffer) => stem.getChannelData(0));
  expect(levelBelow(samples, difference(sumOf(streams), samples))).toBeLessThan(-120);
  const { rendered, latency } = await withoutComponent(bufferOf(samples), model, 1);
  // Before the clip's first sample the live output can hold a masked frame's pre-ringing, which the stems do not contain.
  const delay = Math.round(latency * context.sampleRate);
  const actual = rendered.getChannelData(0).slice(delay);
  const expected = sumOf([streams[0], streams[2]]).subarray(0, actual.length);
  expect(levelBelow(expected, difference(actual, expected))).toBeLessThan(-80);
});

test('instruments from one recording', async () => {
  const sources = twoInstruments(context.sampleRate, 3);
  const stems = await makeInstruments(bufferOf(sumOf(sources)));
  const errors = sources.map((source) =>
    Math.min(...stems.map((stem: AudioBuffer) => levelBelow(source, difference(source, stem.getChannelData(0))))),
  );
  expect(Math.max(...errors)).toBeLessThan(-10);
});

test('load worklet and worker from the site itself', async () => {
  const node: NMFSeparatorNode = makeSeparator(context, new URL('/dist/', location.href));
  separator = node;
  const requested = () => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
  await node.ready;
  expect(requested()).toContain('/dist/worker.js');
});

test('an effect each, with Tone.js', async () => {
  await Tone.start();
  separator = (await playThroughEffects(
    new URL('../../demo/clips/pop.flac', import.meta.url).href,
  )) as NMFSeparatorNode;
  const analysers = [0, 1, 2].map(() => new Tone.Analyser('waveform', 1024));
  for (const [k, analyser] of analysers.entries()) separator.connect(analyser, k);
  const heard = new Tone.Analyser('waveform', 1024);
  Tone.connect(Tone.getDestination() as never, heard);
  const powers = () => [...analysers, heard].map((analyser) => energy(analyser.getValue() as Float32Array) / 1024);
  // Told apart, so that a failure says what is silent: a component, or all that is heard.
  await expect.poll(() => powers().map((power) => power > 1e-7)).toEqual([true, true, true, true]);
  expect(Tone.getTransport().state).toBe('started');
  Tone.getTransport().stop();
});
