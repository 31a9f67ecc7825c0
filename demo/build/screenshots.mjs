// `npm run screenshots`: takes the README's pictures of the built page, in Chromium.
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

/** @param {string} name @param {import('playwright-core').Locator} [part]  all of the window unless given */
async function take(name, part) {
  const options = { path: join(FOLDER, `${name}.jpg`), type: /** @type {const} */ ('jpeg'), quality: QUALITY };
  await (part ? part.screenshot(options) : page.screenshot(options));
}

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
// The transport would lie over the picture.
await page.addStyleTag({ content: '#transport { display: none }' });
await page.locator('#factorization .pictures').scrollIntoViewIfNeeded();
await page.click('#factorization [data-pace=slow]');
await page.waitForFunction(() => Number(document.querySelector('#factorization .iteration')?.textContent) >= 40);
await take('factorization', page.locator('#factorization .pictures'));

await page.click('#visualize');
await page.getByRole('button', { name: 'Bodies' }).click();
await page.waitForTimeout(2000);
await take('gallery');

await browser.close();
await site.close();
