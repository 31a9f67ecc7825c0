// Chromium with an eye on what its pages ask for.
import { expect, vi } from 'vitest';
import { type Browser, launch } from '../harness/launch.mjs';

/** What `separateForASecond` returns. Levels in dB. */
export interface Report {
  live: { remainder: number; components: number[] };
  offline: number[];
  isolated: boolean;
  /** Instead of all else. */
  error?: string;
}

export interface Watched extends Browser {
  /** The addresses that pages and workers asked for since the last page was opened. */
  readonly requests: string[];
}

export async function startWatched(): Promise<Watched> {
  const browser = await launch('chromium');
  const requests: string[] = [];
  browser.page!.context().on('request', (request) => requests.push(request.url()));
  return Object.assign(browser, { requests });
}

/** Opens a page, and waits for what it reports. */
export async function openReport(browser: Watched, url: string): Promise<Report> {
  // What the page before still asked for is not this one's.
  await browser.goto('about:blank');
  browser.requests.length = 0;
  await browser.goto(url);
  // A page of a framework has its script run after it is loaded.
  await vi.waitUntil(() => browser.evaluate<boolean>('Boolean(globalThis.report)'), { timeout: 20_000 });
  return browser.evaluate<Report>('report');
}

/** What was asked of other hosts than the page's own: nothing, ever. */
export function foreignRequests({ requests }: Watched, url: string): string[] {
  return requests.filter((request) => new URL(request).origin !== new URL(url).origin && !/^data:/.test(request));
}

/** The live components add up to the delayed input, each source is in its component, and so it is offline. */
export function expectSeparation({ error, live, offline }: Report): void {
  expect(error).toBeUndefined();
  for (const level of live.components) {
    expect(level).toBeGreaterThan(-40);
    expect(live.remainder).toBeLessThan(level - 70);
  }
  for (const ratio of offline) expect(ratio).toBeGreaterThan(20);
}
