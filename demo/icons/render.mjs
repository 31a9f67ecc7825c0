// `node demo/icons/render.mjs`: renders demo/icon.svg in the sizes that the manifest names. Its pictures are committed.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launch } from '../../test/harness/launch.mjs';

/** @param {string} path  relative to this folder */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const rounded = await readFile(here('../icon.svg'), 'utf8');
// A system cuts a maskable icon to the shape it likes. The bars lie within the circle that no shape cuts.
const square = rounded.replace(' rx="8"', '');
const ICONS = [
  { name: '192', svg: rounded, size: 192 },
  { name: '512', svg: rounded, size: 512 },
  { name: 'maskable', svg: square, size: 512 },
];

const browser = await launch('chromium');
const page = /** @type {import('playwright-core').Page} */ (browser.page);
try {
  for (const { name, svg, size } of ICONS) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw }</style>${svg}`);
    await page.screenshot({ path: here(`${name}.png`), omitBackground: true });
  }
} finally {
  await browser.close();
}
