// A page on a slow device: Chromium's own throttle, which slows the page's main thread; its other threads run as before.
import { presentEngines } from '../test/harness/browsers.mjs';
import { music } from './music.mjs';
import { inBrowser, learnInNode, playNodes, startNodes, withPackage } from './page.mjs';
import { median } from './rows.mjs';

/** @typedef {import('./rows.mjs').Row} Row */

const RATE = 4;
const RUNS = 7;
const COMPONENTS = 8;
const SECONDS = 5;

/** @returns {Promise<Row[]>} empty without Chromium */
export async function lowEndRows() {
  if (!presentEngines().includes('chromium')) return [];
  const times = { start: /** @type {number[]} */ ([]), learn: /** @type {number[]} */ ([]) };
  /** @type {number[]} */
  const late = [];
  await withPackage((url) =>
    inBrowser('chromium', async (browser) => {
      const page = /** @type {import('playwright-core').Page} */ (browser.page);
      const session = await page.context().newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: RATE });
      const samples = [...music(1)];
      for (let run = 0; run < RUNS; run++) {
        await browser.goto(url);
        times.start.push(await browser.evaluate(startNodes, { count: 1, components: COMPONENTS }));
        late.push(100 * (await browser.evaluate(playNodes, { seconds: SECONDS })));
        times.learn.push((await browser.evaluate(learnInNode, { samples })) / 1000);
      }
    }),
  );
  const where = `the page ${RATE} times as slow, Chromium`;
  return [
    { name: `\`new\` to \`ready\`, ${where}`, value: median(times.start), unit: 'ms' },
    { name: `learning ten seconds, K = 3, clustering 'none', ${where}`, value: median(times.learn), unit: 's' },
    {
      name: `late frames, playback, K = ${COMPONENTS}, ${where}`,
      value: median(late),
      unit: '%',
      mark: { atMost: 2 },
    },
  ];
}
