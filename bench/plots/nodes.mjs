import { BAR, barLegend, barSeries } from './bars.mjs';
import { COLOURS, HEAD, inPanels, nameAxis, threeDigits, valueAxis } from './look.mjs';

/** @typedef {import('../rows.mjs').Measurement} Measurement */

/** Pixels */
const TOP = HEAD + 50;
const BOTTOM = 50;
const LEFT = { left: 130, width: 370, top: TOP, bottom: BOTTOM };
const RIGHT = { left: 550, width: 190, top: TOP, bottom: BOTTOM };

/** How long nodes take to start, and what memory they take, in each engine. */
export function nodesPlot(/** @type {readonly Measurement[]} */ measurements) {
  const engines = measurements.map(({ engine }) => String(engine));
  const values = (/** @type {string} */ field) => measurements.map((measurement) => threeDigits(measurement[field]));
  const [first, many, memory] = ['first', 'many', 'memory'].map(values);
  const [{ nodes }] = measurements;
  return {
    file: 'nodes.svg',
    title: 'What nodes take to start',
    subtitle: 'From new to ready, on a fresh page each time; memory of all nodes together',
    description: engines
      .map((name, i) => `${name}: ${first[i]} ms the first node, ${many[i]} ms and ${memory[i]} MB ${nodes} nodes`)
      .join('; '),
    width: 800,
    height: TOP + BOTTOM + 4 * BAR * engines.length,
    option: {
      grid: [LEFT, RIGHT],
      legend: barLegend(),
      xAxis: inPanels([valueAxis('ms', 28), valueAxis('MB', 28)]),
      yAxis: inPanels([nameAxis(engines), nameAxis(engines.map(() => ''))]),
      series: [
        barSeries({ name: 'the first node', data: first, text: String, colour: COLOURS.blue }),
        barSeries({ name: `${nodes} nodes`, data: many, text: String, colour: COLOURS.skyBlue, stripes: 45 }),
        barSeries({ name: `memory of ${nodes} nodes`, data: memory, text: String, colour: COLOURS.orange, panel: 1 }),
      ],
    },
  };
}
