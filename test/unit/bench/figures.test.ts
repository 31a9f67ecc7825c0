// What README and docs/performance.md say is what the figures beside them show.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const textOf = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const README = textOf('README.md');
const PERFORMANCE = textOf('docs/performance.md');

/** A figure in words, which its label has */
const labelOf = (figure: string) => /aria-label="([^"]*)"/.exec(textOf(`docs/figures/${figure}.svg`))![1];

/** The cells of a table's row that begins like this */
function rowOf(text: string, beginning: string): string[] {
  const line = text.split('\n').find((one) => one.startsWith(`| ${beginning}`));
  if (line === undefined) throw new Error(`There is no row "${beginning}".`);
  return line.split('|').map((cell) => cell.trim());
}

it.each([
  ['not at all', 'not separated'],
  ['blind, as in the lecture', 'blind, lecture’s setting'],
  ['blind, the defaults', 'blind, defaults'],
  ['from other sound', 'taught, playback'],
  ["the same, `'interactive'`", 'taught, interactive'],
  ['the bound', 'ideal mask (bound)'],
])('the SDR of README, %s, is that of the figure', (beginning, method) => {
  expect(labelOf('separation')).toContain(`${method}: ${rowOf(README, beginning)[2]} dB over all mixtures`);
});

it.each([
  ['playback', 0],
  ['interactive', 1],
])('the onsets of README, %s, are those of the figure', (mode, at) => {
  const [, measure, delay] = new RegExp(`taught, ${mode}: F-measure ([\\d.]+), delay in ms: ([\\d.]+)`).exec(
    labelOf('onsets'),
  )!;
  const measures = /F-measure of (\.\d+) in `'playback'` and (\.\d+) in/.exec(README)!.slice(1);
  const delays = /known (\d+) ms and (\d+) ms after it began/.exec(README)!.slice(1);
  expect([`0${measures[at]}`, delays[at]]).toEqual([measure, Number(delay).toFixed(0)]);
  // Whether that is before it is heard depends on the latency, which the table of README has.
  const latency = Number(rowOf(README, `\`'${mode}'\` `)[3]);
  const ahead = /in `'playback'` (\d+) ms\s+before it is heard, in `'interactive'` (\d+) ms\s+after/
    .exec(README)!
    .slice(1);
  expect(Math.abs(latency - Number(delay) - (at === 0 ? 1 : -1) * Number(ahead[at]))).toBeLessThan(1);
});

it.each([
  ['Euclidean, of', 'euclidean', 'scikit-learn cd'],
  ['Kullback-Leibler, of numpy', 'kullback-leibler', '100 iterations, numpy'],
  ['Kullback-Leibler, of scikit-learn', 'kullback-leibler', '100 iterations, sklearn mu'],
])('learning beside others, %s, is that of the figure', (beginning, divergence, peer) => {
  const factors = [8, 32].map((components) => {
    const measured = new RegExp(`${divergence}, K = ${components}, ${peer}: ([\\d.]+) ms, theirs ([\\d.]+) ms`);
    const [ours, theirs] = measured.exec(labelOf('learning'))!.slice(1).map(Number);
    return (ours / theirs).toFixed(2);
  });
  expect(rowOf(PERFORMANCE, beginning).slice(2, 4)).toEqual(factors);
});

it('README says the same of learning beside scikit-learn', () => {
  const said = /learns in ([\d.]+) \(K = 8\) and ([\d.]+) .* in ([\d.]+) and\s+([\d.]+) where/.exec(README)!.slice(1);
  const rows = ['Euclidean, of', 'Kullback-Leibler, of scikit-learn'].map((beginning) => rowOf(PERFORMANCE, beginning));
  expect(said).toEqual(rows.flatMap((row) => row.slice(2, 4)));
});
