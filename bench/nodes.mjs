// Nodes in real browsers: how long the first one takes to start, and what thirty-two of them take together.
import { presentEngines } from '../test/harness/browsers.mjs';
import { browserMegabytes } from '../test/harness/memory.mjs';
import { inBrowser, playNodes, startNodes, withPackage } from './page.mjs';
import { median } from './rows.mjs';

/**
 * @typedef {import('./rows.mjs').Row} Row
 * @typedef {import('../test/harness/launch.mjs').Engine} Engine
 */

const ENGINES = /** @type {const} */ (['chromium', 'firefox']);
const RUNS = { start: 20, memory: 5 };
const MANY = 32;
const COMPONENTS = 3;
/** Seconds of sound through many nodes. */
const SECONDS = 5;

/** @returns {Promise<Row[]>} */
export const nodeRows = () =>
  withPackage(async (url) => {
    /** @type {Row[]} */
    const rows = [];
    for (const engine of ENGINES.filter((name) => presentEngines().includes(name))) {
      rows.push(...(await rowsOf(engine, url)));
    }
    return rows;
  });

/** @param {Engine} engine @param {string} url a page where the package is /index.js @returns {Promise<Row[]>} */
async function rowsOf(engine, url) {
  let name = '';
  const start = { first: /** @type {number[]} */ ([]), many: /** @type {number[]} */ ([]) };
  await inBrowser(engine, async (browser) => {
    name = `${engine} ${browser.version}`;
    for (let run = 0; run < RUNS.start; run++) {
      await browser.goto(url);
      start.first.push(await browser.evaluate(startNodes, { count: 1, components: COMPONENTS }));
      await browser.goto(url);
      start.many.push(await browser.evaluate(startNodes, { count: MANY, components: COMPONENTS }));
    }
  });
  /** @type {number[]} */
  const megabytes = [];
  /** @type {number[]} */
  const late = [];
  // A browser for each run, and a node before those that count: other memory would be measured too.
  for (let run = 0; run < RUNS.memory; run++) {
    await inBrowser(engine, async (browser) => {
      await browser.goto(url);
      await browser.evaluate(startNodes, { count: 1, components: COMPONENTS });
      const before = browserMegabytes();
      await browser.evaluate(startNodes, { count: MANY, components: COMPONENTS });
      megabytes.push(browserMegabytes() - before);
      late.push(100 * (await browser.evaluate(playNodes, { seconds: SECONDS })));
    });
  }
  const measured = { first: median(start.first), many: median(start.many), memory: median(megabytes) };
  return [
    {
      name: `\`new\` to \`ready\`, the first node of a page, ${name}`,
      value: measured.first,
      unit: 'ms',
      measurements: [{ engine, nodes: MANY, ...measured }],
    },
    {
      name: `\`new\` to \`ready\`, ${MANY} nodes of a fresh page, ${name}`,
      value: measured.many,
      unit: 'ms',
      mark: { atMost: 60 },
    },
    { name: `memory of ${MANY} more nodes, ${name}`, value: measured.memory, unit: 'MB', mark: { atMost: 25 } },
    { name: `late frames of ${MANY} nodes with three templates each, ${name}`, value: median(late), unit: '%' },
  ];
}
