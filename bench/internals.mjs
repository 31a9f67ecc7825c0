import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rollup } from 'rollup';
import { compile } from './compile.mjs';

/** What is measured but not public, compiled from its source. @param {string} path  below `src` */
export async function loadInternals(path) {
  const folder = mkdtempSync(join(tmpdir(), 'nmf-bench-'));
  const input = fileURLToPath(new URL(`../src/${path}`, import.meta.url));
  const bundle = await rollup({ input, plugins: compile() });
  const file = join(folder, 'internals.mjs');
  await bundle.write({ file, format: 'es', inlineDynamicImports: true });
  await bundle.close();
  const internals = await import(pathToFileURL(file).href);
  rmSync(folder, { recursive: true });
  return internals;
}
