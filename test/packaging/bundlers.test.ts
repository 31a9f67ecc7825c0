// Builds an app from the packed package with each common bundler, and runs it in Chromium.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { presentEngines } from '../harness/browsers.mjs';
import { serve } from '../harness/serve.mjs';
import { BUNDLERS } from './bundlers.ts';
import { makeProject, type Project } from './installed.ts';
import { expectSeparation, foreignRequests, openReport, startWatched, type Watched } from './watched.ts';

/** A message in the code of standardized-audio-context, to detect whether a script contains it */
const STANDARDIZED = 'Missing the native OfflineAudioContext constructor.';

describe.runIf(presentEngines().includes('chromium'))('an app built by', () => {
  let browser: Watched;
  const projects: Project[] = [];
  /** What each bundler has built, or its error, by its name */
  const built = new Map<string, PromiseSettledResult<string>>();

  beforeAll(async () => {
    // Frameworks need packages of their own. Anything else gets only what npm installs with the package.
    const frameworks = BUNDLERS.filter(({ files }) => files);
    projects.push(
      await makeProject('bundled', {}, { alone: true }),
      ...(await Promise.all(frameworks.map(({ files }) => makeProject('framework', files)))),
    );
    const folderOf = (bundler: (typeof BUNDLERS)[number]) => projects[frameworks.indexOf(bundler) + 1].folder;
    // At the same time, and before anything plays, since builds would disturb live audio.
    const builds = await Promise.allSettled(BUNDLERS.map((bundler) => bundler.build(folderOf(bundler))));
    for (const [i, { name }] of BUNDLERS.entries()) built.set(name, builds[i]);
    browser = await startWatched();
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all(projects.map((project) => project.remove()));
  });

  test.each(BUNDLERS)('$name separates', async ({ name }) => {
    const build = built.get(name)!;
    if (build.status === 'rejected') throw build.reason;
    const site = await serve(build.value);
    try {
      expectSeparation(await openReport(browser, site.url));
      expect(foreignRequests(browser, site.url)).toEqual([]);
      const urls = browser.requests.filter((url) => url.startsWith(site.url));
      const scripts = await Promise.all(urls.map(async (url) => (await fetch(url)).text()));
      expect(scripts.length).toBeGreaterThan(1);
      // standardized-audio-context is loaded only on pages that use one of its contexts.
      expect(scripts.filter((text) => text.includes(STANDARDIZED))).toEqual([]);
    } finally {
      await site.close();
    }
  });
});
