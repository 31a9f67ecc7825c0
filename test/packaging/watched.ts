// Chromium that records the requests of its pages.
import { expect, vi } from 'vitest';
import { type Browser, type LaunchOptions, launch } from '../harness/launch.mjs';
import { PATIENCE } from '../harness/patience.mjs';

/** The result of `separateForASecond`. Levels and ratios in dB. */
export interface Report {
  live: { remainder: number; components: number[] };
  offline: number[];
  isolated: boolean;
  /** If set, only the cause is there too. */
  error?: string;
  cause?: string;
}

export interface Watched extends Browser {
  /** URLs requested by pages and workers since `openReport` opened the last page */
  readonly requests: string[];
}

export async function startWatched(options: LaunchOptions = {}): Promise<Watched> {
  const browser = await launch('chromium', options);
  const requests: string[] = [];
  browser.page!.context().on('request', (request) => requests.push(request.url()));
  return Object.assign(browser, { requests });
}

/** Opens a page, and waits for its report. */
export async function openReport(browser: Watched, url: string): Promise<Report> {
  // Leave the previous page first, so that its late requests are not counted.
  await browser.goto('about:blank');
  browser.requests.length = 0;
  await browser.goto(url);
  // Frameworks may run the page's script only after the load event.
  await vi.waitUntil(() => browser.evaluate<boolean>('Boolean(globalThis.report)'), PATIENCE);
  return browser.evaluate<Report>('report');
}

/** Requests to other origins than the page's. There must be none. */
export function foreignRequests({ requests }: Watched, url: string): string[] {
  return requests.filter((request) => new URL(request).origin !== new URL(url).origin && !/^data:/.test(request));
}

/** Expects that live components sound and add up to the delayed input, and that offline ones match their sources. */
export function expectSeparation({ error, live, offline }: Report): void {
  expect(error).toBeUndefined();
  for (const level of live.components) {
    expect(level).toBeGreaterThan(-40);
    expect(live.remainder).toBeLessThan(level - 70);
  }
  for (const ratio of offline) expect(ratio).toBeGreaterThan(20);
}
