// Runs Vitest's browser specs in the browsers of launch.mjs.
import { defineBrowserProvider } from '@vitest/browser';
import { ENGINES } from './browsers.mjs';
import { ISOLATION_ENV } from './isolation.mjs';
import { launch } from './launch.mjs';

/**
 * The only open browser. Projects do not have one each, because even an idle second browser takes time from live audio.
 * @type {import('./launch.mjs').Browser | undefined}
 */
let current;

async function closeCurrent() {
  const browser = current;
  current = undefined;
  await browser?.close();
}

/**
 * The provider for vitest.config.mjs.
 * @param {{ isolated: boolean }} options  whether the pages are served with the headers of isolation.mjs
 */
export const launched = (options) =>
  defineBrowserProvider({
    name: 'launched',
    supportedBrowser: ENGINES,
    options,
    providerFactory: (project) => ({
      name: 'launched',
      supportsParallelism: false,
      getCommandsContext: () => ({}),
      async openPage(_sessionId, url) {
        await closeCurrent();
        const engine = /** @type {import('./browsers.mjs').Engine} */ (project.config.browser.name);
        current = await launch(engine, { env: options.isolated ? ISOLATION_ENV[engine] : {} });
        await current.goto(url);
      },
      close: closeCurrent,
    }),
  });
