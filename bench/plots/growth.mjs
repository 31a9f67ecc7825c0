import { lineSeries, linesOf } from './lines.mjs';
import { HEAD, inPanels, legend, valueAxis } from './look.mjs';

/** @typedef {import('../rows.mjs').Measurement} Measurement */

const TOP = HEAD + 50;
const LEFT = { left: 66, width: 290, top: TOP, bottom: 56 };
const RIGHT = { left: 456, width: 280, top: TOP, bottom: 56 };

/** The time of an iteration by the number of templates, and by the number of frames. */
export function growthPlot(/** @type {readonly Measurement[]} */ measurements) {
  const frames = Math.min(...measurements.map((measurement) => Number(measurement.frames)));
  const templates = Math.min(...measurements.map((measurement) => Number(measurement.templates)));
  const y = (/** @type {Measurement} */ { milliseconds }) => Number(milliseconds);
  const ofTemplates = linesOf(
    measurements.filter((measurement) => measurement.frames === frames),
    { series: 'divergence', x: 'templates', y },
  );
  const ofFrames = linesOf(
    measurements.filter((measurement) => measurement.templates === templates),
    { series: 'divergence', x: 'frames', y },
  );
  return {
    file: 'growth.svg',
    title: 'How the time of an iteration grows',
    subtitle: `Multiplicative updates; ${frames} frames on the left, ${templates} templates on the right`,
    description: [...ofTemplates.map(told('templates')), ...ofFrames.map(told('frames'))].join('; '),
    width: 800,
    height: 400,
    option: {
      grid: [LEFT, RIGHT],
      legend: legend(),
      xAxis: inPanels([valueAxis('templates', 28), valueAxis('frames', 28)]),
      yAxis: inPanels([valueAxis('ms an iteration', 40), valueAxis('ms an iteration', 44)]),
      series: [...lineSeries(ofTemplates, 0, milliseconds), ...lineSeries(ofFrames, 1, milliseconds)],
    },
  };
}

/** @param {string} what */
const told =
  (what) =>
  (/** @type {import('./lines.mjs').Line} */ { name, points }) =>
    `${name}: ${points.map(([x, y]) => `${milliseconds(y)} ms with ${x} ${what}`).join(', ')}`;

/** @param {number} value */
const milliseconds = (value) => value.toPrecision(3);
