// `npm run bench [-- --json] [-- name …]`: runs all benchmarks, or only the named ones, one after the other on one thread.
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
import { pythonRows } from './python.mjs';
import { asText } from './rows.mjs';
import { sizeRows } from './sizes.mjs';
import { transformRows } from './transforms.mjs';
import { makeWorkload } from './workload.mjs';

/** @typedef {import('./rows.mjs').Row} Row */

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

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !(name in PARTS));
if (unknown.length > 0) throw new RangeError(`${unknown.join(', ')}: parts are ${Object.keys(PARTS).join(', ')}.`);

const machine = `Node ${process.version}, ${cpus()[0]?.model}`;
if (!values.json) console.log(machine);
const work = makeWorkload();
/** @type {Row[]} */
const rows = [];
for (const part of positionals.length > 0 ? positionals : Object.keys(PARTS)) {
  const measured = await PARTS[part](work);
  rows.push(...measured);
  if (!values.json) for (const row of measured) console.log(asText(row));
}
if (values.json) console.log(JSON.stringify({ machine, rows, absent: absences() }, null, 2));
else for (const absence of absences()) console.log(absence);
