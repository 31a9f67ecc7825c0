// One interface over the three engines. The types are in launch.d.mts.
import { findEngine, howToInstall } from './browsers.mjs';
import { startChromium } from './chromium.mjs';
import { startFirefox } from './firefox.mjs';
import { startWebKit } from './webkit.mjs';

const start = { chromium: startChromium, firefox: startFirefox, webkit: startWebKit };
const VIEWPORT = { width: 1280, height: 800 };

/** @type {typeof import('./launch.d.mts').launch} */
export async function launch(engine, options = {}) {
  const programs = findEngine(engine);
  if (!programs) throw new Error(`${engine} is not installed. To install it:\n    ${howToInstall(engine)}`);
  const settled = { args: [], env: {}, viewport: VIEWPORT, ...options };
  try {
    return await start[engine](programs, settled);
  } catch (error) {
    // On a busy machine a browser now and then misses its start-up deadline.
    console.error(`${engine} did not start, trying once more: ${error.message}`);
    return start[engine](programs, settled);
  }
}
