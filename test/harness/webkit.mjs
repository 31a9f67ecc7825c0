// WebKitGTK's MiniBrowser through WebKitWebDriver.
import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { expression } from './expression.mjs';
import { freePort } from './freePort.mjs';
import { startGroup } from './processes.mjs';
import { scratchDirectory } from './scratch.mjs';
import { startDisplay } from './xvfb.mjs';

/** Milliseconds until the driver must answer, and until the browser must be up. */
const START_TIMEOUT = 30_000;
/** Milliseconds a page may take to load. */
const LOAD_TIMEOUT = 60_000;
/** Milliseconds an evaluation may take: less than the 300 s after which Node's fetch gives up. */
const SCRIPT_TIMEOUT = 280_000;
/** Milliseconds the browser is given to close by itself. */
const CLOSE_TIMEOUT = 5000;
/** Pixels around the page for the window's toolbars */
const WINDOW_MARGIN = 200;

/** The key of an element's id in WebDriver's answers (W3C WebDriver, section 12.2). */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** Makes a function that sends commands to a driver. @param {string} origin  of the driver */
function webDriver(origin) {
  /** @param {string} method @param {string} path @param {object} [body] @param {number} [timeout] */
  return async (method, path, body, timeout = SCRIPT_TIMEOUT) => {
    const response = await fetch(origin + path, {
      method,
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeout),
    });
    const { value } = await response.json();
    if (value?.error) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
}

/** @param {ReturnType<typeof webDriver>} command @param {import('node:child_process').ChildProcess} child */
async function untilReady(command, child) {
  const deadline = performance.now() + START_TIMEOUT;
  for (;;) {
    try {
      return await command('GET', '/status', undefined, START_TIMEOUT);
    } catch (cause) {
      if (child.exitCode !== null || performance.now() > deadline) {
        throw new Error('WebKitWebDriver did not start', { cause });
      }
      await delay(20);
    }
  }
}

/**
 * @param {Record<string, string>} programs
 * @param {import('./launch.mjs').StartOptions} options
 * @returns {Promise<import('./launch.mjs').Browser>}
 */
export async function startWebKit(programs, { args, env, viewport }) {
  /** @type {(() => unknown)[]} what to undo, last thing first */
  const cleanups = [];
  const cleanUp = async () => {
    for (const undo of cleanups.reverse()) await undo();
  };
  try {
    const home = scratchDirectory('wk');
    cleanups.push(home.remove);
    const screen = await startDisplay({
      width: viewport.width + WINDOW_MARGIN,
      height: viewport.height + WINDOW_MARGIN,
    });
    cleanups.push(screen.close);
    const port = await freePort();
    const driver = await startGroup(programs.driver, ['--host=127.0.0.1', `--port=${port}`], {
      env: {
        ...process.env,
        // Make every garbage collection a full one. Otherwise old objects may be collected only minutes later, and tests
        // could not tell them from leaks.
        JSC_useGenerationalGC: '0',
        DISPLAY: screen.display,
        HOME: home.path,
        XDG_CACHE_HOME: home.path,
        XDG_DATA_HOME: home.path,
        XDG_RUNTIME_DIR: home.path,
        GDK_BACKEND: 'x11',
        // Without a GPU, Mesa draws each change of the page again on all cores: the demo then takes 2.2 of them instead of 0.9.
        WEBKIT_DISABLE_COMPOSITING_MODE: '1',
        // There is no accessibility bus, and waiting for it would take seconds.
        NO_AT_BRIDGE: '1',
        ...env,
      },
    });
    cleanups.push(driver.stop);
    const command = webDriver(`http://127.0.0.1:${port}`);
    await untilReady(command, driver.child);
    const options = { binary: programs.browser, args: ['--automation', '--autoplay-policy=allow', ...args] };
    const created = await command(
      'POST',
      '/session',
      { capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } } },
      START_TIMEOUT,
    );
    const session = `/session/${created.sessionId}`;
    cleanups.push(() => command('DELETE', session, undefined, CLOSE_TIMEOUT).catch(() => {}));
    await command('POST', `${session}/timeouts`, { script: SCRIPT_TIMEOUT, pageLoad: LOAD_TIMEOUT });

    const browser = pageOf(command, session);
    await fitWindow(command, session, viewport, browser.evaluate);
    return {
      engine: 'webkit',
      version: created.capabilities.browserVersion,
      // WebDriver has no console.
      logs: [],
      ...browser,
      close: cleanUp,
    };
  } catch (error) {
    await cleanUp();
    throw error;
  }
}

/** The methods of `Browser` that act on the page. @param {ReturnType<typeof webDriver>} command @param {string} session */
function pageOf(command, session) {
  /** @param {string} selector */
  const element = async (selector) => {
    const found = await command('POST', `${session}/element`, { using: 'css selector', value: selector });
    return `${session}/element/${found[ELEMENT]}`;
  };
  return {
    /** @param {string} url */
    goto: async (url) => void (await command('POST', `${session}/url`, { url })),
    /** @param {string | Function} code @param {unknown} [argument] */
    async evaluate(code, argument) {
      // WebDriver would drop the stack of a rejection, so the result or error is returned in an object.
      const script = `const done = arguments[arguments.length - 1];
        (async () => (${expression(code, argument)}))().then(
          (value) => done({ value }),
          (error) => done({ error: String(error?.stack ? error + '\\n' + error.stack : error) }));`;
      const { value, error } = await command('POST', `${session}/execute/async`, { script, args: [] });
      if (error) throw new Error(error);
      return value;
    },
    /** @param {string} selector */
    click: async (selector) => void (await command('POST', `${await element(selector)}/click`, {})),
    /** @param {string} selector @param {string} text */
    type: async (selector, text) => void (await command('POST', `${await element(selector)}/value`, { text })),
    /** @param {string} path */
    screenshot: async (path) => writeFile(path, await command('GET', `${session}/screenshot`), 'base64'),
  };
}

/**
 * Sets the size of the page. WebDriver can only set that of the window.
 * @param {ReturnType<typeof webDriver>} command
 * @param {string} session
 * @param {import('./launch.mjs').Size} viewport
 * @param {ReturnType<typeof pageOf>['evaluate']} evaluate
 */
async function fitWindow(command, session, viewport, evaluate) {
  const inner = await evaluate('({ width: innerWidth, height: innerHeight })');
  const outer = await command('GET', `${session}/window/rect`);
  await command('POST', `${session}/window/rect`, {
    width: viewport.width + outer.width - inner.width,
    height: viewport.height + outer.height - inner.height,
  });
}
