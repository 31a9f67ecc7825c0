// Chromium through Playwright.
import { chromium } from 'playwright-core';
import { expression } from './expression.mjs';
import { PATIENCE } from './patience.mjs';

const ARGS = [
  // Containers run as root, where the sandbox refuses to start.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Gives pages a function `gc()`. Tests that check what is released need it: by itself a full collection may never come.
  '--js-flags=--expose-gc',
  // A test has no user whose gesture would start an AudioContext.
  '--autoplay-policy=no-user-gesture-required',
  // A microphone that is always there, and a permission that is always given.
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
];

/** Milliseconds until the browser must be up. */
const START_TIMEOUT = 30_000;

/**
 * @param {Record<string, string>} programs
 * @param {import('./launch.mjs').StartOptions} options
 * @returns {Promise<import('./launch.mjs').Browser>}
 */
export async function startChromium(programs, { args, env, viewport, fakeMicrophone }) {
  const microphone = fakeMicrophone ? [`--use-file-for-fake-audio-capture=${fakeMicrophone}`] : [];
  const browser = await chromium.launch({
    executablePath: programs.browser,
    args: [...ARGS, ...microphone, ...args],
    env: { ...process.env, ...env },
    timeout: START_TIMEOUT,
  });
  const page = await browser.newPage({ viewport });
  page.setDefaultTimeout(PATIENCE);
  /** @type {string[]} */
  const logs = [];
  page.on('console', (message) => logs.push(message.text()));
  page.on('pageerror', (error) => logs.push(`pageerror ${error}`));
  return {
    engine: 'chromium',
    version: browser.version(),
    logs,
    page,
    goto: async (url) => void (await page.goto(url)),
    /** @template Result @param {string | Function} code @param {unknown} [argument] @returns {Promise<Result>} */
    evaluate: (code, argument) => page.evaluate(expression(code, argument)),
    click: (selector) => page.locator(selector).first().click(),
    type: (selector, text) => page.locator(selector).first().pressSequentially(text),
    screenshot: async (path) => void (await page.screenshot({ path })),
    close: () => browser.close(),
  };
}
