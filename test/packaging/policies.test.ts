// Content-Security-Policies under which the package works, and its errors under stricter ones.
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { presentEngines } from '../harness/browsers.mjs';
import { serve } from '../harness/serve.mjs';
import { makeProject, type Project } from './installed.ts';
import { expectSeparation, foreignRequests, openReport, startWatched, type Watched } from './watched.ts';

const SELF = "script-src 'self' 'wasm-unsafe-eval'";
const BLOB_WORKER = `${SELF}; worker-src 'self' blob:`;
const BLOB_SCRIPT = "script-src 'self' blob: 'wasm-unsafe-eval'";
const NONCE = "script-src 'nonce-page' 'strict-dynamic' 'wasm-unsafe-eval'";
const PAGE = '<!doctype html><meta charset="utf-8"><script type="module" nonce="page" src="./configured.js"></script>';

describe.runIf(presentEngines().includes('chromium'))('under a policy', () => {
  let browser: Watched;
  let project: Project;
  beforeAll(async () => {
    project = await makeProject('policies', { 'index.html': PAGE });
    const { folder } = project;
    const entryPoints = [join(folder, 'configured.js')];
    await esbuild.build({ entryPoints, outdir: folder, bundle: true, format: 'esm', allowOverwrite: true });
    for (const file of ['worklet.js', 'worker.js'])
      await copyFile(join(folder, 'node_modules/nmf-separator-node/dist', file), join(folder, file));
    browser = await startWatched();
  });
  afterAll(() => Promise.all([browser?.close(), project?.remove()]));

  async function reportUnder(policy: string, query: string) {
    const site = await serve(project.folder, { headers: { 'Content-Security-Policy': policy } });
    try {
      const report = await openReport(browser, `${site.url}?${query}`);
      expect(foreignRequests(browser, site.url)).toEqual([]);
      return report;
    } finally {
      await site.close();
    }
  }

  test.each([
    [SELF, 'worklet&worker'],
    [`default-src 'self'; ${SELF}`, 'worklet&worker'],
    [BLOB_WORKER, 'worklet'],
    [BLOB_SCRIPT, ''],
    [NONCE, ''],
    [NONCE, 'worklet&worker'],
    [SELF, 'worklet&worker&family=standardized'],
    [SELF, 'worklet&worker&family=tone'],
    [BLOB_SCRIPT, 'family=standardized'],
  ])('%s separates with "%s"', async (policy, query) => {
    expectSeparation(await reportUnder(policy, query));
  });

  test.each([
    [SELF, '', /script-src.*workletUrl and workerUrl/],
    [SELF, 'worklet', /worker-src.*workerUrl/],
    [BLOB_WORKER, '', /The worklet .* script-src.*workletUrl/],
    [SELF, 'family=standardized', /script-src.*workletUrl and workerUrl/],
    ["script-src 'self'", 'worklet&worker', /'wasm-unsafe-eval' in script-src/],
    ["script-src 'self' blob:", '', /'wasm-unsafe-eval' in script-src/],
    ["script-src 'nonce-page' 'strict-dynamic'", '', /'wasm-unsafe-eval' in script-src/],
    [NONCE.replace("'strict-dynamic'", ''), 'worklet&worker', /worker\.js .*script-src/],
  ])('%s says what is missing with "%s"', async (policy, query, message) => {
    expect((await reportUnder(policy, query)).error).toMatch(message);
  });
});
