// Firefox through Puppeteer, which speaks WebDriver BiDi: Playwright only drives its own patched Firefox.
import puppeteer from 'puppeteer-core';
import { expression } from './expression.mjs';
import { startPulse } from './pulse.mjs';
import { scratchDirectory } from './scratch.mjs';

const PREFERENCES = {
  // A test has no user whose gesture would start an AudioContext.
  'media.autoplay.default': 0,
  'media.autoplay.blocking_policy': 0,
  'media.autoplay.block-webaudio': false,
  // A microphone that is always there (a tone of 1 kHz), and a permission that is always given.
  'media.navigator.permission.disabled': true,
  'media.navigator.streams.fake': true,
  // Each collection is a whole one, and few megabytes make one due. Otherwise up to 100 MB of garbage lie around for a
  // minute, and tests could not tell them from leaks.
  'javascript.options.mem.gc_incremental': false,
  'javascript.options.mem.gc_allocation_threshold_mb': 4,
  'javascript.options.mem.gc_malloc_threshold_base_mb': 4,
  // Firefox's own requests to Mozilla are off: they would take computing time from live audio.
  'app.update.enabled': false,
  'browser.safebrowsing.downloads.remote.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'dom.push.connection.enabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.reportingpolicy.firstRun': false,
};

/** Milliseconds until the browser must be up. */
const START_TIMEOUT = 30_000;
/** Milliseconds the browser is given to close by itself: with a page that is locked up it never does. */
const CLOSE_TIMEOUT = 3000;
/** Milliseconds an evaluation may take. */
const PROTOCOL_TIMEOUT = 280_000;

/**
 * @param {Record<string, string>} programs
 * @param {import('./launch.mjs').StartOptions} options
 * @returns {Promise<import('./launch.mjs').Browser>}
 */
export async function startFirefox(programs, { args, env, viewport }) {
  // Without a sound device Firefox never starts an AudioContext.
  const pulse = await startPulse();
  const profile = scratchDirectory('ff');
  const cleanUp = async () => {
    await pulse.close();
    profile.remove();
  };
  try {
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: programs.browser,
      args,
      userDataDir: profile.path,
      env: { ...process.env, ...pulse.env, ...env },
      extraPrefsFirefox: PREFERENCES,
      defaultViewport: viewport,
      timeout: START_TIMEOUT,
      protocolTimeout: PROTOCOL_TIMEOUT,
    });
    const page = await browser.newPage();
    /** @type {string[]} */
    const logs = [];
    page.on('console', (message) => logs.push(message.text()));
    page.on('pageerror', (error) => logs.push(`pageerror ${error}`));
    return {
      engine: 'firefox',
      version: await browser.version(),
      logs,
      goto: async (url) => void (await page.goto(url)),
      /** @template Result @param {string | Function} code @param {unknown} [argument] @returns {Promise<Result>} */
      evaluate: (code, argument) => /** @type {Promise<Result>} */ (page.evaluate(expression(code, argument))),
      click: (selector) => page.click(selector),
      type: (selector, text) => page.type(selector, text),
      screenshot: async (path) => void (await page.screenshot({ path })),
      async close() {
        const killed = setTimeout(() => browser.process()?.kill('SIGKILL'), CLOSE_TIMEOUT);
        try {
          await browser.close();
        } finally {
          clearTimeout(killed);
          await cleanUp();
        }
      },
    };
  } catch (error) {
    await cleanUp();
    throw error;
  }
}
