// How all plots look: dark text on a white card, so that they can be read on light and on dark pages, and colours that
// people with any kind of colour vision can tell apart (Okabe and Ito 2008).

/** @typedef {import('echarts').EChartsOption} Option */

/**
 * A chart, and the file that it goes into.
 * @typedef {object} Plot
 * @property {string} file  name of the SVG file
 * @property {string} title
 * @property {string} subtitle  what was measured, on what
 * @property {string} description  the figures in words, for who does not see them
 * @property {number} width  pixels
 * @property {number} height  pixels
 * @property {Option} option  everything of the chart but its title and its general look
 */

export const COLOURS = {
  black: '#000000',
  grey: '#999999',
  orange: '#e69f00',
  skyBlue: '#56b4e9',
  green: '#009e73',
  blue: '#0072b2',
  vermilion: '#d55e00',
  purple: '#cc79a7',
};

/** Colours and symbols of lines, in the order of the series: told apart by either. */
export const LINES = [
  { color: COLOURS.blue, symbol: 'circle' },
  { color: COLOURS.vermilion, symbol: 'rect' },
  { color: COLOURS.green, symbol: 'triangle' },
];

export const TEXT = '#222222';
const GRID = '#dddddd';
const BACKGROUND = '#ffffff';

/** Height of title and subtitle, in pixels */
export const HEAD = 62;

/** @param {Plot} plot @returns {Option} */
export const wholeOption = ({ title, subtitle, option }) => ({
  animation: false,
  backgroundColor: BACKGROUND,
  textStyle: { fontFamily: 'sans-serif', color: TEXT },
  title: {
    text: title,
    subtext: subtitle,
    left: 16,
    top: 10,
    textStyle: { color: TEXT, fontSize: 17 },
    subtextStyle: { color: TEXT, fontSize: 12 },
  },
  ...option,
});

/** Names of the series, each with the symbol of its line or point. */
export const legend = () => ({
  left: 16,
  top: HEAD,
  itemWidth: 16,
  itemHeight: 10,
  itemGap: 24,
  selectedMode: false,
  textStyle: { color: TEXT, fontSize: 12 },
});

/** With the sign of a negative number, instead of a hyphen. @param {number | string} value */
export const withMinus = (value) => String(value).replace('-', '−');

/** An axis of numbers. @param {string} name with its unit @param {number} gap pixels between the axis and its name */
export const valueAxis = (name, gap) => ({
  type: /** @type {const} */ ('value'),
  name,
  nameLocation: /** @type {const} */ ('middle'),
  nameGap: gap,
  nameTextStyle: { color: TEXT, fontSize: 12 },
  axisLabel: { color: TEXT, fontSize: 12, formatter: withMinus },
  axisLine: { show: true, lineStyle: { color: TEXT } },
  splitLine: { lineStyle: { color: GRID } },
});

/** An axis of names, the first one on top. @param {readonly string[]} names */
export const nameAxis = (names) => ({
  type: /** @type {const} */ ('category'),
  inverse: true,
  data: [...names],
  axisLabel: { color: TEXT, fontSize: 12 },
  axisLine: { lineStyle: { color: TEXT } },
  axisTick: { show: false },
});

/** Axes of panels that stand side by side. @template Axis @param {readonly Axis[]} axes */
export const inPanels = (axes) => axes.map((axis, gridIndex) => ({ ...axis, gridIndex }));

/** To three digits, as the printed values. @param {string | number} value */
export const threeDigits = (value) => Number(Number(value).toPrecision(3));
