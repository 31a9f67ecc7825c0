// The built site, served from a subfolder, and what its pages must not do.
import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Browser } from '../harness/launch.mjs';
import { PATIENCE } from '../harness/patience.mjs';
import { serve } from '../harness/serve.mjs';

const DIST = fileURLToPath(new URL('../../site/dist', import.meta.url));
const FOLDER = 'path';
export const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What Tone.js greets with, and what Playwright says where service workers are blocked */
const EXPECTED = /\* Tone\.js|registration blocked by Playwright/;

/** Serves the built site from a subfolder. `url` ends with a slash. */
export async function serveSite() {
  const root = await mkdtemp(join(tmpdir(), 'site-'));
  await symlink(DIST, join(root, FOLDER));
  const site = await serve(root);
  return {
    url: `${site.url}${FOLDER}/`,
    cut: site.cut,
    async close() {
      await site.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** The site's own pages, relative to it */
export async function sitePages(): Promise<string[]> {
  return (await readdir(DIST)).filter((file) => file.endsWith('.html'));
}

/** The pages of the API reference, relative to the site */
export async function apiPages(): Promise<string[]> {
  const files = await readdir(join(DIST, 'api'), { recursive: true });
  return files.filter((file) => file.endsWith('.html')).map((file) => `api/${file}`);
}

export interface WatchedPage {
  readonly page: Page;
  /** Whatever a page must not do: what it logs, requests that fail, and requests to other hosts */
  readonly faults: string[];
  close(): Promise<void>;
}

/** Opens an empty page in Chromium with a storage of its own. Nothing is kept by a service worker unless that is allowed. */
export async function openWatched(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser
    .page!.context()
    .browser()!
    .newContext({ serviceWorkers: 'block', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const faults: string[] = [];
  page.on('console', (message) => {
    const text = message.text();
    if (!EXPECTED.test(text)) faults.push(`${page.url()}: ${text}`);
  });
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error}`));
  page.on('requestfailed', (request) => {
    // A page that is left cancels what it waits for.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') faults.push(`failed: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`);
  });
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (!['data:', 'blob:'].includes(protocol) && hostname !== '127.0.0.1') faults.push(`elsewhere: ${request.url()}`);
  });
  return { page, faults, close: () => context.close() };
}

/** What axe-core finds on a page as it is shown now */
export async function violationsOn(page: Page, axe: string): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: library } = window as never as { axe: typeof import('axe-core') };
    const { violations } = await library.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' ')}`);
  });
}

/** Pixels by which a page is wider than its window */
export const overflowOf = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
