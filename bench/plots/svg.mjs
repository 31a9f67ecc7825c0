import * as echarts from 'echarts';
import { wholeOption } from './look.mjs';

/**
 * The chart as a file of SVG that needs nothing else: no script, no style sheet, no font. The same plot gives the same bytes.
 * @param {import('./look.mjs').Plot} plot
 * @returns {string}
 */
export function asSvg(plot) {
  const { width, height } = plot;
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(wholeOption(plot));
    return withName(asPicture(chart.renderToSVGString()), plot);
  } finally {
    chart.dispose();
  }
}

/**
 * Leaves out what ECharts adds for pages with scripts (styles for hovering, numbers of data), and the number of the
 * chart in identifiers, which counts up with every chart that a process draws.
 * @param {string} svg
 */
const asPicture = (svg) =>
  svg
    .replace(/<style\s*>.*?<\/style>\n?/gs, '')
    .replace(/ (?:class|ecmeta_\w+)="[^"]*"/g, '')
    .replace(/ xmlns:xlink="[^"]*"/, '')
    .replace(/\bzr\d+-/g, 'plot-');

/** @param {string} svg @param {import('./look.mjs').Plot} plot */
const withName = (svg, { title, description }) =>
  svg.replace(
    /<svg ([^>]*)>/,
    (_, attributes) =>
      `<svg ${attributes} role="img" aria-label="${escaped(`${title}. ${description}`)}">\n<title>${escaped(title)}</title>`,
  );

/** @param {string} text */
const escaped = (text) => echarts.format.encodeHTML(text);
