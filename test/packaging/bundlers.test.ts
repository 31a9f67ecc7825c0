// From the tarball into the apps of every bundler people use, without configuration, to what Chromium plays.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { presentEngines } from '../harness/browsers.mjs';
import { serve } from '../harness/serve.mjs';
import { BUNDLERS } from './bundlers.ts';
import { makeProject, type Project } from './installed.ts';
import { expectSeparation, foreignRequests, openReport, startWatched, type Watched } from './watched.ts';

/** Of an error that only standardized-audio-context throws. */
const STANDARDIZED = 'Missing the native OfflineAudioContext constructor.';

describe.runIf(presentEngines().includes('chromium'))('an app built by', () => {
  let browser: Watched;
  beforeAll(async () => {
    browser = await startWatched();
  });
  afterAll(() => browser?.close());

  test.each(BUNDLERS)('$name separates', { timeout: 180_000 }, async ({ name, files, build }) => {
    const project: Project = await makeProject(name.replace('.', '').toLowerCase(), files);
    const site = await serve(await build(project.folder));
    try {
      expectSeparation(await openReport(browser, site.url));
      expect(foreignRequests(browser, site.url)).toEqual([]);
      // The other family's library stays on the server until a page has such a context.
      const scripts = browser.requests.filter((url) => url.startsWith(site.url));
      for (const url of scripts) expect(await (await fetch(url)).text(), url).not.toContain(STANDARDIZED);
    } finally {
      await site.close();
      await project.remove();
    }
  });
});
