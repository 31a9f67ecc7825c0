// From the tarball into the apps of every bundler people use, without configuration, to what Chromium plays.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { presentEngines } from '../harness/browsers.mjs';
import { serve } from '../harness/serve.mjs';
import { BUNDLERS } from './bundlers.ts';
import { makeProject, type Project } from './installed.ts';
import { expectSeparation, foreignRequests, openReport, startWatched, type Watched } from './watched.ts';

/** Of an error that only standardized-audio-context throws. */
const STANDARDIZED = 'Missing the native OfflineAudioContext constructor.';

/** Those that need no framework beside them. */
const SINGLE = BUNDLERS.filter(({ files }) => !files);

describe.runIf(presentEngines().includes('chromium'))('an app built by', () => {
  let browser: Watched;
  beforeAll(async () => {
    browser = await startWatched();
  });
  afterAll(() => browser?.close());

  /** @returns the scripts of the page that was built, served and opened */
  async function scriptsOf(project: Project, build: Promise<string>): Promise<string[]> {
    const site = await serve(await build);
    try {
      expectSeparation(await openReport(browser, site.url));
      expect(foreignRequests(browser, site.url)).toEqual([]);
      const scripts = browser.requests.filter((url) => url.startsWith(site.url));
      return await Promise.all(scripts.map(async (url) => (await fetch(url)).text()));
    } finally {
      await site.close();
      await project.remove();
    }
  }

  test.each(BUNDLERS)('$name separates', { timeout: 180_000 }, async ({ name, files, build }) => {
    const project = await makeProject(name.replace('.', '').toLowerCase(), files);
    const scripts = await scriptsOf(project, build(project.folder));
    expect(scripts.length).toBeGreaterThan(1);
    // The other family's library stays on the server until a page has such a context.
    expect(scripts.filter((text) => text.includes(STANDARDIZED))).toEqual([]);
  });

  test.each(SINGLE)('$name separates where standardized-audio-context is not installed', async ({ name, build }) => {
    const project = await makeProject(name.toLowerCase(), {}, ['rxjs', 'tslib']);
    const warnings: string[] = [];
    await scriptsOf(
      project,
      build(project.folder, (warning) => warnings.push(warning)),
    );
    // Some say that they did not find it, but none insists.
    for (const warning of warnings) expect(warning).toContain('standardized-audio-context');
  });
});
