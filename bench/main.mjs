// Runs all benchmarks, or only the named ones, one after the other on one thread: see HELP.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { absences } from './peers.mjs';
import { PLOTS, plotsOf } from './plots/plots.mjs';
import { writePlots } from './plots/writePlots.mjs';
import { asText } from './rows.mjs';
import { readJson, tellUsageErrors, UsageError } from './usage.mjs';
import { makeWorkload } from './workload.mjs';

/**
 * @typedef {import('./rows.mjs').Row} Row
 * @typedef {{ machine: string, rows: (Row & { part: string })[], absent: string[] }} Results  as printed by `--json`
 */

/**
 * What measures each part; loaded with it, so that nothing has to be built where nothing is measured.
 * @type {Record<string, (work: import('./workload.mjs').Workload) => Promise<Row[]>>}
 */
const PARTS = {
  learning: async (work) => (await import('./learning.mjs')).speedRows(work),
  clips: async () => (await import('./clips.mjs')).clipRows(),
  iterations: async (work) => (await import('./iterations.mjs')).iterationRows(work),
  growth: async (work) => (await import('./growth.mjs')).growthRows(work),
  python: async (work) => (await import('./python.mjs')).pythonRows(work),
  transforms: async () => (await import('./transforms.mjs')).transformRows(),
  hops: async () => (await import('./hops.mjs')).hopRows(),
  activations: async () => (await import('./activations.mjs')).activationRows(),
  adaptation: async () => (await import('./adaptation.mjs')).adaptationRows(),
  nodes: async () => (await import('./nodes.mjs')).nodeRows(),
  lowEnd: async () => (await import('./lowEnd.mjs')).lowEndRows(),
  demo: async () => (await import('./demo.mjs')).demoRows(),
  latency: async () => (await import('./latency.mjs')).latencyRows(),
  sizes: async () => (await import('./sizes.mjs')).sizeRows(),
};

const HELP = `npm run bench -- [options] [part …]

Measures the speed of the library, one part after the other on one thread; without a part, all of them:
${Object.keys(PARTS).join(', ')}.

  --json          everything that was measured, as JSON
  --plots folder  also writes plots into the folder, as SVG files, and names them; there are plots of
                  ${Object.keys(PLOTS).join(', ')}
  --from file     instead of measuring anything, takes what --json printed before from a file
  --help`;

tellUsageErrors();
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
if (unknown.length > 0) throw new UsageError(`${unknown.join(', ')}: parts are ${Object.keys(PARTS).join(', ')}.`);
const parts = positionals.length > 0 ? positionals : Object.keys(PARTS);
if (values.plots && !parts.some((part) => part in PLOTS))
  throw new UsageError(
    `--plots: ${parts.join(', ')} has no plot; parts that have one are ${Object.keys(PLOTS).join(', ')}.`,
  );

const results = values.from ? readResults(values.from) : await measure();
if (values.json) console.log(JSON.stringify(results, null, 2));
if (values.plots) writePlots(values.plots, plotsOf(results.rows, results.machine));

/** Of the chosen parts. @param {string} file @returns {Results} */
function readResults(file) {
  const { rows, ...others } = /** @type {Results} */ (readJson('--from', file));
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
