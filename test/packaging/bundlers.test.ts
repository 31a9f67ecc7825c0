// Builds an app from the packed package with each common bundler, and runs it in Chromium.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { presentEngines } from '../harness/browsers.mjs';
import { serve } from '../harness/serve.mjs';
import { BUNDLERS } from './bundlers.ts';
import { makeProject, type Project } from './installed.ts';
import { expectSeparation, foreignRequests, openReport, startWatched, type Watched } from './watched.ts';

/** A message in the code of standardized-audio-context, to detect whether a script contains it */
const STANDARDIZED = 'Missing the native OfflineAudioContext constructor.';

/** Bundlers without a framework */
const SINGLE = BUNDLERS.filter(({ files }) => !files);

describe.runIf(presentEngines().includes('chromium'))('an app built by', () => {
  let browser: Watched;
  beforeAll(async () => {
    browser = await startWatched();
  });
  afterAll(() => browser?.close());

  /** Serves and opens the built page, and checks its report. @returns the source of each script it loaded */
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
    // standardized-audio-context is loaded only on pages that use one of its contexts.
    expect(scripts.filter((text) => text.includes(STANDARDIZED))).toEqual([]);
  });

  test.each(SINGLE)('$name separates where standardized-audio-context is not installed', async ({ name, build }) => {
    const project = await makeProject(name.toLowerCase(), {}, ['rxjs', 'tslib']);
    const warnings: string[] = [];
    await scriptsOf(
      project,
      build(project.folder, (warning) => warnings.push(warning)),
    );
    // Some bundlers warn that the optional library is missing, but the build must succeed.
    for (const warning of warnings) expect(warning).toContain('standardized-audio-context');
  });
});
