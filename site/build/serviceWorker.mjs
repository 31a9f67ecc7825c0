// Writes the site's service worker, which keeps the built files for use offline. The demo has its own.
import { readFile, writeFile } from 'node:fs/promises';
import { builtServiceWorker, keptFile } from '../../demo/build/offline.mjs';
import { filesOf } from './files.mjs';
import { DIST } from './paths.mjs';

/** What the site's own pages need of the demo: its clips, its icon */
const OF_DEMO = /^demo\/(clips\/|icon\.svg$)/;

export async function writeServiceWorker() {
  const files = (await filesOf(DIST)).filter((file) => !file.startsWith('demo/') || OF_DEMO.test(file));
  const essential = await Promise.all(files.map(async (file) => keptFile(file, await readFile(DIST + file))));
  await writeFile(`${DIST}service-worker.js`, await builtServiceWorker({ essential, later: [] }));
}
