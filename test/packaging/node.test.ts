// The packed package in processes of Node of their own: what it needs, what it does, and that they end by themselves.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import decodeWav from '@audio/decode-wav';
import * as esbuild from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compiledRecipe, liveInNode } from '../harness/guide.mjs';
import { sumOf } from '../helpers/rendering.ts';
import { bestCorrelations, difference, levelBelow, threeSources } from '../helpers/signals.ts';
import { wav } from '../helpers/wav.ts';
import { makeProject, type Project } from './installed.ts';

const RATE = 22050;

/** Nothing but the separation keeps the process alive. */
const SEPARATES = `
  import { separate } from 'nmf-separator-node';
  const samples = Float32Array.from({ length: 20000 }, (_, n) => Math.sin(n / 10) + Math.sin(n / 3) * (n % 8000 < 4000));
  const clip = { sampleRate: ${RATE}, numberOfChannels: 1, getChannelData: () => samples };
  separate(clip, { components: 2 }).then(({ components }) => console.log(JSON.stringify(components.map((one) => one.length))));`;

/** A live node, used and given back. */
const PLAYS = `
  import { AudioContext, OscillatorNode } from 'node-web-audio-api';
  import { NMFSeparatorNode } from 'nmf-separator-node';
  const context = new AudioContext({ sinkId: { type: 'none' } });
  const separator = new NMFSeparatorNode(context, { components: 2 });
  const source = new OscillatorNode(context);
  source.connect(separator);
  source.start();
  await separator.learn(new Float32Array(context.sampleRate).map((_, n) => Math.sin(n / 10) + Math.sin(n / 3) * (n % 8000 < 4000)));
  while (separator.statistics.framesIn < 20) await new Promise((resolve) => setTimeout(resolve, 20));
  separator.dispose();
  await context.close();
  console.log(JSON.stringify(separator.state));`;

let project: Project;
let bare: Project;
beforeAll(async () => {
  project = await makeProject('node', { 'stems.js': compiledRecipe('writeStems') });
  bare = await makeProject('bare', { 'main.js': SEPARATES }, { alone: true });
});
afterAll(() => Promise.all([project?.remove(), bare?.remove()]));

/** What a process prints, which has to end by itself. */
async function run({ folder }: Project, ...args: string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, timeout: 50_000 });
  return JSON.parse(stdout);
}

const runCode = (code: string) => run(project, '--input-type=module', '-e', code);

test('separate stays alive to the end, and no longer', async () => {
  expect(await runCode(SEPARATES)).toEqual([20_000, 20_000]);
});

test.each([
  ["import { separate } from 'nmf-separator-node'; await separate(null);", 'clip: null given'],
  [
    "import { separate } from 'nmf-separator-node'; await separate({ sampleRate: 44100, numberOfChannels: 1, getChannelData: () => new Float32Array(10) });",
    'the clip has 10 samples',
  ],
  ["import { learn } from 'nmf-separator-node/dsp'; learn();", 'given'],
])('an error that nothing catches is not buried in code: %s', async (code, message) => {
  const { stderr } = await runCode(code).then(
    () => ({ stderr: '' }),
    (error: { stderr: string }) => error,
  );
  expect(stderr).toContain(message);
  expect(stderr.length).toBeLessThan(3000);
});

test('separate does not need node-web-audio-api', async () => {
  expect(await run(bare, 'main.js')).toEqual([20_000, 20_000]);
});

test('a process ends when its live node was disposed of and the context closed', async () => {
  expect(await runCode(PLAYS)).toBe('disposed');
});

test('a bundle for Node separates, in one file', async () => {
  const outfile = join(bare.folder, 'bundle.mjs');
  const entryPoints = [join(bare.folder, 'main.js')];
  const external = ['standardized-audio-context'];
  const { warnings } = await esbuild.build({
    entryPoints,
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external,
  });
  expect(warnings).toEqual([]);
  expect(await run(bare, 'bundle.mjs')).toEqual([20_000, 20_000]);
});

test('a bundle for browsers has nothing of Node', async () => {
  const entryPoints = [join(project.folder, 'main.js')];
  const outdir = join(project.folder, 'out');
  await esbuild.build({ entryPoints, outdir, bundle: true, format: 'esm', splitting: true });
  expect(await readFile(join(outdir, 'main.js'), 'utf8')).not.toMatch(/worker_threads|node-web-audio-api"/);
});

test('the live node of the guide gets ready', async () => {
  // Machines that run tests have no sound card.
  const code = liveInNode.replace('new AudioContext()', "new AudioContext({ sinkId: { type: 'none' } })");
  expect(code).not.toBe(liveInNode);
  const state = await runCode(`${code}
    await separator.ready;
    console.log(JSON.stringify(separator.state));
    await context.close();`);
  expect(state).toBe('ready');
});

test('the recipe of the guide writes stems that add up to the song', async () => {
  const sources = threeSources(RATE, 2);
  const mixture = sumOf(sources);
  await writeFile(join(project.folder, 'song.wav'), await wav(mixture, RATE));
  await runCode(`import { writeStems } from './stems.js'; await writeStems('song.wav'); console.log('true');`);
  const read = async (name: string) => decodeWav(await readFile(join(project.folder, name))).channelData[0];
  const stems = await Promise.all([1, 2, 3].map((k) => read(`song-${k}.wav`)));
  const song = await read('song.wav');
  expect(levelBelow(song, difference(sumOf(stems), song))).toBeLessThan(-120);
  expect(Math.min(...bestCorrelations(sources, stems))).toBeGreaterThan(0.9);
});
