import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadItem, readManifest } from '../../../bench/evaluate/item.ts';
import { readRecording } from '../../../bench/evaluate/recording.ts';
import { wav } from '../../helpers/wav.ts';

const FIXTURES = fileURLToPath(new URL('../../fixtures/evaluate', import.meta.url));
const SPEECH = join(FIXTURES, 'speech2/speech.flac');
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nmf-recordings-'));
  writeFileSync(join(folder, 'short.wav'), await wav(Float32Array.of(0.5, -0.25, 0, 0.75), 48000));
  writeFileSync(join(folder, 'long.wav'), await wav(new Float32Array(100), 48000));
  writeFileSync(join(folder, 'text.flac'), 'This is not music.');
  writeFileSync(join(folder, 'song.mp3'), '');
});

afterAll(() => rmSync(folder, { recursive: true }));

it('reads FLAC', async () => {
  const { channels, sampleRate } = await readRecording(SPEECH);
  expect(sampleRate).toBe(44100);
  expect(channels.map(({ length }) => length)).toEqual([6 * 44100]);
  expect(Math.max(...channels[0].subarray(0, 100_000))).toBeGreaterThan(0.05);
});

it.each(readManifest(FIXTURES))(
  'every stem of $id is heard where it is taught and where it is tested',
  async (item) => {
    const { training, test } = await loadItem(FIXTURES, item);
    for (const [samples] of [...training, ...test.stems]) expect(Math.max(...samples)).toBeGreaterThan(0.05);
  },
);

it('reads WAV', async () => {
  const { channels, sampleRate } = await readRecording(join(folder, 'short.wav'));
  expect(sampleRate).toBe(48000);
  expect(channels).toHaveLength(1);
  [0.5, -0.25, 0, 0.75].forEach((sample, n) => {
    expect(channels[0][n]).toBeCloseTo(sample, 4);
  });
});

it('an unreadable file throws an error with its name', async () => {
  await expect(readRecording(join(folder, 'text.flac'))).rejects.toThrow(/text\.flac/);
  await expect(readRecording(join(folder, 'song.mp3'))).rejects.toThrow(/song\.mp3: only FLAC and WAV/);
});

it('rejects stems of different lengths', async () => {
  const item = { id: 'odd', category: 'test', stems: { a: 'short.wav', b: 'long.wav' } };
  await expect(loadItem(folder, item)).rejects.toThrow(/stems of odd .* 4 samples .* 100 samples/);
});
