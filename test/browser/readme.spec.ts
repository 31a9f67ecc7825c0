// Runs the README's example exactly as printed.
import * as separatorModule from 'nmf-separator-node';
import { expect, test } from 'vitest';
import readme from '../../README.md?raw';
import { popClip } from '../helpers/clip.ts';

const AsyncFunction = (async () => {}).constructor as FunctionConstructor;

test('the example runs: its components sound and its activations are drawn', async () => {
  const [, example] = /```js\n([\s\S]*?)```/.exec(readme)!;
  const code = example.replace(/^import (\{.*\}) from 'nmf-separator-node';$/m, 'const $1 = separatorModule;');
  expect(code).not.toBe(example);
  const context = new AudioContext();
  await context.resume();
  const clip = await popClip(context);
  const source = context.createBufferSource();
  source.buffer = clip;
  source.loop = true;
  source.start();
  const reverb = context.createAnalyser();
  const drawn: number[][] = [];
  const draw = ({ values }: { values: Float32Array }) => drawn.push([...values]);
  const flashes: unknown[] = [];
  const flash = (onset: unknown) => flashes.push(onset);
  const surroundings = { separatorModule, context, source, clip, reverb, draw, flash };
  await new AsyncFunction(...Object.keys(surroundings), code)(...Object.values(surroundings));
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
