// Content-Security-Policies under which the package works, and its errors under stricter ones.
import { execFile } from 'node:child_process';
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as esbuild from 'esbuild';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { presentEngines } from '../harness/browsers.mjs';
import { guideText, printedIn } from '../harness/guide.mjs';
import { type Browser, launch } from '../harness/launch.mjs';
import { PATIENCE } from '../harness/patience.mjs';
import { serve } from '../harness/serve.mjs';
import { launchExtension } from './extension.ts';
import { makeProject, type Project } from './installed.ts';
import { expectSeparation, foreignRequests, openReport, type Report, startWatched, type Watched } from './watched.ts';

const SELF = "script-src 'self' 'wasm-unsafe-eval'";
const BLOB_WORKER = `${SELF}; worker-src 'self' blob:`;
const BLOB_SCRIPT = "script-src 'self' blob: 'wasm-unsafe-eval'";
const NONCE = "script-src 'nonce-page' 'strict-dynamic' 'wasm-unsafe-eval'";
const PAGE = '<!doctype html><meta charset="utf-8"><script type="module" nonce="page" src="./configured.js"></script>';

let project: Project;
beforeAll(async () => {
  project = await makeProject('policies', { 'index.html': PAGE });
  const { folder } = project;
  const entryPoints = [join(folder, 'configured.js')];
  await esbuild.build({ entryPoints, outdir: folder, bundle: true, format: 'esm', allowOverwrite: true });
  for (const file of ['worklet.js', 'worker.js'])
    await copyFile(join(folder, 'node_modules/nmf-separator-node/dist', file), join(folder, file));
});
afterAll(() => project?.remove());

/** Opens the page under a policy. @returns what `open` does */
async function openUnder<T>(policy: string, query: string, open: (url: string) => Promise<T>): Promise<T> {
  const site = await serve(project.folder, { headers: { 'Content-Security-Policy': policy } });
  try {
    return await open(`${site.url}?${query}`);
  } finally {
    await site.close();
  }
}

test('the guide prints the policies of these tests, and a command that puts both files where they are served', async () => {
  expect(printedIn('http')).toEqual([`Content-Security-Policy: default-src 'self'; ${SELF}\n`]);
  const { extension_pages } = MANIFEST.content_security_policy;
  expect(guideText()).toContain(`"content_security_policy": { "extension_pages": "${extension_pages}" }`);
  const served = join(project.folder, 'public/nmf');
  await mkdir(served, { recursive: true });
  await promisify(execFile)('sh', ['-c', printedIn('sh')[0]], { cwd: project.folder });
  expect(await readdir(served)).toEqual(['worker.js', 'worklet.js']);
});

/** No browser's message brings the embedded code along. */
function expectError({ error, cause }: Report, message: RegExp): void {
  expect(error).toMatch(message);
  expect(error!.length).toBeLessThan(800);
  expect(cause!.length).toBeLessThan(400);
}

const MANIFEST = {
  manifest_version: 3,
  name: 'An extension',
  version: '1',
  content_security_policy: { extension_pages: `${SELF}; object-src 'self'` },
};

describe.runIf(presentEngines().includes('chromium'))('under a policy', () => {
  let browser: Watched;
  beforeAll(async () => {
    browser = await startWatched();
  });
  afterAll(() => browser?.close());

  const reportUnder = (policy: string, query: string) =>
    openUnder(policy, query, async (url) => {
      const report = await openReport(browser, url);
      expect(foreignRequests(browser, url)).toEqual([]);
      return report;
    });

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
    expectError(await reportUnder(policy, query), message);
  });

  test('of a browser extension a page separates', async () => {
    const { folder } = project;
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(MANIFEST));
    const { context, url } = await launchExtension(folder);
    try {
      const page = await context.newPage();
      await page.goto(`${url}index.html?worklet&worker`);
      await page.waitForFunction('Boolean(globalThis.report)');
      expectSeparation(await page.evaluate<Report>('report'));
    } finally {
      await context.close();
    }
  });
});

describe.each(presentEngines())('with Trusted Types, in %s', (engine) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch(engine);
  });
  afterAll(() => browser?.close());

  const reportUnder = (policy: string, query: string) =>
    openUnder(`${policy}; require-trusted-types-for 'script'`, query, async (url) => {
      await browser.goto(url);
      await vi.waitUntil(() => browser.evaluate<boolean>('Boolean(globalThis.report)'), PATIENCE);
      return browser.evaluate<Report>('report');
    });

  test.each([
    [`${BLOB_SCRIPT}; trusted-types nmf-separator-node`, ''],
    [`${SELF}; trusted-types page`, 'worklet&worker&trusted&family=standardized'],
  ])('%s separates with "%s"', async (policy, query) => {
    expectSeparation(await reportUnder(policy, query));
  });

  test.each([
    [BLOB_SCRIPT, '', /Trusted Types: allow the policy nmf-separator-node in .*trusted-types, or pass workletUrl/],
    [SELF, 'worklet&worker', /Trusted Types: pass workletUrl and workerUrl as TrustedScriptURLs/],
  ])('%s and another policy alone: it says what helps with "%s"', async (policy, query, message) => {
    expectError(await reportUnder(`${policy}; trusted-types page`, query), message);
  });
});
