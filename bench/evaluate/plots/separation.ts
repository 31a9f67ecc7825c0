import { barLegend, barSeries } from '../../plots/bars.mjs';
import { HEAD, nameAxis, type Plot, valueAxis } from '../../plots/look.mjs';
import type { Evaluation } from '../report.ts';
import { decibels, kindOf, rounded, shownIn } from './shown.ts';

const METHODS = ['mixture', 'lecture', 'blind', 'interactive', 'playback', 'ideal mask'];
/** Pixels */
const BAR = 12;
const MARGINS = { left: 190, right: 44, top: HEAD + 62, bottom: 50 };
/** Entries of a line of the legend, and pixels from one line to the next */
const LEGEND = { entries: 3, height: 22 };

/** How well every kind of mixture is separated, by each method. */
export function separationPlot(evaluation: Evaluation): Plot | undefined {
  const methods = shownIn(evaluation, METHODS);
  if (methods.length === 0) return undefined;
  const kinds = Object.entries(evaluation.categories).map(([category, scores]) => {
    const count = evaluation.items.filter((item) => item.category === category).length;
    return { name: `${kindOf(category)} (${count})`, scores };
  });
  const rows = [{ name: `all (${evaluation.items.length})`, scores: evaluation.mean }, ...kinds];
  return {
    file: 'separation.svg',
    title: 'How well mixtures are separated',
    subtitle: 'Mean SDR by kind of mixture (number of mixtures); more is better',
    description: methods
      .map(({ method, label }) => `${label}: ${decibels(evaluation.mean[method].sdr)} dB over all mixtures`)
      .join('; '),
    width: 800,
    height: MARGINS.top + MARGINS.bottom + rows.length * (methods.length + 1) * BAR,
    option: {
      grid: MARGINS,
      legend: legendOf(methods.map(({ label }) => label)),
      xAxis: valueAxis('SDR, dB', 28),
      yAxis: nameAxis(rows.map(({ name }) => name)),
      series: methods.map(({ method, label, colour, stripes }) => ({
        ...barSeries({
          name: label,
          data: rows.map(({ scores }) => rounded(scores[method].sdr)),
          text: decibels,
          colour,
          stripes,
        }),
        barWidth: BAR - 1,
        barGap: '8%',
      })),
    },
  };
}

/** In lines of their own, because all entries are too long for one. */
const legendOf = (labels: readonly string[]) =>
  Array.from({ length: Math.ceil(labels.length / LEGEND.entries) }, (_, line) => ({
    ...barLegend(),
    top: HEAD + line * LEGEND.height,
    data: labels.slice(line * LEGEND.entries, (line + 1) * LEGEND.entries),
  }));
