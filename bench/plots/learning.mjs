import { BAR, barLabel, barLegend, barSeries } from './bars.mjs';
import { COLOURS, HEAD, nameAxis, threeDigits, valueAxis } from './look.mjs';

/** @typedef {import('../rows.mjs').Measurement} Measurement */

/** Pixels */
const MARGINS = { left: 250, right: 80, top: HEAD + 50, bottom: 50 };

/** The time to learn, compared with that of other libraries. */
export function learningPlot(/** @type {readonly Measurement[]} */ measurements) {
  const own = measurements.map(({ milliseconds }) => threeDigits(milliseconds));
  const theirs = measurements.map((measurement) => threeDigits(measurement.theirs));
  const names = measurements.map(({ divergence, components, peer }) => `${divergence}, K = ${components}\n${peer}`);
  const factors = own.map((value, i) => (theirs[i] / value).toFixed(2));
  return {
    file: 'learning.svg',
    title: 'How fast learning is beside others',
    subtitle: 'Time to the loss of 100 multiplicative iterations, one thread; in brackets: their time divided by ours',
    description: names
      .map((name, i) => `${name.replace('\n', ', ')}: ${own[i]} ms, theirs ${theirs[i]} ms, × ${factors[i]}`)
      .join('; '),
    width: 800,
    height: MARGINS.top + MARGINS.bottom + 3.5 * BAR * names.length,
    option: {
      grid: MARGINS,
      legend: barLegend(),
      xAxis: valueAxis('ms', 28),
      yAxis: nameAxis(names),
      series: [
        barSeries({ name: 'nmf-separator-node', data: own, text: String, colour: COLOURS.blue }),
        barSeries({
          name: 'the other library',
          data: theirs.map((value, i) => ({ value, label: barLabel(() => `${value}  (× ${factors[i]})`) })),
          text: String,
          colour: COLOURS.orange,
          stripes: 45,
        }),
      ],
    },
  };
}
