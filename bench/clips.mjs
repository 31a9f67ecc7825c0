// How long learning from a clip takes, in Chromium on one core.
import { fileURLToPath } from 'node:url';
import { presentEngines } from '../test/harness/browsers.mjs';
import { launch } from '../test/harness/launch.mjs';
import { serve } from '../test/harness/serve.mjs';
import { music, RATE } from './music.mjs';
import { median } from './rows.mjs';

/**
 * @typedef {import('./rows.mjs').Row} Row
 * @typedef {'none' | 'timbre'} Clustering
 */

const RUNS = 5;
const COMPONENTS = 3;
/** @type {Record<Clustering, number>} targets, in seconds */
const MARKS = { none: 0.3, timbre: 2.5 };

/** Ten seconds of music, blind, with the defaults otherwise. @returns {Promise<Row[]>} */
export async function clipRows() {
  if (!presentEngines().includes('chromium')) return [];
  const site = await serve(fileURLToPath(new URL('../dist', import.meta.url)));
  const browser = await launch('chromium');
  try {
    // Any page of the folder's origin.
    await browser.goto(`${site.url}LICENCES.txt`);
    const samples = [...music(1)];
    /** @type {Record<Clustering, number[]>} */
    const seconds = { none: [], timbre: [] };
    for (let run = 0; run < RUNS; run++) {
      for (const clustering of /** @type {const} */ (['none', 'timbre'])) {
        const options = { sampleRate: RATE, components: COMPONENTS, clustering, seed: run };
        const milliseconds = await browser.evaluate(learnInPage, { samples: run === 0 ? samples : null, options });
        seconds[clustering].push(milliseconds / 1000);
      }
    }
    return /** @type {const} */ (['none', 'timbre']).map((clustering) => ({
      name: `learning ten seconds, K = ${COMPONENTS}, clustering '${clustering}', Chromium ${browser.version}`,
      value: median(seconds[clustering]),
      unit: 's',
      mark: { atMost: MARKS[clustering] },
    }));
  } finally {
    await browser.close();
    await site.close();
  }
}

/**
 * Runs in the page, and keeps the samples there.
 * @param {{ samples: number[] | null, options: import('../dist/dsp.js').CoreLearnOptions }} task
 * @returns {Promise<number>} milliseconds
 */
async function learnInPage({ samples, options }) {
  const page = /** @type {{ clip?: Float32Array }} */ (globalThis);
  if (samples) page.clip = Float32Array.from(samples);
  const { learn } = await import(/** @type {string} */ ('/dsp.js'));
  const start = performance.now();
  learn({ channels: [page.clip], sampleRate: options.sampleRate }, options);
  return performance.now() - start;
}
