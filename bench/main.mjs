// `npm run bench`: every figure in one run, on one thread; `npm run bench -- --json` for machines.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { activationRows } from './activations.mjs';
import { hopRows } from './hops.mjs';
import { iterationRows } from './iterations.mjs';
import { peerRows, sizeRows, speedRows } from './learning.mjs';
import { transformRows } from './transforms.mjs';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });

const rows = [
  ...(await speedRows()),
  ...iterationRows(),
  ...(await peerRows()),
  ...(await transformRows()),
  ...(await hopRows()),
  ...(await activationRows()),
  ...(await sizeRows()),
];
if (values.json) {
  console.log(JSON.stringify({ node: process.version, processor: cpus()[0]?.model, rows }, null, 2));
} else {
  console.log(`Node ${process.version}, ${cpus()[0]?.model}`);
  const width = Math.max(...rows.map(({ name }) => name.length));
  for (const { name, value, unit, mark } of rows) {
    console.log(`${name.padEnd(width)}  ${value.toPrecision(3).padStart(9)} ${unit}${mark ? `   mark: ${mark}` : ''}`);
  }
}
