// Like test/browser/expectations.spec.ts: a bug of an engine that needs a workaround, but one that locks up the page.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { presentEngines } from '../harness/browsers.mjs';
import { launch } from '../harness/launch.mjs';
import { serve } from '../harness/serve.mjs';

/** Milliseconds after which a page that has not answered counts as locked up */
const TIMEOUT = 3000;

test.runIf(presentEngines().includes('firefox'))(
  '13: asking Firefox for outputLatency beside a worklet locks it up',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'page-'));
    await writeFile(join(folder, 'index.html'), '<!doctype html>');
    const site = await serve(folder);
    const browser = await launch('firefox');
    try {
      await browser.goto(site.url);
      expect(await browser.evaluate(playBusyWorklet)).toBe('running');
      expect(await browser.evaluate('context.currentTime')).toBeGreaterThan(0);
      const answer = browser.evaluate('context.outputLatency').catch(() => {});
      expect(await Promise.race([answer, delay(TIMEOUT, 'locked up')])).toBe('locked up');
    } finally {
      await browser.close();
      await site.close();
      await rm(folder, { recursive: true });
    }
  },
);

/** Runs in the page: a worklet that computes nearly all the time. */
async function playBusyWorklet(): Promise<string> {
  const context = new AudioContext();
  const processor = `registerProcessor('busy', class extends AudioWorkletProcessor {
    process() {
      const end = Date.now() + 3;
      while (Date.now() < end);
      return true;
    }
  });`;
  await context.audioWorklet.addModule(`data:text/javascript,${encodeURIComponent(processor)}`);
  new AudioWorkletNode(context, 'busy').connect(context.destination);
  await context.resume();
  while (context.currentTime === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  Object.assign(window, { context });
  return context.state;
}
