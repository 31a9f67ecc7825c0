// Uses all features of the demo for minutes (ten in `npm run soak`): neither memory nor the number of elements may grow.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { presentEngines } from '../harness/browsers.mjs';
import { launch } from '../harness/launch.mjs';
import { browserMegabytes } from '../harness/memory.mjs';
import { LEARNED, openAndPlay, serveDemo, until } from '../helpers/demoPage.ts';

const seconds = Number(process.env.SOAK_SECONDS ?? 0);
/** Memory is compared from then on, when every feature has been used. */
const WARM_UP_SECONDS = Math.min(120, seconds / 3);
const ALLOWED_GROWTH_MEGABYTES = 60;
/** Rounds between two printed lines */
const REPORT_EVERY = 5;

test.runIf(seconds > 0 && presentEngines().includes('chromium'))(
  `${seconds} seconds of use do not leak memory or elements`,
  {
    timeout: (seconds + 120) * 1000,
  },
  async () => {
    const site = await serveDemo();
    const browser = await launch('chromium');
    const page = browser.page as Page;
    const memory: number[] = [];
    const elements: number[] = [];
    try {
      await openAndPlay(browser, site.url);
      const start = performance.now();
      const elapsed = () => (performance.now() - start) / 1000;
      for (let round = 0; elapsed() < seconds; round++) {
        await exerciseAllFeatures(page, round, () => until(browser, LEARNED));
        await page.requestGC();
        if (elapsed() > WARM_UP_SECONDS) {
          memory.push(browserMegabytes());
          elements.push(await page.evaluate(() => document.querySelectorAll('*').length));
        }
        if (round % REPORT_EVERY === 0) console.log(`${elapsed().toFixed(0)} s: ${browserMegabytes().toFixed(0)} MB`);
      }
      expect(await page.locator('#error').isVisible()).toBe(false);
      expect(browser.logs).toEqual([]);
    } finally {
      await browser.close();
      await site.close();
    }
    const growth = Math.min(...memory.slice(-5)) - Math.min(...memory.slice(0, 5));
    console.log(`memory ${growth >= 0 ? '+' : ''}${growth.toFixed(0)} MB over ${memory.length} rounds`);
    expect(growth).toBeLessThan(ALLOWED_GROWTH_MEGABYTES);
    expect(elements.at(-1)).toBe(elements[0]);
  },
);

/** Uses each feature once, and ends in the state it started from. */
async function exerciseAllFeatures(page: Page, round: number, untilLearned: () => Promise<void>): Promise<void> {
  const clip = ['Drum loop', 'Oboe and piano', 'Pop loop'][round % 3];
  const playing = () => page.waitForSelector('body[data-playing=true]');
  const learn = async (button: string) => {
    await page.click(button);
    await page.waitForSelector('body[data-state=learning]');
    await untilLearned();
  };
  // Automatic learning could otherwise replace a model during this round.
  await page.getByLabel('Learn every new clip at once').uncheck();
  await page.getByRole('button', { name: clip }).click();
  await page.waitForSelector(`#sources [aria-pressed=true]:text-is("${clip}")`);
  await learn('#learn-clip');
  await learn('#learn-recent');
  await page.locator('.hear-filtered .listen').first().click();
  await page.waitForSelector('body[data-playing=false]');
  await page.locator('.hear-filtered .listen').first().click();
  await playing();
  await page.locator('.group').first().selectOption('1');
  await page.getByRole('button', { name: 'Ungroup' }).click();
  await page.click('#visualize');
  await page.waitForTimeout(1000);
  await page.getByRole('button', { name: 'Close' }).click();
  await page.selectOption('#shown', '2');
  for (const components of ['6', '3']) {
    await page.locator('input[name=components]').fill(components);
    await page.waitForFunction((count) => document.querySelectorAll('.component').length === Number(count), components);
    await learn('#learn-clip');
  }
  await page.selectOption('#shown', '');
}
