// `npm run parameters`: writes the option interfaces and the README's table of options from the tables of parameters.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rollup } from 'rollup';
import esbuild from 'rollup-plugin-esbuild';

const root = new URL('../', import.meta.url);

/** The functions that write, compiled from their source. */
async function loadWriters() {
  const folder = mkdtempSync(join(tmpdir(), 'nmf-parameters-'));
  try {
    const bundle = await rollup({
      input: fileURLToPath(new URL('docs/writtenFiles.ts', root)),
      plugins: [esbuild({ target: 'node20' })],
    });
    const file = join(folder, 'writers.mjs');
    await bundle.write({ file, format: 'es' });
    await bundle.close();
    return await import(pathToFileURL(file).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @type {{ writtenFiles: readonly { path: string, write(before: string): string }[] }} */
const { writtenFiles } = await loadWriters();
for (const { path, write } of writtenFiles) {
  const file = new URL(path, root);
  writeFileSync(file, write(readFileSync(file, 'utf8')));
}
