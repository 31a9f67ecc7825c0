// The package in a page of a real browser, and what is done there.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { launch } from '../test/harness/launch.mjs';
import { serve } from '../test/harness/serve.mjs';

/**
 * @typedef {import('../test/harness/launch.mjs').Browser} Browser
 * @typedef {import('../test/harness/launch.mjs').Engine} Engine
 */

/**
 * Serves an empty page, cross-origin isolated, with the package as /index.js.
 * @template T
 * @param {(url: string) => Promise<T>} action
 * @returns {Promise<T>}
 */
export async function withPackage(action) {
  const folder = mkdtempSync(join(tmpdir(), 'nmf-bench-'));
  const site = await serve(folder, { isolated: true });
  try {
    writeFileSync(join(folder, 'index.html'), '<!doctype html>');
    const entry = fileURLToPath(new URL('../dist/index.js', import.meta.url));
    await build({ entryPoints: [entry], bundle: true, format: 'esm', outfile: join(folder, 'index.js') });
    return await action(site.url);
  } finally {
    await site.close();
    rmSync(folder, { recursive: true });
  }
}

/** @param {Engine} engine @param {(browser: Browser) => Promise<void>} action */
export async function inBrowser(engine, action) {
  const browser = await launch(engine);
  try {
    await action(browser);
  } finally {
    await browser.close();
  }
}

/**
 * Runs in the page, which keeps the nodes.
 * @param {{ count: number, components: number }} task
 * @returns {Promise<number>} milliseconds until all are ready
 */
export async function startNodes({ count, components }) {
  const page = /** @type {{ context?: AudioContext, nodes?: import('../dist/index.js').NMFSeparatorNode[] }} */ (
    globalThis
  );
  const { NMFSeparatorNode } = await import(/** @type {string} */ ('/index.js'));
  page.context ??= new AudioContext();
  const { context } = page;
  await context.resume();
  const start = performance.now();
  const nodes = Array.from({ length: count }, () => new NMFSeparatorNode(context, { components }));
  await Promise.all(nodes.map(({ ready }) => ready));
  page.nodes = nodes;
  return performance.now() - start;
}

/**
 * Runs in the page: gives every node a model of a template a component, and plays noise through all of them.
 * @param {{ seconds: number }} task
 * @returns {Promise<number>} the part of their frames that were late
 */
export async function playNodes({ seconds }) {
  const { context, nodes } =
    /** @type {{ context: AudioContext, nodes: import('../dist/index.js').NMFSeparatorNode[] }} */ (
      /** @type {unknown} */ (globalThis)
    );
  const { NMFModel } = await import(/** @type {string} */ ('/index.js'));
  const bins = nodes[0].fftSize / 2 + 1;
  const { sampleRate } = context;
  const components = nodes[0].numberOfOutputs;
  const model = new NMFModel({
    templates: Float32Array.from({ length: components * bins }, (_, i) =>
      (i % bins) % components === Math.floor(i / bins) ? 1 : 1e-6,
    ),
    componentOf: Uint8Array.from({ length: components }, (_, k) => k),
    components,
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

/**
 * Runs in the page: a fresh node learns from a clip, with the defaults but for clustering.
 * @param {{ samples: number[] }} task
 * @returns {Promise<number>} milliseconds
 */
export async function learnInNode({ samples }) {
  const { NMFSeparatorNode } = await import(/** @type {string} */ ('/index.js'));
  const context = new AudioContext();
  const node = new NMFSeparatorNode(context, { components: 3, channelCount: 1 });
  await node.ready;
  const start = performance.now();
  await node.learn(Float32Array.from(samples), { clustering: 'none' });
  const milliseconds = performance.now() - start;
  node.dispose();
  await context.close();
  return milliseconds;
}
