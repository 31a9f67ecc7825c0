// The contract of every family of audio contexts, and clips that come from elsewhere.
import { NMFSeparatorNode } from 'nmf-separator-node';
import { expect, test } from 'vitest';
import { FAMILIES, iframe } from '../helpers/families.ts';
import { describeFamily, lowAndHigh, OPTIONS, QUICK, RATE } from '../helpers/familyContract.ts';

FAMILIES.forEach(describeFamily);

test('learn accepts clips created in another frame', async () => {
  const other = await iframe();
  const [low] = lowAndHigh(RATE);
  const node = new NMFSeparatorNode(new OfflineAudioContext(1, 128, RATE), OPTIONS);
  const samples = new other.Float32Array(low);
  const buffer = new other.AudioBuffer({ length: low.length, sampleRate: RATE });
  buffer.copyToChannel(low, 0);
  const { model } = await node.learn([samples, buffer], QUICK);
  expect(model.components).toBe(2);
  const spectrogram = { ...model, magnitudes: new other.Float32Array(50 * 513).fill(1), frames: 50, bins: 513 };
  await expect(node.learn(spectrogram, QUICK)).resolves.toMatchObject({ frames: 50 });
  node.dispose();
});
