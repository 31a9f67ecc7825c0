import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import type { Browser } from '../harness/launch.mjs';
import { serve } from '../harness/serve.mjs';
import { threeSources } from './signals.ts';

const DEMO = fileURLToPath(new URL('../../demo/dist', import.meta.url));
const SUB_PATH = 'some/folder/';
/** Nothing but files of the same host, and WebAssembly. */
const POLICY = { 'Content-Security-Policy': "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'" };
/** Milliseconds a change may take on a slow machine. */
const PATIENCE = 40_000;

export const SAMPLE_RATE = 44100;
export const LEARNED = `document.body.dataset.learned === 'true' && document.body.dataset.state === 'ready'`;

/** Serves the built page from a folder of some host, under a strict policy. */
export async function serveDemo() {
  const folder = await mkdtemp(join(tmpdir(), 'demo-'));
  await cp(DEMO, join(folder, SUB_PATH), { recursive: true });
  const site = await serve(folder, { headers: POLICY });
  return {
    folder,
    url: site.url + SUB_PATH,
    async close() {
      await site.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Waits for an expression to be true in the page. */
export async function until(browser: Browser, expression: string): Promise<void> {
  const holds = async () => {
    if (!(await browser.evaluate(`Boolean(${expression})`))) throw new Error(`Not true in time: ${expression}`);
  };
  try {
    await vi.waitFor(holds, { timeout: PATIENCE, interval: 100 });
  } catch (error) {
    // A second try that succeeds would hide how it came to the first.
    console.error(browser.engine, error);
    console.error(await browser.evaluate(stateOf));
    throw error;
  }
}

/** In the page. */
function stateOf() {
  const textOf = (id: string) => document.getElementById(id)?.textContent;
  return { ...document.body.dataset, status: textOf('status'), error: textOf('error-text') };
}

/** Waits for a text to match. */
export function untilText(browser: Browser, selector: string, pattern: RegExp): Promise<void> {
  return until(browser, `${pattern}.test(document.querySelector(${JSON.stringify(selector)}).textContent)`);
}

/** Opens the page, with what a link says after `#`, and plays the clip until it is learned. Its mix is in `mix`. */
export async function openAndPlay(browser: Browser, url: string): Promise<void> {
  // Another fragment alone would not load the page again.
  await browser.goto('about:blank');
  await browser.goto(url);
  await browser.evaluate(noteMix);
  await browser.click('#start');
  await until(browser, LEARNED);
}

/** In the page: keeps what goes to the loudspeakers in `mix`, the first that does. */
export function noteMix(): void {
  const connect = AudioNode.prototype.connect as (...parameters: unknown[]) => AudioNode;
  AudioNode.prototype.connect = function (this: AudioNode, ...parameters: unknown[]) {
    if (parameters[0] === this.context.destination && !('mix' in window)) Object.assign(window, { mix: this });
    return connect.apply(this, parameters);
  } as AudioNode['connect'];
}

/** Three sources at once, ten seconds. */
export function mixture(): Float32Array {
  const [low, mid, high] = threeSources(SAMPLE_RATE, 10);
  return low.map((value, n) => value + mid[n] + high[n]);
}
