// `npm run screenshots`: makes the README's moving picture of the factorisation, from the built page in Chromium.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { launch } from '../../test/harness/launch.mjs';
import { serve } from '../../test/harness/serve.mjs';

const FOLDER = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
/** High enough that nothing scrolls, which would move the pointer from what it points at. */
const VIEWPORT = { width: 900, height: 1200 };
const COMPONENTS = 3;
/** The iterations that are shown: every one at first, where most happens. */
const ITERATIONS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 17, 20, 24, 28, 33, 40, 50, 60, 80, 100];
/** Milliseconds that a picture stays */
const STAYS = { iteration: 160, result: 1200, component: 1100 };
const QUALITY = 60;

/** @typedef {{ png: Buffer, milliseconds: number }} Frame */

/** Opens the page with its factorisation before the first iteration. */
async function openFactorization() {
  const site = await serve(fileURLToPath(new URL('../dist/', import.meta.url)));
  const browser = await launch('chromium', { viewport: VIEWPORT });
  const page = /** @type {import('playwright-core').Page} */ (browser.page);
  // Then nothing moves by itself, and steps are made by hand.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(site.url);
  await page.click('#start');
  await page.waitForFunction(() => document.body.dataset.learned === 'true');
  // The transport would lie over the picture.
  await page.addStyleTag({ content: '#transport { display: none }' });
  await page.locator('#factorization .pictures').scrollIntoViewIfNeeded();
  await isAt(page, ITERATIONS.at(-1));
  await page.getByRole('button', { name: 'Start again' }).click();
  await isAt(page, 0);
  const close = async () => {
    await browser.close();
    await site.close();
  };
  return { page, close };
}

/** @param {import('playwright-core').Page} page @param {number | undefined} iteration */
const isAt = (page, iteration) =>
  page.waitForFunction(
    (wanted) => document.querySelector('#factorization .iteration')?.textContent === String(wanted),
    iteration,
  );

/** Steps until an iteration is shown. @param {import('playwright-core').Page} page @param {number} iteration */
async function stepTo(page, iteration) {
  for (let now = Number(await page.textContent('#factorization .iteration')); now < iteration; now++) {
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await isAt(page, now + 1);
  }
}

/** The factorisation as it proceeds, then what each component explains. @returns {Promise<Frame[]>} */
async function takeFrames() {
  const { page, close } = await openFactorization();
  const pictures = page.locator('#factorization .pictures');
  const take = async (/** @type {number} */ milliseconds) => ({ png: await pictures.screenshot(), milliseconds });
  const frames = [];
  for (const iteration of ITERATIONS) {
    await stepTo(page, iteration);
    frames.push(await take(iteration === ITERATIONS.at(-1) ? STAYS.result : STAYS.iteration));
  }
  for (let k = 0; k < COMPONENTS; k++) {
    await page.locator('#factorization .list button').nth(k).hover();
    await page.locator('#factorization .product .tag', { hasText: `component ${k + 1}` }).waitFor();
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
    frames.push(await take(STAYS.component));
  }
  await close();
  return frames;
}

const frames = await takeFrames();
await sharp(
  frames.map(({ png }) => png),
  { join: { animated: true } },
)
  .webp({ quality: QUALITY, delay: frames.map(({ milliseconds }) => milliseconds), loop: 0, effort: 6 })
  .toFile(join(FOLDER, 'factorization.webp'));
// For readers who want nothing that moves
await sharp(frames[ITERATIONS.length - 1].png)
  .jpeg({ quality: 85 })
  .toFile(join(FOLDER, 'factorization.jpg'));
