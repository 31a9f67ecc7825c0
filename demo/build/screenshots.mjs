// `npm run screenshots`: takes pictures of the built page, in Chromium, for demo/README.md and the site.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from '../../test/harness/launch.mjs';
import { serve } from '../../test/harness/serve.mjs';

const FOLDER = fileURLToPath(new URL('../screenshots/', import.meta.url));
const LEARNED = `document.body.dataset.learned === 'true' && document.body.dataset.state === 'ready'`;
/** Seconds until the rolling pictures are full */
const FULL = 11;
/** JPEG: a PNG of spectrograms is three times as large. */
const QUALITY = 88;

const site = await serve(fileURLToPath(new URL('../dist/', import.meta.url)));
const browser = await launch('chromium', { viewport: { width: 1280, height: 832 } });
const page = /** @type {import('playwright-core').Page} */ (browser.page);

/** @param {string} name */
const take = (name) => page.screenshot({ path: join(FOLDER, `${name}.jpg`), type: 'jpeg', quality: QUALITY });

await page.goto(site.url);
await page.click('#start');
await page.waitForFunction(LEARNED);
await page.waitForTimeout(1000 * FULL);
await take('page');

await page.emulateMedia({ colorScheme: 'dark' });
await page.click('#stage-layout');
await take('stage');
await page.click('#stage-layout');

await page.emulateMedia({ colorScheme: 'light' });
await page.click('#visualize');
await page.getByRole('button', { name: 'Bodies' }).click();
await page.waitForTimeout(2000);
await take('gallery');

await browser.close();
await site.close();
