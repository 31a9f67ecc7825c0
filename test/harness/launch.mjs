// One interface over the three engines.
import { findEngine, howToInstall } from './browsers.mjs';
import { startChromium } from './chromium.mjs';
import { startFirefox } from './firefox.mjs';
import { startWebKit } from './webkit.mjs';

/** @typedef {import('./browsers.mjs').Engine} Engine */

/** @typedef {{ width: number, height: number }} Size  in CSS pixels */

/**
 * @typedef {object} LaunchOptions
 * @property {string[]} [args]  more command-line arguments for the browser
 * @property {Record<string, string>} [env]  more environment variables for the browser
 * @property {string} [fakeMicrophone]
 *   Chromium only: the path of a WAV that is the microphone, played in a loop. Without it: beeps.
 * @property {Size} [viewport]  size of the page, 1280 × 800 unless given
 */

/**
 * Options with defaults filled in; only the microphone has none.
 * @typedef {Required<Omit<LaunchOptions, 'fakeMicrophone'>> & Pick<LaunchOptions, 'fakeMicrophone'>} StartOptions
 */

/**
 * Runs in the page and awaits the result, which must be JSON. A function is sent as its source, so it sees nothing but
 * its argument; a string must be an expression.
 * @typedef {{
 *   <Result>(code: string): Promise<Result>,
 *   <Result, Argument>(code: (argument: Argument) => Result | Promise<Result>, argument?: Argument): Promise<Result>,
 * }} Evaluate
 */

/**
 * A running browser with one page.
 * @typedef {object} Browser
 * @property {Engine} engine
 * @property {string} version
 * @property {string[]} logs
 *   what the page wrote to its console, and its uncaught errors as `pageerror …` (not in WebKit)
 * @property {import('playwright-core').Page} [page]
 *   Playwright's own page, for what this interface lacks; Chromium only
 * @property {(url: string) => Promise<void>} goto
 * @property {Evaluate} evaluate
 * @property {(selector: string) => Promise<void>} click
 *   a trusted click on the first element that matches the CSS selector: it counts as a user gesture
 * @property {(selector: string, text: string) => Promise<void>} type
 * @property {(path: string) => Promise<void>} screenshot  writes a PNG of the visible part of the page
 * @property {() => Promise<void>} close  ends the browser with all its processes, and removes its profile
 */

/** @type {Record<Engine, (programs: Record<string, string>, options: StartOptions) => Promise<Browser>>} */
const start = { chromium: startChromium, firefox: startFirefox, webkit: startWebKit };
const VIEWPORT = { width: 1280, height: 800 };

/**
 * Starts a browser; a start that fails is tried once more.
 * @param {Engine} engine
 * @param {LaunchOptions} [options]
 */
export async function launch(engine, options = {}) {
  const programs = findEngine(engine);
  if (!programs) throw new Error(`${engine} is not installed. To install it:\n    ${howToInstall(engine)}`);
  const settled = { args: [], env: {}, viewport: VIEWPORT, ...options };
  try {
    return await start[engine](programs, settled);
  } catch (error) {
    // On a busy machine a browser now and then misses its start-up deadline.
    console.error(`${engine} did not start, trying once more: ${error instanceof Error ? error.message : error}`);
    return start[engine](programs, settled);
  }
}
