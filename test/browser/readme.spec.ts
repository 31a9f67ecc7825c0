// Runs the README's programs exactly as printed. Its page is that of examples/plain-page, which has a test of its own.
import * as separatorModule from 'nmf-separator-node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import readme from '../../README.md?raw';
import { popClip } from '../helpers/clip.ts';

const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
const [FIRST, TEACHING, DRAWING, ...OTHERS] = [...readme.matchAll(/^```js\n([\s\S]*?)^```/gm)].map(([, code]) => code);

let context: AudioContext;
let clip: AudioBuffer;
let source: AudioBufferSourceNode;
beforeEach(async () => {
  context = new AudioContext();
  await context.resume();
  clip = await popClip(context);
  source = new AudioBufferSourceNode(context, { buffer: clip, loop: true });
  source.start();
});
afterEach(() => context.close());

/** @param surroundings  what a program takes for granted, by name */
function run(program: string, surroundings: object): Promise<void> {
  const code = program.replace(/^import (\{.*\}) from 'nmf-separator-node';$/m, 'const $1 = separatorModule;');
  const all = { ...separatorModule, separatorModule, context, ...surroundings };
  return new AsyncFunction(...Object.keys(all), `{ ${code} }`)(...Object.values(all));
}

test('there is no other program', () => {
  expect(OTHERS).toEqual([]);
});

test('the first program: its components sound and its activations are drawn', async () => {
  const reverb = context.createAnalyser();
  const drawn: number[][] = [];
  const draw = ({ values }: { values: Float32Array }) => drawn.push([...values]);
  const flashes: unknown[] = [];
  const flash = (onset: unknown) => flashes.push(onset);
  await run(FIRST, { source, clip, reverb, draw, flash });
  await expect.poll(() => drawn.length).toBeGreaterThan(50);
  expect(drawn.some((values) => values.length === 3 && values.every((value) => value > 0))).toBe(true);
  await expect.poll(() => flashes.length).toBeGreaterThan(3);
  const samples = new Float32Array(2048);
  await expect
    .poll(() => {
      reverb.getFloatTimeDomainData(samples);
      return Math.max(...samples.map(Math.abs));
    })
    .toBeGreaterThan(0.001);
});

test('the one that teaches keeps a model with names', async () => {
  await run(TEACHING, { microphone: source });
  const { components, labels } = JSON.parse(localStorage.model);
  expect([components, labels]).toEqual([2, ['Voice', 'Guitar']]);
});

test('the one that draws moves its bars', async () => {
  const separator = new separatorModule.NMFSeparatorNode(context, { components: 2 });
  source.connect(separator);
  await separator.learn(clip);
  const bars = [0, 1].map(() => document.createElement('div'));
  await run(DRAWING, { separator, bars });
  const heights = new Set<string>();
  await expect.poll(() => heights.add(bars.map(({ style }) => style.height).join()).size).toBeGreaterThan(5);
});
