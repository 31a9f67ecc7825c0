// `npm run build:site`: builds the site into site/dist. Needs the built package and the built demo. With --serve, serves it.
import { cp, rm } from 'node:fs/promises';
import { argv } from 'node:process';
import { writeApi } from './api.mjs';
import { writePages } from './pages.mjs';
import { DIST, ROOT } from './paths.mjs';
import { writeScripts } from './scripts.mjs';
import { writeSearch } from './search.mjs';
import { serveSite } from './serve.mjs';
import { writeServiceWorker } from './serviceWorker.mjs';
import { writeStyle } from './style.mjs';

await rm(DIST, { recursive: true, force: true });
await writePages();
await writeStyle();
await writeScripts();
// A host of static files compresses by itself.
await cp(`${ROOT}demo/dist`, `${DIST}demo`, { recursive: true, filter: (path) => !/\.(br|gz)$/.test(path) });
await writeApi();
// These two read what the others have written.
await writeSearch();
await writeServiceWorker();
if (argv.includes('--serve')) serveSite();
