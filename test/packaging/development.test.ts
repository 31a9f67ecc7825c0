// Vite's development server, which pre-bundles dependencies and hot-reloads modules.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { presentEngines } from '../harness/browsers.mjs';
import { hotReload } from '../harness/guide.mjs';
import { PATIENCE } from '../harness/patience.mjs';
import { makeProject, type Project } from './installed.ts';
import { expectSeparation, openReport, startWatched, type Watched } from './watched.ts';

/** A user's module with hot reloading, as the guide has it. It reports when its node is ready. */
const hotModule = (version: number) => `${hotReload}
  globalThis.evaluations = (globalThis.evaluations ?? 0) + 1;
  globalThis.contexts = (globalThis.contexts ?? new Set()).add(context);
  separator.ready.then(() => {
    globalThis.readyVersion = ${version};
  });
`;

describe.runIf(presentEngines().includes('chromium'))('served by Vite for development', () => {
  let browser: Watched;
  let project: Project;
  let server: ViteDevServer;
  let url: string;

  beforeAll(async () => {
    project = await makeProject('development', {
      'hot.html': '<!doctype html><script type="module" src="./hot.js"></script>',
      'hot.js': hotModule(1),
    });
    server = await createServer({
      root: project.folder,
      configFile: false,
      logLevel: 'warn',
      server: { port: 0, host: '127.0.0.1' },
    });
    await server.listen();
    [url] = server.resolvedUrls!.local;
    browser = await startWatched();
  });
  afterAll(async () => {
    await Promise.all([browser?.close(), server?.close()]);
    await project?.remove();
  });

  test('a page separates', async () => {
    expectSeparation(await openReport(browser, url));
  });

  test('hot reloading leaves no workers behind', async () => {
    // Again, for a second try.
    await writeFile(join(project.folder, 'hot.js'), hotModule(1));
    await browser.goto(`${url}hot.html`);
    const isReady = (version: number) => () => browser.evaluate<boolean>(`globalThis.readyVersion === ${version}`);
    await vi.waitUntil(isReady(1), PATIENCE);
    for (const version of [2, 3, 4]) {
      await writeFile(join(project.folder, 'hot.js'), hotModule(version));
      await vi.waitUntil(isReady(version), PATIENCE);
    }
    // The page was not reloaded, it has the same context, and only the current node's worker is left. On a slow machine
    // Vite may see a file twice while it is written.
    expect(await browser.evaluate('globalThis.evaluations')).toBeGreaterThanOrEqual(4);
    expect(await browser.evaluate('globalThis.contexts.size')).toBe(1);
    await vi.waitUntil(() => browser.page!.workers().length === 1, PATIENCE);
  });
});
