import { expect, it } from 'vitest';
import { type Channels, mono } from '../../../bench/evaluate/item.ts';
import { scoreItem, standardDeviation } from '../../../bench/evaluate/scores.ts';
import { threeSources } from '../../helpers/signals.ts';

const RATE = 11025;

it('every method beats the mixture, and blind separation stays below the ideal mask', () => {
  const sources = threeSources(RATE, 4).map((source) => [source]);
  const halves = (from: number, to: number) => sources.map(([source]): Channels => [source.slice(from, to)]);
  const excerptOf = (stems: readonly Channels[]) => ({
    stems,
    mixture: [stems[0][0].map((_, n) => stems.reduce((sum, [stem]) => sum + stem[n], 0))],
  });
  const item = {
    sampleRate: RATE,
    whole: excerptOf(sources),
    training: halves(0, 2 * RATE),
    test: excerptOf(halves(2 * RATE, 4 * RATE)),
  };
  const methods = ['mixture', 'ideal mask', 'blind', 'playback unshifted', 'interactive unshifted'];
  const [mixture, ideal, blind, playback, interactive] = Object.values(scoreItem(item, methods, [0])).map(
    ([{ sdr }]) => sdr,
  );
  expect(mixture).toBeLessThan(3);
  expect(blind).toBeGreaterThan(mixture + 3);
  expect(playback).toBeGreaterThan(mixture + 3);
  expect(interactive).toBeGreaterThan(mixture + 3);
  expect(blind).toBeLessThan(ideal);
}, 60_000);

it('mono averages the channels', () => {
  expect(mono([Float32Array.of(1, 2), Float32Array.of(3, -2)])).toEqual(Float32Array.of(2, 0));
});

it('the standard deviation is that of a population', () => {
  expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBe(2);
});
