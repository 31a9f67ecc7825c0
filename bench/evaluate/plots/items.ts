import { HEAD, legend, nameAxis, type Plot, valueAxis } from '../../plots/look.mjs';
import type { Evaluation } from '../report.ts';
import { mean } from '../scores.ts';
import { decibels, rounded, shownIn } from './shown.ts';

const METHODS = ['mixture', 'blind', 'playback', 'ideal mask'];
/** Pixels */
const ROW = 26;
const MARGINS = { left: 200, right: 30, top: HEAD + 50, bottom: 50 };

/** How well every single mixture is separated, by the most important methods. */
export function itemsPlot(evaluation: Evaluation): Plot | undefined {
  const methods = shownIn(evaluation, METHODS);
  if (methods.length === 0) return undefined;
  const { items } = evaluation;
  const series = methods.map((shown) => ({
    ...shown,
    values: items.map(({ scores }) => rounded(mean(scores[shown.method].map(({ sdr }) => sdr)))),
  }));
  return {
    file: 'items.svg',
    title: 'How well each mixture is separated',
    subtitle: 'SDR, mean over the sources; further to the right is better',
    description: series
      .map(({ label, values }) => `${label}: ${decibels(Math.min(...values))} to ${decibels(Math.max(...values))} dB`)
      .join('; '),
    width: 800,
    height: MARGINS.top + MARGINS.bottom + ROW * items.length,
    option: {
      grid: MARGINS,
      legend: legend(),
      xAxis: valueAxis('SDR, dB', 28),
      yAxis: { ...nameAxis(items.map(({ id }) => id.replaceAll('_', ' '))), splitLine: { show: true } },
      series: series.map(({ label, colour, symbol, values }) => ({
        type: 'scatter',
        name: label,
        silent: true,
        symbol,
        symbolSize: 12,
        itemStyle: { color: colour, opacity: 1 },
        data: values.map((value, i) => [value, i]),
      })),
    },
  };
}
