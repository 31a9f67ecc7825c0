import type { ManifestItem } from './item.ts';
import { median } from './onsets.ts';
import { type ItemScores, mean, type Score, standardDeviation } from './scores.ts';

/** The results of an evaluation, as printed by `--json`. */
export interface Evaluation {
  readonly items: readonly { readonly id: string; readonly category: string; readonly scores: ItemScores }[];
  /** Mean scores of each method over the items of a category, and below over all items */
  readonly categories: Readonly<Record<string, Readonly<Record<string, Score>>>>;
  readonly mean: Readonly<Record<string, Score>>;
  /** Standard deviation over the seeds of each method's mean SDR, in dB */
  readonly deviation: Readonly<Record<string, number>>;
}

export function summarise(manifest: readonly ManifestItem[], scores: readonly ItemScores[]): Evaluation {
  const items = manifest.map(({ id, category }, i) => ({ id, category, scores: scores[i] }));
  const kinds = [...new Set(items.map(({ category }) => category))];
  const methods = Object.keys(scores[0]);
  return {
    items,
    categories: Object.fromEntries(
      kinds.map((kind) => [
        kind,
        meanScores(items.filter(({ category }) => category === kind).map((item) => item.scores)),
      ]),
    ),
    mean: meanScores(scores),
    deviation: Object.fromEntries(
      methods.map((method) => [
        method,
        standardDeviation(scores[0][method].map((_, seed) => mean(scores.map((item) => item[method][seed].sdr)))),
      ]),
    ),
  };
}

/** The results as a table: the SDR of every method for each item, then the means of SDR, SIR and SAR. */
export function asText({ items, categories, mean: overall, deviation }: Evaluation): string {
  const methods = Object.keys(overall);
  const row = (name: string, values: readonly string[]) =>
    name.padEnd(48) + values.map((value) => value.padStart(8)).join('');
  const decibels = (value: number) => value.toFixed(2);
  const sdrs = (scores: Readonly<Record<string, Score>>) => methods.map((method) => decibels(scores[method].sdr));
  return [
    ...methods.map((method, i) => `(${i + 1}) ${method}`),
    '',
    row('SDR, dB', [...methods.map((_, i) => `(${i + 1})`), 'relKL']),
    ...items.map(({ id, scores }) => row(id, [...sdrs(meanScores([scores])), relativeLossOf(scores)])),
    '',
    ...Object.entries(categories).map(([kind, scores]) => row(`mean of ${kind}`, sdrs(scores))),
    '',
    row('mean SDR', sdrs(overall)),
    row(
      'mean SIR',
      methods.map((method) => decibels(overall[method].sir)),
    ),
    row(
      'mean SAR',
      methods.map((method) => decibels(overall[method].sar)),
    ),
    row(
      'deviation of the mean SDR',
      methods.map((method) => decibels(deviation[method])),
    ),
    ...onsetRows(items, methods, row),
  ].join('\n');
}

/** How well the onsets were found, of the items where they are known. */
function onsetRows(
  items: Evaluation['items'],
  methods: readonly string[],
  row: (name: string, values: readonly string[]) => string,
): string[] {
  const known = items.filter(({ scores }) => scores[methods[0]][0].onsets);
  if (known.length === 0) return [];
  const scoresOf = (list: Evaluation['items'], method: string) =>
    list.flatMap(({ scores }) => scores[method].flatMap(({ onsets }) => onsets ?? []));
  const means = (list: Evaluation['items'], field: 'within50' | 'within25') =>
    methods.map((method) => mean(scoresOf(list, method).map((score) => score[field])).toFixed(2));
  return [
    '',
    row('onsets, F within 50 ms', []),
    ...known.map((item) => row(item.id, means([item], 'within50'))),
    row('mean', means(known, 'within50')),
    row(
      'mean of drums alone',
      means(
        known.filter(({ id }) => /drums/.test(id)),
        'within50',
      ),
    ),
    row('mean F within 25 ms', means(known, 'within25')),
    row(
      'median of the delays, ms',
      methods.map((method) => median(scoresOf(known, method).map(({ delay }) => delay)).toFixed(1)),
    ),
  ];
}

/** What K patterns leave of an item, by the first method that tells it. */
function relativeLossOf(scores: ItemScores): string {
  const told = Object.values(scores).flatMap((all) => all.map(({ relativeLoss }) => relativeLoss ?? Number.NaN));
  return told.find((value) => !Number.isNaN(value))?.toFixed(2) ?? '';
}

/** Means over items and seeds */
function meanScores(scores: readonly ItemScores[]): Record<string, Score> {
  return Object.fromEntries(
    Object.keys(scores[0]).map((method) => {
      const all = scores.flatMap((item) => item[method]);
      return [
        method,
        {
          sdr: mean(all.map(({ sdr }) => sdr)),
          sir: mean(all.map(({ sir }) => sir)),
          sar: mean(all.map(({ sar }) => sar)),
        },
      ];
    }),
  );
}
