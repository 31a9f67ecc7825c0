// The demo in Chromium: how long after a click on its play button, and after its address was given, its sound is separated.
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
    /** @type {Times[]} */
    const runs = [];
    for (let run = 0; run < RUNS; run++) {
      await browser.goto(site.url);
      runs.push(await browser.evaluate(timesOf));
    }
    const where = `Chromium ${browser.version}`;
    return [
      {
        name: `the demo: from play, clicked as soon as the page has loaded, to separated sound, ${where}`,
        value: median(runs.map(({ clicked, separated }) => separated - clicked)),
        unit: 's',
        mark: { atMost: 1 },
      },
      {
        name: `the demo: from play to the parts as they stay, ${where}`,
        value: median(runs.map(({ clicked, learned }) => learned - clicked)),
        unit: 's',
      },
      {
        name: `the demo: from the address to separated sound, ${where}`,
        value: median(runs.map(({ separated }) => separated)),
        unit: 's',
      },
    ];
  } finally {
    await browser.close();
    await site.close();
  }
}

/**
 * Seconds after the beginning of the navigation
 * @typedef {{ clicked: number, separated: number, learned: number }} Times
 */

/** Runs in the page, and starts it. @returns {Promise<Times>} */
function timesOf() {
  const now = () => performance.now() / 1000;
  const { dataset } = document.body;
  const times = { clicked: now(), separated: 0, learned: 0 };
  /** @type {HTMLElement} */ (document.querySelector('#start')).click();
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (dataset.learned !== 'true') return;
      times.separated ||= now();
      if (dataset.state !== 'ready') return;
      observer.disconnect();
      resolve({ ...times, learned: now() });
    });
    observer.observe(document.body, { attributes: true });
  });
}
