import {
  NMFModel,
  NMFSeparatorNode,
  type SeparateOptions,
  separate,
  sonify,
  suggestComponents,
} from 'nmf-separator-node';
import { magnitudes, stft } from 'nmf-separator-node/dsp';
import { describe, expect, test } from 'vitest';
import { bufferOf, sumOf } from '../helpers/rendering.ts';
import { difference, levelBelow, noise, threeSources } from '../helpers/signals.ts';

const RATE = 44100;
/** Few iterations, but enough to separate the test sources */
const QUICK = { iterations: 15, restarts: 1 } as const;

/** Three sources panned to different positions. The length is no multiple of a quantum or hop. */
function stereoClip(seconds = 1.5, sampleRate = RATE): AudioBuffer {
  const length = Math.round(seconds * sampleRate) - 77;
  const sources = threeSources(sampleRate, seconds).map((source) => source.slice(0, length));
  const place = (gains: readonly number[]) =>
    Float32Array.from({ length }, (_, n) => sources.reduce((sum, source, k) => sum + gains[k] * source[n], 0));
  return bufferOf([place([1, 0.8, 0.2]), place([1, 0.3, 0.9])], sampleRate);
}

function expectSum(clip: AudioBuffer, components: readonly AudioBuffer[]): void {
  for (let c = 0; c < clip.numberOfChannels; c++) {
    const sum = sumOf(components.map((component) => component.getChannelData(c)));
    const expected = clip.getChannelData(c);
    expect(levelBelow(expected, difference(sum, expected))).toBeLessThan(-120);
  }
}

/** The output of an offline node for the clip, without its latency: components × channels */
async function throughNode(
  clip: AudioBuffer,
  // A node takes no options of learning.
  { templatesPerComponent: _, ...options }: SeparateOptions,
  model: NMFModel,
): Promise<Float32Array[][]> {
  const { length, numberOfChannels: channels, sampleRate } = clip;
  const { components = 3 } = options;
  const context = new OfflineAudioContext(components * channels, length + 16384, sampleRate);
  const node = new NMFSeparatorNode(context, { ...options, channelCount: channels, model });
  const source = new AudioBufferSourceNode(context, { buffer: clip });
  source.connect(node);
  source.start();
  await node.ready;
  const merger = context.createChannelMerger(components * channels);
  for (let k = 0; k < components; k++) {
    const splitter = context.createChannelSplitter(channels);
    node.connect(splitter, k);
    for (let c = 0; c < channels; c++) splitter.connect(merger, c, k * channels + c);
  }
  merger.connect(context.destination);
  const rendered = await context.startRendering();
  const start = Math.round(node.latency * sampleRate);
  node.dispose();
  return Array.from({ length: components }, (_, k) =>
    Array.from({ length: channels }, (_, c) =>
      rendered.getChannelData(k * channels + c).subarray(start, start + length),
    ),
  );
}

describe('separate', () => {
  const CASES: [string, SeparateOptions][] = [
    ['the defaults', {}],
    ['balanced', { latencyHint: 'balanced', divergence: 'euclidean', maskExponent: 1 }],
    ['interactive', { latencyHint: 'interactive', components: 2 }],
    [
      'other sizes and window',
      { fftSize: 1024, hopSize: 128, window: 'blackman-harris', maskExponent: 1.3, templatesPerComponent: 2 },
    ],
  ];
  test.each(CASES)('gives the same components as a node, without the latency: %s', async (_name, options) => {
    const clip = stereoClip();
    const { components, model } = await separate(clip, { ...QUICK, ...options });
    expect(components).toHaveLength(options.components ?? 3);
    expectSum(clip, components);
    const expected = await throughNode(clip, options, model);
    components.forEach((component, k) => {
      expect([component.length, component.sampleRate, component.numberOfChannels]).toEqual([clip.length, RATE, 2]);
      for (let c = 0; c < 2; c++) {
        const error = difference(component.getChannelData(c), expected[k][c]);
        expect(levelBelow(clip.getChannelData(c), error)).toBeLessThan(-80);
      }
    });
    const contrast = difference(components[0].getChannelData(0), components[1].getChannelData(0));
    expect(levelBelow(clip.getChannelData(0), contrast)).toBeGreaterThan(-20);
  });

  test("keeps the clip's sample rate and number of channels", async () => {
    for (const [channels, rate] of [
      [1, 22050],
      [3, 48000],
    ]) {
      const clip = bufferOf(
        Array.from({ length: channels }, (_, c) => noise(rate / 2, c + 1)),
        rate,
      );
      const { components, model, activations, frames, loss } = await separate(clip, { ...QUICK, components: 2 });
      expectSum(clip, components);
      expect([components[1].sampleRate, components[1].numberOfChannels]).toEqual([rate, channels]);
      expect(model.sampleRate).toBe(rate);
      expect(frames).toBe(1 + Math.floor(rate / 2 / 512));
      expect(activations).toHaveLength(2 * frames);
      expect(loss.length).toBeGreaterThan(0);
    }
  });

  test.each([1, 65_536 - 1000, 65_536, 65_537])(
    'accepts a clip of any length with a model: %d samples',
    async (length) => {
      const { model } = await separate(stereoClip(), { ...QUICK, latencyHint: 'balanced' });
      const clip = bufferOf([noise(length)], RATE);
      const { components, activations, frames } = await separate(clip, { model, latencyHint: 'balanced' });
      expectSum(clip, components);
      expect(frames).toBe(1 + Math.floor(length / 256));
      expect(activations.subarray(-3).every((value) => value > 0)).toBe(true);
    },
  );

  test('with a model, filters without learning and returns the activations', async () => {
    const clip = stereoClip();
    const learned = await separate(clip, QUICK);
    const filtered = await separate(clip, { model: JSON.parse(JSON.stringify(learned.model)) });
    expect(filtered.loss).toHaveLength(0);
    expect(filtered.model.templates).toEqual(learned.model.templates);
    learned.components.forEach((component, k) => {
      expect(filtered.components[k].getChannelData(1)).toEqual(component.getChannelData(1));
    });
    expect(filtered.frames).toBe(1 + Math.floor(clip.length / 512));
    expect(filtered.activations).toHaveLength(3 * filtered.frames);
    // The activations from learning are not iterated to convergence, but must be of the same frames.
    expect(levelBelow(learned.activations, difference(filtered.activations, learned.activations))).toBeLessThan(-10);
  });

  test('with hold, keeps those components of the model and learns the others', async () => {
    const clip = stereoClip();
    const { model } = await separate(clip, { ...QUICK, seed: 1 });
    const again = await separate(clip, { ...QUICK, model, hold: [1], seed: 2 });
    const row = (templates: Float32Array, k: number) => templates.slice(k * 1025, (k + 1) * 1025);
    expect(
      levelBelow(row(model.templates, 1), difference(row(again.model.templates, 1), row(model.templates, 1))),
    ).toBeLessThan(-100);
    expect(row(again.model.templates, 0)).not.toEqual(row(model.templates, 0));
    expectSum(clip, again.components);
  });

  test('reports its progress from 0 to 1', async () => {
    const progress: number[] = [];
    await separate(stereoClip(), { ...QUICK, onProgress: (fraction) => progress.push(fraction) });
    expect(progress.at(-1)).toBe(1);
    expect(progress.length).toBeGreaterThan(2);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress[0]).toBeGreaterThanOrEqual(0);
  });

  test.each([0, 0.2, 0.8])('can be aborted at progress %d', async (fraction) => {
    const controller = new AbortController();
    const separation = separate(stereoClip(4), {
      iterations: 60,
      tolerance: 0,
      restarts: 1,
      signal: controller.signal,
      onProgress: (done) => done >= fraction && controller.abort(),
    });
    await expect(separation).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('rejects the options and clips that a node rejects', async () => {
    const clip = stereoClip();
    const silent = bufferOf([new Float32Array(RATE)], RATE);
    await expect(separate(null as never)).rejects.toThrow(/clip: null/);
    await expect(separate(noise(RATE) as never)).rejects.toThrow(TypeError);
    await expect(separate(clip, { components: 33 })).rejects.toThrow(/components: 33/);
    await expect(separate(clip, { iterations: 0 })).rejects.toThrow(/iterations: 0/);
    await expect(separate(clip, { channelCount: 0 })).rejects.toThrow(/channelCount: 0/);
    await expect(separate(clip, { onProgress: 5 as never })).rejects.toThrow(/onProgress: 5/);
    await expect(separate(silent)).rejects.toThrow(/silent/);
    await expect(separate(bufferOf([noise(100)], RATE))).rejects.toThrow(/100 samples/);
    await expect(separate(clip, { hold: [0] })).rejects.toMatchObject({ name: 'InvalidStateError' });
    const { model } = await separate(clip, QUICK);
    expect((await separate(clip, { model, fftSize: 1024 })).model.fftSize).toBe(1024);
    await expect(separate(clip, { model, adaptive: { trust: 2 } })).rejects.toThrow(/trust: 2/);
    await expect(separate(clip, { model, signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('sonify', () => {
  /** A model of one component with energy in a few bins, and one without any template. */
  const bins = [40, 80, 200];
  const model = new NMFModel({
    sampleRate: RATE,
    fftSize: 2048,
    hopSize: 512,
    window: 'hann',
    divergence: 'euclidean',
    components: 2,
    componentOf: Uint8Array.of(0, 0),
    templates: Float32Array.from({ length: 2 * 1025 }, (_, i) => (bins.includes(i % 1025) ? 1 / 3 : 0)),
  });

  test('gives a sound with the spectrum of the templates', () => {
    const sound = sonify(model, 0, { seconds: 0.7 });
    expect([sound.length, sound.sampleRate, sound.numberOfChannels]).toEqual([Math.round(0.7 * RATE), RATE, 1]);
    const samples = sound.getChannelData(0);
    expect(Math.max(...samples.map(Math.abs))).toBeCloseTo(0.5, 5);
    const spectrogram = stft(samples, { fftSize: 2048, hopSize: 2048 });
    const frame = magnitudes(spectrogram).subarray(5 * 1025, 6 * 1025);
    const loudest = [...frame.keys()].sort((a, b) => frame[b] - frame[a]).slice(0, 3);
    for (const bin of loudest) expect(bins.some((wanted) => Math.abs(wanted - bin) <= 2)).toBe(true);
  });

  test('gives the same sound for the same seed, and silence without templates', () => {
    const play = (seed: number) => sonify(model, 0, { seconds: 0.2, iterations: 2, seed }).getChannelData(0);
    expect(play(3)).toEqual(play(3));
    expect(play(3)).not.toEqual(play(4));
    expect(
      sonify(model, 1, { seconds: 0.2 })
        .getChannelData(0)
        .every((value) => value === 0),
    ).toBe(true);
  });

  test('throws for invalid arguments', () => {
    expect(() => sonify({} as NMFModel, 0)).toThrow(TypeError);
    expect(() => sonify(model, 2)).toThrow(/component: 2/);
    expect(() => sonify(model, 0, { seconds: 0 })).toThrow(/seconds: 0/);
    expect(() => sonify(model, 0, { iterations: 1.5 })).toThrow(/iterations: 1.5/);
  });
});

describe('suggestComponents', () => {
  test('suggests 3 for three sources', async () => {
    const clip = sumOf(threeSources(RATE, 2));
    const { suggestion, table } = await suggestComponents(clip, { max: 6, divergence: 'euclidean' });
    expect(table.map(({ components }) => components)).toEqual([1, 2, 3, 4, 5, 6]);
    for (let i = 1; i < table.length; i++) {
      expect(table[i].gain).toBeCloseTo(table[i - 1].loss / table[i].loss - 1, 6);
    }
    expect(suggestion).toBe(3);
  });

  test('rejects invalid options and silence', async () => {
    await expect(suggestComponents(noise(RATE), { max: 0 })).rejects.toThrow(/max: 0/);
    await expect(suggestComponents(new Float32Array(RATE))).rejects.toThrow(/silent/);
    await expect(suggestComponents(noise(RATE), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
