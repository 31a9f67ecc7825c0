// From the tarball into the apps of every bundler people use, without configuration, to what Chromium plays.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { presentEngines } from '../harness/browsers.mjs';
import { BUNDLERS } from './bundlers.ts';
import { makeProject, type Project } from './installed.ts';
import { expectSeparation, openReport, startWatched, type Watched } from './watched.ts';

/** Of an error that only standardized-audio-context throws. */
const STANDARDIZED = 'Missing the native OfflineAudioContext constructor.';

describe.runIf(presentEngines().includes('chromium')).each(BUNDLERS)('$name', ({ name, files, build }) => {
  let browser: Watched;
  let project: Project;
  let built: string;

  beforeAll(async () => {
    project = await makeProject(name.replace('.', '').toLowerCase(), files);
    [browser, built] = await Promise.all([startWatched(), build(project.folder)]);
  }, 180_000);
  afterAll(() => Promise.all([browser?.close(), project?.remove()]));

  test('builds an app that separates', async () => {
    const { report, foreign, loaded } = await openReport(browser, built);
    expectSeparation(report);
    expect(foreign).toEqual([]);
    // The other family's library stays on the server until a page has such a context.
    expect(loaded.filter(({ text }) => text.includes(STANDARDIZED)).map(({ url }) => url)).toEqual([]);
  });
});
