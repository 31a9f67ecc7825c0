import { legend, TEXT } from './look.mjs';

/**
 * @typedef {object} Bars
 * @property {string} name  of the series
 * @property {NonNullable<import('echarts').BarSeriesOption['data']>} data
 * @property {(value: number) => string} text  of the label beside each bar
 * @property {string} colour
 * @property {number | undefined} [stripes]  degrees by which stripes over the bars lean; without it there are none
 * @property {number} [panel]  index of the axes
 */

/** Thickness of a bar, in pixels */
export const BAR = 14;

/** Stripes tell neighbours apart without their colour. */
const STRIPES = { symbol: 'rect', color: 'rgba(255, 255, 255, 0.45)', dashArrayX: [1, 0], dashArrayY: [2, 4] };

/** One bar of each group. @param {Bars} bars */
export const barSeries = ({ name, data, text, colour, stripes, panel = 0 }) => ({
  type: /** @type {const} */ ('bar'),
  name,
  silent: true,
  barWidth: BAR,
  barGap: '10%',
  xAxisIndex: panel,
  yAxisIndex: panel,
  itemStyle: { color: colour, ...decal(stripes) },
  label: barLabel(text),
  data,
});

/** The value of a bar beyond its end. @param {(value: number) => string} text */
export const barLabel = (text) => ({
  show: true,
  position: /** @type {const} */ ('outside'),
  color: TEXT,
  fontSize: 10,
  formatter: (/** @type {{ value: unknown }} */ { value }) => text(Number(value)),
});

/** Names of the series, each with the colour of its bars. */
export const barLegend = () => ({ ...legend(), icon: 'rect' });

/** @param {number} [degrees] */
const decal = (degrees) =>
  degrees === undefined ? {} : { decal: { ...STRIPES, rotation: (degrees * Math.PI) / 180 } };
