// The page's bundled clips come apart as well as the page says: its own files, taken apart as it does.

import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type NMFModel, NMFSeparatorNode, separate } from 'nmf-separator-node';
import { bssEval } from 'nmf-separator-node/dsp';
import { AudioBuffer, OfflineAudioContext } from 'node-web-audio-api';
import { describe, expect, test } from 'vitest';
import { readRecording } from '../../bench/evaluate/recording.ts';
import { clipSentence } from '../../demo/src/sources/clipSentence.ts';
import { type BundledClip, CLIP_LEARNING, CLIPS } from '../../demo/src/sources/clips.ts';

const PAGE = fileURLToPath(new URL('../../demo/', import.meta.url));
const STEMS = fileURLToPath(new URL('../fixtures/clips/', import.meta.url));
/** Bytes of all sounds that the page brings */
const LARGEST = 2_000_000;
/** Milliseconds. Scoring takes seconds, and most of a minute on a machine that is busy. */
const PATIENCE = 300_000;

async function read(path: string): Promise<AudioBuffer> {
  const { channels, sampleRate } = await readRecording(path);
  const buffer = new AudioBuffer({ length: channels[0].length, numberOfChannels: channels.length, sampleRate });
  for (const [c, samples] of channels.entries()) buffer.copyToChannel(Float32Array.from(samples), c);
  return buffer;
}

/** The true parts of a clip. One has no file: it is what the others leave of the clip. */
async function stemsOf({ id, parts }: BundledClip, clip: Float32Array): Promise<Float32Array[]> {
  const paths = parts.map(({ name }) => `${STEMS}${id}/${name}.flac`);
  const kept = await Promise.all(paths.filter(existsSync).map(read));
  expect(kept).toHaveLength(parts.length - 1);
  const samples = kept.map((stem) => stem.getChannelData(0));
  const rest = clip.map((value, n) => samples.reduce((left, stem) => left - stem[n], value));
  samples.splice(
    paths.findIndex((path) => !existsSync(path)),
    0,
    rest,
  );
  return samples;
}

/** The model that the page learns from the lessons of a clip */
async function taught({ parts }: BundledClip): Promise<NMFModel> {
  const lessons = await Promise.all(parts.map(({ lesson }) => read(PAGE + lesson)));
  const context = new OfflineAudioContext(1, 1, lessons[0].sampleRate);
  const node = await new NMFSeparatorNode(context, { components: parts.length }).ready;
  const { model } = await node.learn(lessons, CLIP_LEARNING);
  node.dispose();
  return model;
}

describe.each(CLIPS)('$title', (clip) => {
  const components = clip.parts.length;

  test(
    'every part comes out as well as stated, and clearly better than from the clip itself',
    async () => {
      const mixture = await read(PAGE + clip.url);
      const model = clip.parts[0].lesson ? { model: await taught(clip) } : CLIP_LEARNING;
      const separated = await separate(mixture, { components, ...model });
      const [samples] = [mixture.getChannelData(0)];
      const stems = await stemsOf(clip, samples);
      const score = (estimates: Float32Array[]) => bssEval(stems, estimates, { permute: false }).sdr;
      const apart = score(separated.components.map((component) => component.getChannelData(0)));
      const mixed = score(stems.map(() => samples));
      for (const [k, { name, sdr, sdrOfMixture }] of clip.parts.entries()) {
        expect(apart[k], name).toBeGreaterThanOrEqual(sdr);
        expect(apart[k] - sdr, `${name} is stated to a tenth`).toBeLessThan(0.1);
        expect(mixed[k], name).toBeLessThanOrEqual(sdrOfMixture);
        expect(sdrOfMixture - mixed[k], `${name} is stated to a tenth`).toBeLessThan(0.1);
        expect(sdr, name).toBeGreaterThan(sdrOfMixture + 6);
      }
    },
    PATIENCE,
  );

  test('all its parts have lessons, or none has', () => {
    expect([0, components]).toContain(clip.parts.filter(({ lesson }) => lesson).length);
  });

  test('its sentence tells every part and both figures', () => {
    const sentence = clipSentence(clip);
    for (const { name, sdr } of clip.parts) expect(sentence).toContain(`${sdr} dB (${name})`);
    expect(sentence).toMatch(clip.parts[0].lesson ? /^Taught/ : /^Learned/);
  });
});

test('the sounds are small, and each is used', async () => {
  const used = CLIPS.flatMap(({ url, parts }) => [url, ...parts.flatMap(({ lesson }) => lesson ?? [])]);
  const files = (await readdir(`${PAGE}clips`)).filter((file) => file.endsWith('.flac'));
  expect(files.map((file) => `clips/${file}`).sort()).toEqual(used.toSorted());
  const sizes = await Promise.all(files.map((file) => stat(`${PAGE}clips/${file}`)));
  expect(sizes.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(LARGEST);
});
