import { LINES, TEXT, threeDigits } from './look.mjs';

/**
 * @typedef {import('../rows.mjs').Measurement} Measurement
 * @typedef {{ name: string, points: [number, number][] }} Line
 */

/**
 * One line for each value of `series`, from left to right, without the points that several rows have.
 * @param {readonly Measurement[]} measurements
 * @param {{ series: string, x: string, y: (measurement: Measurement) => number }} fields
 * @returns {Line[]}
 */
export function linesOf(measurements, { series, x, y }) {
  const names = [...new Set(measurements.map((measurement) => String(measurement[series])))];
  return names.map((name) => {
    const own = measurements.filter((measurement) => measurement[series] === name);
    const points = new Map(own.map((measurement) => [Number(measurement[x]), threeDigits(y(measurement))]));
    return { name, points: [...points].toSorted(([a], [b]) => a - b) };
  });
}

/**
 * The lines as series of a chart, each with its name beside its last point.
 * @param {readonly Line[]} lines
 * @param {number} panel  index of the axes
 * @param {(value: number) => string} text  of the values at the last points
 */
export const lineSeries = (lines, panel, text) =>
  lines.map(({ name, points }, i) => ({
    type: /** @type {const} */ ('line'),
    name,
    silent: true,
    xAxisIndex: panel,
    yAxisIndex: panel,
    symbol: LINES[i].symbol,
    symbolSize: 8,
    lineStyle: { color: LINES[i].color, width: 2 },
    itemStyle: { color: LINES[i].color },
    data: points.map(([x, y], at) => ({ value: [x, y], label: { show: at === points.length - 1 } })),
    label: {
      position: /** @type {const} */ ('right'),
      color: TEXT,
      fontSize: 11,
      formatter: (/** @type {{ value: unknown }} */ { value }) => text(/** @type {[number, number]} */ (value)[1]),
    },
  }));
