import { References } from '../../src/dsp/scores/bssEval.ts';
import type { Excerpt, Item } from './item.ts';
import { mono } from './item.ts';
import { IS_RANDOM, METHODS } from './methods.ts';
import { type OnsetScore, scoreOnsets } from './onsets.ts';

/** BSS Eval scores in dB, means over the stems of an item */
export interface Score {
  readonly sdr: number;
  readonly sir: number;
  readonly sar: number;
  /** Of blind methods, see `Outcome` */
  readonly relativeLoss?: number | undefined;
  /** Of items whose onsets are known */
  readonly onsets?: OnsetScore | undefined;
}

/** Scores of one item, by method: one score for each seed */
export type ItemScores = Readonly<Record<string, readonly Score[]>>;

/** @param seeds methods in which chance plays no great part are scored for the first only */
export function scoreItem(item: Item, methods: readonly string[], seeds: readonly number[]): ItemScores {
  const prepared = new Map<Excerpt, References>();
  const referencesOf = (excerpt: Excerpt) => {
    const references = prepared.get(excerpt) ?? new References(excerpt.stems.map(mono));
    prepared.set(excerpt, references);
    return references;
  };
  const scoresOf = (method: string) =>
    (IS_RANDOM.test(method) ? seeds : seeds.slice(0, 1)).map((seed): Score => {
      const { excerpt, estimates, onsets, permute, relativeLoss } = METHODS[method](item, seed);
      const { sdr, sir, sar, permutation } = referencesOf(excerpt).evaluate(estimates.map(mono), permute);
      const found = excerpt.onsets && scoreOnsets(excerpt.onsets, onsets, permutation);
      return { sdr: mean(sdr), sir: mean(sir), sar: mean(sar), relativeLoss, onsets: found };
    });
  return Object.fromEntries(methods.map((method) => [method, scoresOf(method)]));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function standardDeviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}
