// Joins the style sheets: the demo's colours and controls, and the site's own.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { DIST, ROOT } from './paths.mjs';

const OF_DEMO = ['demo/style/colours.css', 'demo/style/controls.css'];

export async function writeStyle() {
  const own = (await readdir(`${ROOT}site/style`)).sort().map((file) => `site/style/${file}`);
  const sheets = await Promise.all([...OF_DEMO, ...own].map((file) => readFile(ROOT + file, 'utf8')));
  await writeFile(`${DIST}style.css`, sheets.join('\n'));
}
