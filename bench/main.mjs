// Runs all benchmarks, or only the named ones, one after the other on one thread: see HELP.
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { activationRows } from './activations.mjs';
import { adaptationRows } from './adaptation.mjs';
import { clipRows } from './clips.mjs';
import { demoRows } from './demo.mjs';
import { growthRows } from './growth.mjs';
import { hopRows } from './hops.mjs';
import { iterationRows } from './iterations.mjs';
import { latencyRows } from './latency.mjs';
import { speedRows } from './learning.mjs';
import { lowEndRows } from './lowEnd.mjs';
import { nodeRows } from './nodes.mjs';
import { absences } from './peers.mjs';
import { PLOTS, plotsOf } from './plots/plots.mjs';
import { writePlots } from './plots/writePlots.mjs';
import { pythonRows } from './python.mjs';
import { asText } from './rows.mjs';
import { sizeRows } from './sizes.mjs';
import { transformRows } from './transforms.mjs';
import { makeWorkload } from './workload.mjs';

/**
 * @typedef {import('./rows.mjs').Row} Row
 * @typedef {{ machine: string, rows: (Row & { part: string })[], absent: string[] }} Results  as printed by `--json`
 */

/** @type {Record<string, (work: import('./workload.mjs').Workload) => Row[] | Promise<Row[]>>} */
const PARTS = {
  learning: speedRows,
  clips: clipRows,
  iterations: iterationRows,
  growth: growthRows,
  python: pythonRows,
  transforms: transformRows,
  hops: hopRows,
  activations: activationRows,
  adaptation: adaptationRows,
  nodes: nodeRows,
  lowEnd: lowEndRows,
  demo: demoRows,
  latency: latencyRows,
  sizes: sizeRows,
};

const HELP = `npm run bench -- [options] [part …]

Measures the speed of the library, one part after the other on one thread; without a part, all of them:
${Object.keys(PARTS).join(', ')}.

  --json          everything that was measured, as JSON
  --plots folder  also writes plots into the folder, as SVG files, and names them; there are plots of
                  ${Object.keys(PLOTS).join(', ')}
  --from file     instead of measuring anything, takes what --json printed before from a file
  --help`;

const { values, positionals } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    plots: { type: 'string' },
    from: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
  allowPositionals: true,
});
if (values.help) {
  console.log(HELP);
  process.exit();
}
const unknown = positionals.filter((name) => !(name in PARTS));
if (unknown.length > 0) throw new RangeError(`${unknown.join(', ')}: parts are ${Object.keys(PARTS).join(', ')}.`);
const parts = positionals.length > 0 ? positionals : Object.keys(PARTS);
if (values.plots && !parts.some((part) => part in PLOTS))
  throw new RangeError(
    `--plots: ${parts.join(', ')} has no plot; parts that have one are ${Object.keys(PLOTS).join(', ')}.`,
  );

const results = values.from ? readResults(values.from) : await measure();
if (values.json) console.log(JSON.stringify(results, null, 2));
if (values.plots) writePlots(values.plots, plotsOf(results.rows, results.machine));

/** Of the chosen parts. @param {string} file @returns {Results} */
function readResults(file) {
  const { rows, ...others } = /** @type {Results} */ (JSON.parse(readFileSync(file, 'utf8')));
  return print({ ...others, rows: rows.filter(({ part }) => parts.includes(part)) });
}

/** Prints every part as soon as it is measured. @returns {Promise<Results>} */
async function measure() {
  const machine = `Node ${process.version}, ${cpus()[0]?.model}`;
  printText(machine);
  const work = makeWorkload();
  /** @type {Results['rows']} */
  const rows = [];
  for (const part of parts) {
    const measured = await PARTS[part](work);
    rows.push(...measured.map((row) => ({ part, ...row })));
    printText(...measured.map(asText));
  }
  printText(...absences());
  return { machine, rows, absent: absences() };
}

/** @param {Results} results */
function print(results) {
  printText(results.machine, ...results.rows.map(asText), ...results.absent);
  return results;
}

/** Lines for people, unless there will be JSON. @param {string[]} lines */
function printText(...lines) {
  if (!values.json) for (const line of lines) console.log(line);
}
