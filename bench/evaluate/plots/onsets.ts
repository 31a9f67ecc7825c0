import { BAR, barLegend, barSeries } from '../../plots/bars.mjs';
import { COLOURS, HEAD, inPanels, nameAxis, type Plot, valueAxis } from '../../plots/look.mjs';
import { median, type OnsetScore } from '../onsets.ts';
import type { Evaluation } from '../report.ts';
import { mean } from '../scores.ts';
import { rounded, shownIn } from './shown.ts';

const METHODS = ['lecture', 'blind patterns', 'blind', 'interactive', 'balanced', 'playback'];
/** Pixels */
const TOP = HEAD + 50;
const BOTTOM = 50;
const LEFT = { left: 190, width: 330, top: TOP, bottom: BOTTOM };
const RIGHT = { left: 560, width: 190, top: TOP, bottom: BOTTOM };

/** How well onsets are found, and how soon they are known, by each method. */
export function onsetsPlot(evaluation: Evaluation): Plot | undefined {
  const rows = shownIn(evaluation, METHODS)
    .map(({ method, label }) => ({ label, scores: onsetsOf(evaluation, method) }))
    .filter(({ scores }) => scores.length > 0);
  if (rows.length === 0) return undefined;
  const within = (field: 'within50' | 'within25') =>
    rows.map(({ scores }) => rounded(mean(scores.map((score) => score[field]))));
  const [within50, within25] = [within('within50'), within('within25')];
  const delays = rows.map(({ scores }) => rounded(median(scores.map(({ delay }) => delay).filter(Number.isFinite))));
  const known = evaluation.items.filter(({ scores }) => Object.values(scores).some(([{ onsets }]) => onsets)).length;
  const share = (value: number) => value.toFixed(2);
  // Where no onset was found, there is no delay.
  const milliseconds = (value: number) => (Number.isNaN(value) ? 'none found' : value.toFixed(1));
  return {
    file: 'onsets.svg',
    title: 'How well onsets are found, and how soon',
    subtitle: `Of ${known} mixtures whose onsets are known; delay until the audio thread knows, the median`,
    description: rows
      .map(({ label }, i) => `${label}: F-measure ${share(within50[i])}, delay in ms: ${milliseconds(delays[i])}`)
      .join('; '),
    width: 800,
    height: TOP + BOTTOM + 3 * BAR * rows.length,
    option: {
      grid: [LEFT, RIGHT],
      legend: barLegend(),
      xAxis: inPanels([{ ...valueAxis('F-measure', 28), min: 0, max: 1 }, valueAxis('delay, ms', 28)]),
      yAxis: inPanels([nameAxis(rows.map(({ label }) => label)), nameAxis(rows.map(() => ''))]),
      series: [
        barSeries({ name: 'F within 50 ms', data: within50, text: share, colour: COLOURS.blue }),
        barSeries({ name: 'F within 25 ms', data: within25, text: share, colour: COLOURS.skyBlue, stripes: 45 }),
        barSeries({ name: 'delay', data: delays, text: milliseconds, colour: COLOURS.orange, panel: 1 }),
      ],
    },
  };
}

/** Of all items and seeds, where they are known */
const onsetsOf = ({ items }: Evaluation, method: string): OnsetScore[] =>
  items.flatMap(({ scores }) => (scores[method] ?? []).flatMap(({ onsets }) => onsets ?? []));
