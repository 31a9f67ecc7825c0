// Chromium with an eye on what its pages ask for.
import { expect } from 'vitest';
import { type Browser, launch } from '../harness/launch.mjs';
import { serve } from '../harness/serve.mjs';

/** What `separateForASecond` returns. Levels in dB. */
export interface Report {
  live: { remainder: number; components: number[] };
  offline: number[];
  isolated: boolean;
}

export interface Watched extends Browser {
  /** Every address that a page or a worker asked for. */
  readonly requests: string[];
}

export async function startWatched(args: string[] = []): Promise<Watched> {
  const browser = await launch('chromium', { args });
  const requests: string[] = [];
  browser.page!.context().on('request', (request) => requests.push(request.url()));
  return Object.assign(browser, { requests });
}

/** Serves a folder, and opens its page. */
export async function openReport(
  browser: Watched,
  folder: string,
  options: { isolated?: boolean; headers?: Record<string, string> } = {},
) {
  const site = await serve(folder, options);
  browser.requests.length = 0;
  await browser.goto(site.url);
  await browser.page!.waitForFunction('globalThis.report');
  try {
    const report = await browser.evaluate<Report>('report');
    const own = browser.requests.filter((url) => url.startsWith(site.url));
    const foreign = browser.requests.filter((url) => !url.startsWith(site.url) && !/^(blob|data):/.test(url));
    const loaded = await Promise.all(own.map(async (url) => ({ url, text: await (await fetch(url)).text() })));
    return { report, foreign, loaded };
  } finally {
    await site.close();
  }
}

/** The live components add up to the delayed input, each source is in its component, and so it is offline. */
export function expectSeparation({ live, offline }: Report): void {
  for (const level of live.components) {
    expect(level).toBeGreaterThan(-40);
    expect(live.remainder).toBeLessThan(level - 70);
  }
  for (const ratio of offline) expect(ratio).toBeGreaterThan(20);
}
