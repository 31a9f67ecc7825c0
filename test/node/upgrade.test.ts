// Models that version 0.1 saved. They and what they separated were written by that version: `separate` in Chromium, K = 3,
// fftSize 512, hopSize 128, of the first two seconds of the drums of test/fixtures/evaluate.
import { readFileSync } from 'node:fs';
import decodeFlac from '@audio/decode-flac';
import { NMFModel, type NMFModelJSON, NMFSeparatorNode, separate } from 'nmf-separator-node';
import { AudioContext } from 'node-web-audio-api';
import { expect, test } from 'vitest';
import { SILENT } from '../helpers/nodeFamily.ts';

const FIXTURES = new URL('../fixtures/', import.meta.url);
const SAMPLE_RATE = 44_100;
const LENGTH = 2 * SAMPLE_RATE;

interface Saved {
  readonly model: NMFModelJSON;
  /** Of each component that version 0.1 made with the model: the sum of the squared samples */
  readonly energies: readonly number[];
}

const saved = JSON.parse(readFileSync(new URL('models-0.1.json', FIXTURES), 'utf8')) as Record<string, Saved>;

async function stemOf(name: string): Promise<Float32Array> {
  const file = readFileSync(new URL(`evaluate/drums1/${name}.flac`, FIXTURES));
  return (await decodeFlac(new Uint8Array(file))).channelData[0].subarray(0, LENGTH);
}

const stems = await Promise.all(['kick', 'snare', 'hat'].map(stemOf));
const mixture = stems[0].map((_, n) => stems.reduce((sum, stem) => sum + stem[n], 0));
const clip = { sampleRate: SAMPLE_RATE, numberOfChannels: 1, getChannelData: () => mixture };

test.each(Object.entries(saved))('a %s model of version 0.1 opens and separates as it did', async (_, then) => {
  const model = NMFModel.fromJSON(then.model);
  expect(JSON.parse(JSON.stringify(model))).toMatchObject(then.model);
  const { fftSize, hopSize, components } = model;
  const { components: parts } = await separate(clip, { components, fftSize, hopSize, channelCount: 1, model });
  parts.forEach((part, k) => {
    const energy = part.getChannelData(0).reduce((sum, sample) => sum + sample ** 2, 0);
    expect(energy / then.energies[k]).toBeCloseTo(1, 2);
  });
});

test('a node takes it as it was saved', async () => {
  const context = new AudioContext(SILENT);
  const separator = new NMFSeparatorNode(context, { components: 3, model: saved.taught.model });
  await separator.ready;
  expect([...separator.model!.labels]).toEqual(['Kick', 'Snare', 'Hat']);
  expect(separator.maskExponent.value).toBe(2);
  await context.close();
});
