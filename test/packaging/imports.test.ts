// In Node, importing the package has no side effects, and nmf-separator-node/dsp works.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeProject, type Project } from './installed.ts';

const IMPORTS = `
  const before = Reflect.ownKeys(globalThis);
  const waiting = process.getActiveResourcesInfo();
  // Node lacks the other browser APIs. These it may have, so using one during the import throws.
  for (const name of ['Worker', 'Blob', 'URL', 'WebAssembly', 'fetch', 'AbortController', 'DOMException'])
    Object.defineProperty(globalThis, name, { get: () => { throw new Error(name + ' was used'); } });
  const { NMFModel, NMFSeparatorNode, separate } = await import('nmf-separator-node');
  const { drums } = await import('nmf-separator-node/models');
  const dsp = await import('nmf-separator-node/dsp');
  await new Promise(setImmediate);
  console.log(JSON.stringify({
    kinds: [typeof NMFSeparatorNode, typeof separate, typeof dsp.factorize, drums instanceof NMFModel],
    added: Reflect.ownKeys(globalThis).filter((key) => !before.includes(key) && key !== 'Worker').map(String),
    waiting: process.getActiveResourcesInfo().length - waiting.length,
  }));`;

const FACTORIZES = `
  import { factorize, magnitudes, stft } from 'nmf-separator-node/dsp';
  const samples = Float32Array.from({ length: 44100 }, (_, n) => Math.sin(n / 10) + Math.sin(n / 3) * (n % 8000 < 4000));
  const spectrogram = stft(samples, { fftSize: 1024, hopSize: 256 });
  const V = magnitudes(spectrogram);
  const { loss } = factorize(V, spectrogram.frames, spectrogram.bins, { templates: 2, divergence: 'euclidean' });
  console.log(JSON.stringify({ unexplained: loss.at(-1) / V.reduce((sum, value) => sum + value * value, 0) }));`;

let project: Project;
beforeAll(async () => {
  project = await makeProject('node');
});
afterAll(() => project?.remove());

async function runInNode(code: string) {
  const options = { cwd: project.folder };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], options);
  return JSON.parse(stdout);
}

test('importing has no side effects', async () => {
  expect(await runInNode(IMPORTS)).toEqual({
    kinds: ['function', 'function', 'function', true],
    added: [],
    waiting: 0,
  });
});

test('factorize works without a browser', async () => {
  expect((await runInNode(FACTORIZES)).unexplained).toBeLessThan(0.05);
});
