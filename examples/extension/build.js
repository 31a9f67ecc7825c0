// Makes the folder that the browser loads: dist.
import { cp } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

await build({ entryPoints: ['page.ts'], outdir: 'dist', bundle: true, format: 'esm' });
for (const file of ['manifest.json', 'index.html']) await cp(file, `dist/${file}`);
for (const file of ['worklet.js', 'worker.js'])
  await cp(fileURLToPath(import.meta.resolve(`nmf-separator-node/${file}`)), `dist/${file}`);
