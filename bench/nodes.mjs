// Nodes in real browsers: how long the first one takes to start, and what thirty-two of them take together.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { presentEngines } from '../test/harness/browsers.mjs';
import { launch } from '../test/harness/launch.mjs';
import { browserMegabytes } from '../test/harness/memory.mjs';
import { serve } from '../test/harness/serve.mjs';
import { median } from './rows.mjs';

/**
 * @typedef {import('./rows.mjs').Row} Row
 * @typedef {import('../test/harness/launch.mjs').Browser} Browser
 * @typedef {import('../test/harness/launch.mjs').Engine} Engine
 */

const ENGINES = /** @type {const} */ (['chromium', 'firefox']);
const RUNS = { start: 20, memory: 5 };
const MANY = 32;
/** Seconds of sound through many nodes. */
const SECONDS = 5;

/** @returns {Promise<Row[]>} */
export async function nodeRows() {
  const folder = mkdtempSync(join(tmpdir(), 'nmf-bench-'));
  const site = await serve(folder, { isolated: true });
  /** @type {Row[]} */
  const rows = [];
  try {
    writeFileSync(join(folder, 'index.html'), '<!doctype html>');
    const entry = fileURLToPath(new URL('../dist/index.js', import.meta.url));
    await build({ entryPoints: [entry], bundle: true, format: 'esm', outfile: join(folder, 'index.js') });
    for (const engine of ENGINES.filter((name) => presentEngines().includes(name))) {
      rows.push(...(await rowsOf(engine, site.url)));
    }
    return rows;
  } finally {
    await site.close();
    rmSync(folder, { recursive: true });
  }
}

/** @param {Engine} engine @param {string} url a page where the package is /index.js @returns {Promise<Row[]>} */
async function rowsOf(engine, url) {
  let name = '';
  const start = { first: /** @type {number[]} */ ([]), many: /** @type {number[]} */ ([]) };
  await inBrowser(engine, async (browser) => {
    name = `${engine} ${browser.version}`;
    for (let run = 0; run < RUNS.start; run++) {
      await browser.goto(url);
      start.first.push(await browser.evaluate(startNodes, { count: 1 }));
      await browser.goto(url);
      start.many.push(await browser.evaluate(startNodes, { count: MANY }));
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
      await browser.evaluate(startNodes, { count: 1 });
      const before = browserMegabytes();
      await browser.evaluate(startNodes, { count: MANY });
      megabytes.push(browserMegabytes() - before);
      late.push(100 * (await browser.evaluate(playNodes, { seconds: SECONDS })));
    });
  }
  return [
    { name: `\`new\` to \`ready\`, the first node of a page, ${name}`, value: median(start.first), unit: 'ms' },
    {
      name: `\`new\` to \`ready\`, ${MANY} nodes of a fresh page, ${name}`,
      value: median(start.many),
      unit: 'ms',
      mark: { atMost: 60 },
    },
    { name: `memory of ${MANY} more nodes, ${name}`, value: median(megabytes), unit: 'MB', mark: { atMost: 25 } },
    { name: `late frames of ${MANY} nodes with three templates each, ${name}`, value: median(late), unit: '%' },
  ];
}

/** @param {Engine} engine @param {(browser: Browser) => Promise<void>} action */
async function inBrowser(engine, action) {
  const browser = await launch(engine);
  try {
    await action(browser);
  } finally {
    await browser.close();
  }
}

/**
 * Runs in the page, which keeps the nodes.
 * @param {{ count: number }} task
 * @returns {Promise<number>} milliseconds until all are ready
 */
async function startNodes({ count }) {
  const page = /** @type {{ context?: AudioContext, nodes?: import('../dist/index.js').NMFSeparatorNode[] }} */ (
    globalThis
  );
  const { NMFSeparatorNode } = await import(/** @type {string} */ ('/index.js'));
  page.context ??= new AudioContext();
  const { context } = page;
  await context.resume();
  const start = performance.now();
  const nodes = Array.from({ length: count }, () => new NMFSeparatorNode(context, { components: 3 }));
  await Promise.all(nodes.map(({ ready }) => ready));
  page.nodes = nodes;
  return performance.now() - start;
}

/**
 * Runs in the page: gives every node a model of three templates, and plays noise through all of them.
 * @param {{ seconds: number }} task
 * @returns {Promise<number>} the part of their frames that were late
 */
async function playNodes({ seconds }) {
  const { context, nodes } =
    /** @type {{ context: AudioContext, nodes: import('../dist/index.js').NMFSeparatorNode[] }} */ (
      /** @type {unknown} */ (globalThis)
    );
  const { NMFModel } = await import(/** @type {string} */ ('/index.js'));
  const bins = nodes[0].fftSize / 2 + 1;
  const { sampleRate } = context;
  const model = new NMFModel({
    templates: Float32Array.from(
      { length: 3 * bins },
      (_, i) => 1e-6 + ((i % bins) % 3 === Math.floor(i / bins) ? 1 : 0),
    ),
    componentOf: Uint8Array.of(0, 1, 2),
    components: 3,
    divergence: 'kullback-leibler',
    sampleRate,
    fftSize: nodes[0].fftSize,
    hopSize: nodes[0].hopSize,
    window: nodes[0].window,
  });
  await Promise.all(nodes.map((node) => node.setModel(model)));
  const buffer = new AudioBuffer({ length: sampleRate, sampleRate });
  const noise = Float32Array.from({ length: sampleRate }, () => Math.random() - 0.5);
  buffer.copyToChannel(noise, 0);
  const source = new AudioBufferSourceNode(context, { buffer, loop: true });
  for (const node of nodes) source.connect(node);
  const before = nodes.map(({ statistics }) => statistics);
  source.start();
  await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
  const sum = (/** @type {'framesIn' | 'lateFrames'} */ what) =>
    nodes.reduce((total, { statistics }, i) => total + statistics[what] - before[i][what], 0);
  const late = sum('lateFrames') / sum('framesIn');
  source.stop();
  for (const node of nodes) node.dispose();
  return late;
}
