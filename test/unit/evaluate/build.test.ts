import { fileURLToPath } from 'node:url';
import { rollup } from 'rollup';
import { loadConfigFile } from 'rollup/loadConfigFile';
import { expect, it } from 'vitest';

const CONFIGURATION = fileURLToPath(new URL('../../../bench/evaluate/rollup.config.mjs', import.meta.url));

it('the evaluation compiles into main.js and worker.js', async () => {
  const { options } = await loadConfigFile(CONFIGURATION, {});
  const bundle = await rollup(options[0]);
  const { output } = await bundle.generate(options[0].output[0]);
  await bundle.close();
  expect(output.map(({ fileName }) => fileName)).toEqual(expect.arrayContaining(['main.js', 'worker.js']));
});
