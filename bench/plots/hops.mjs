import { lineSeries, linesOf } from './lines.mjs';
import { HEAD, inPanels, legend, valueAxis } from './look.mjs';

/** @typedef {import('../rows.mjs').Measurement} Measurement */

const TOP = HEAD + 50;
const BOTTOM = 56;
const LEFT = { left: 66, width: 290, top: TOP, bottom: BOTTOM };
const RIGHT = { left: 456, width: 280, top: TOP, bottom: BOTTOM };

/** What a hop takes by the number of components: as a part of the hop in every latency mode, and for every divergence. */
export function hopsPlot(/** @type {readonly Measurement[]} */ measurements) {
  const share = (/** @type {Measurement} */ { microseconds, hop }) => (100 * Number(microseconds)) / Number(hop);
  const time = (/** @type {Measurement} */ { microseconds }) => Number(microseconds);
  const ofModes = linesOf(
    measurements.filter(({ divergence }) => divergence === 'kullback-leibler'),
    { series: 'mode', x: 'components', y: share },
  );
  const ofDivergences = linesOf(
    measurements.filter(({ mode }) => mode === 'playback'),
    { series: 'divergence', x: 'components', y: time },
  );
  return {
    file: 'hops.svg',
    title: 'What a hop takes of one core',
    subtitle: 'Stereo, fftSize 2048. Left: Kullback-Leibler, by latencyHint. Right: playback, by divergence',
    description: [...ofModes.map(told(percent)), ...ofDivergences.map(told(microseconds))].join('; '),
    width: 800,
    height: 400,
    option: {
      grid: [LEFT, RIGHT],
      legend: [
        { ...legend(), data: ofModes.map(({ name }) => name) },
        { ...legend(), data: ofDivergences.map(({ name }) => name), left: RIGHT.left - 40 },
      ],
      xAxis: inPanels([valueAxis('components, K', 28), valueAxis('components, K', 28)]),
      yAxis: inPanels([valueAxis('% of a core', 36), valueAxis('µs a hop', 40)]),
      series: [...lineSeries(ofModes, 0, percent), ...lineSeries(ofDivergences, 1, microseconds)],
    },
  };
}

/** @param {(value: number) => string} text */
const told =
  (text) =>
  (/** @type {import('./lines.mjs').Line} */ { name, points }) =>
    `${name}: ${points.map(([x, y]) => `${text(y)} with ${x} components`).join(', ')}`;

/** @param {number} value */
const percent = (value) => `${value.toPrecision(2)} %`;

/** @param {number} value */
const microseconds = (value) => `${value.toFixed(0)} µs`;
