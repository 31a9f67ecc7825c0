// The demo in Chromium: how long after the page's address was given separated sound is heard.
import { fileURLToPath } from 'node:url';
import { presentEngines } from '../test/harness/browsers.mjs';
import { launch } from '../test/harness/launch.mjs';
import { serve } from '../test/harness/serve.mjs';
import { median } from './rows.mjs';

/** @typedef {import('./rows.mjs').Row} Row */

const RUNS = 7;

/** @returns {Promise<Row[]>} */
export async function demoRows() {
  if (!presentEngines().includes('chromium')) return [];
  const site = await serve(fileURLToPath(new URL('../demo/dist', import.meta.url)));
  const browser = await launch('chromium');
  try {
    const seconds = [];
    for (let run = 0; run < RUNS; run++) {
      await browser.goto(site.url);
      seconds.push(await browser.evaluate(untilSeparated));
    }
    return [
      {
        name: `the demo: from the address to separated sound, started as soon as it has loaded, Chromium ${browser.version}`,
        value: median(seconds),
        unit: 's',
        mark: { atMost: 1 },
      },
    ];
  } finally {
    await browser.close();
    await site.close();
  }
}

/** Runs in the page, and starts it. @returns {Promise<number>} seconds after the beginning of the navigation */
function untilSeparated() {
  const { dataset } = document.body;
  /** @type {HTMLElement} */ (document.querySelector('#start')).click();
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (dataset.learned !== 'true' || dataset.state !== 'ready') return;
      observer.disconnect();
      resolve(performance.now() / 1000);
    });
    observer.observe(document.body, { attributes: true });
  });
}
