import { expect, it } from 'vitest';
import { loadItem, mono, readManifest } from '../../../bench/evaluate/item.ts';
import { mixturesAcross } from '../../../bench/evaluate/mixtures.ts';
import { UsageError } from '../../../bench/usage.mjs';
import { energy } from '../../helpers/signals.ts';

const FOLDER = 'test/fixtures/evaluate';
const manifest = readManifest(FOLDER);

it('mixes stems of different items, drums among them, and the same ones again', () => {
  const mixtures = mixturesAcross(manifest, 6, 1);
  expect(mixturesAcross(manifest, 6, 1)).toEqual(mixtures);
  expect(mixturesAcross(manifest, 6, 2)).not.toEqual(mixtures);
  expect(new Set(mixtures.map(({ id }) => id)).size).toBe(6);
  mixtures.forEach(({ stems }, i) => {
    const paths = Object.values(stems);
    expect(paths).toHaveLength(2 + (i % 2));
    expect(new Set(paths.map((path) => path.split('/')[0])).size).toBe(paths.length);
    expect(Object.keys(stems).some((name) => /kick|snare|hat|drums/.test(name))).toBe(true);
  });
});

it('brings them to the same power and length', async () => {
  const [mixture] = mixturesAcross(manifest, 1, 1);
  const { stems } = (await loadItem(FOLDER, mixture)).whole;
  const [first, second] = stems.map(mono);
  expect(second).toHaveLength(first.length);
  expect(energy(first) / energy(second)).toBeCloseTo(1, 4);
});

it('says how many there are, where more are asked for', () => {
  expect(() => mixturesAcross(manifest, 1000, 1)).toThrow(/--across: 1000 given, but there are only \d+ mixtures/);
  expect(() => mixturesAcross([], 1, 1)).toThrow(UsageError);
});
