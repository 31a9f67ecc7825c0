// What a CDN answers to the page that loads everything from there.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as esbuild from 'esbuild';

/** The scripts by the addresses that the page may ask for. @param folder  of a project with the package installed */
export async function scriptsOfCdn(folder: string): Promise<Map<string, string>> {
  const stdin = { contents: "export * from 'rxjs';", resolveDir: folder };
  const { outputFiles } = await esbuild.build({ stdin, bundle: true, format: 'esm', write: false });
  const installed = join(folder, 'node_modules/nmf-separator-node');
  const { version } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
  const major = version.split('.')[0];
  return new Map([
    [
      `https://cdn.jsdelivr.net/npm/nmf-separator-node@${major}/dist/index.js`,
      await readFile(join(installed, 'dist/index.js'), 'utf8'),
    ],
    ['https://cdn.jsdelivr.net/npm/rxjs@7/+esm', outputFiles[0].text],
  ]);
}
