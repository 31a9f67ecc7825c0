import { barLabel, barLegend, COLOURS, decal, HEAD, nameAxis, threeDigits, valueAxis } from './look.mjs';

/** @typedef {import('../rows.mjs').Measurement} Measurement */

/** Pixels */
const BAR = 14;
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
  const bars = {
    type: /** @type {const} */ ('bar'),
    silent: true,
    barWidth: BAR,
    barGap: '10%',
    label: barLabel(String),
  };
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
      xAxis: [
        { ...valueAxis('ms', 28), gridIndex: 0 },
        { ...valueAxis('MB', 28), gridIndex: 1 },
      ],
      yAxis: [
        { ...nameAxis(engines), gridIndex: 0 },
        { ...nameAxis(engines.map(() => '')), gridIndex: 1 },
      ],
      series: [
        { ...bars, name: 'the first node', data: first, itemStyle: { color: COLOURS.blue } },
        { ...bars, name: `${nodes} nodes`, data: many, itemStyle: { color: COLOURS.skyBlue, ...decal(45) } },
        {
          ...{ ...bars, name: `memory of ${nodes} nodes`, data: memory, xAxisIndex: 1, yAxisIndex: 1 },
          itemStyle: { color: COLOURS.orange },
        },
      ],
    },
  };
}
