// `npm run parameters`: writes the option interfaces and the README's page, options and members from where they stand.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rollup } from 'rollup';
import esbuild from 'rollup-plugin-esbuild';

const root = new URL('../', import.meta.url);

/** The functions that write, compiled from their source. */
async function loadWriters() {
  const bundle = await rollup({
    input: fileURLToPath(new URL('docs/writtenFiles.ts', root)),
    external: ['node:fs', 'typescript'],
    plugins: [esbuild({ target: 'node20' })],
  });
  // Inside the repository, where its packages are found.
  const file = new URL('.cache/parameters.mjs', root);
  await bundle.write({ file: fileURLToPath(file), format: 'es' });
  await bundle.close();
  return import(file.href);
}

/** @type {{ writtenFiles: readonly { path: string, write(before: string): string }[] }} */
const { writtenFiles } = await loadWriters();
for (const { path, write } of writtenFiles) {
  const file = new URL(path, root);
  writeFileSync(file, write(readFileSync(file, 'utf8')));
}
