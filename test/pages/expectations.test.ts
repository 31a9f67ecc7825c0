// Like test/browser/expectations.spec.ts: bugs of engines that need a workaround, but one locks up the page, one needs a
// file that is not there at first, and one is of the site.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { presentEngines } from '../harness/browsers.mjs';
import { launch } from '../harness/launch.mjs';
import { serve } from '../harness/serve.mjs';

/** Milliseconds after which a page that has not answered counts as locked up */
const TIMEOUT = 4000;

test.runIf(presentEngines().includes('firefox'))(
  '13: asking Firefox for outputLatency beside a worklet locks it up',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'page-'));
    await writeFile(join(folder, 'index.html'), '<!doctype html>');
    const site = await serve(folder);
    const browser = await launch('firefox');
    try {
      await browser.goto(site.url);
      let answer: unknown;
      // It does not happen between two computations of the worklet, and each sample rate is asked for only once.
      for (let tries = 0; tries < 10 && answer !== 'locked up'; tries++) {
        expect(await browser.evaluate(playBusyWorklet, 40_000 + tries)).toBe('running');
        const asked = browser.evaluate(askForLatency).catch(() => 'closed');
        answer = await Promise.race([asked, delay(TIMEOUT, 'locked up')]);
      }
      expect(answer).toBe('locked up');
    } finally {
      await browser.close();
      await site.close();
      await rm(folder, { recursive: true });
    }
  },
);

test.runIf(presentEngines().includes('firefox'))(
  '15: Firefox does not load a module again that it could not load before',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'page-'));
    await writeFile(join(folder, 'index.html'), '<!doctype html>');
    await writeFile(join(folder, 'module.js'), 'export default 1;');
    const site = await serve(folder);
    const browser = await launch('firefox');
    const load = () => browser.evaluate(`import('./module.js').then(() => 'loaded', () => 'not loaded')`);
    try {
      await browser.goto(site.url);
      site.cut(true);
      expect(await load()).toBe('not loaded');
      site.cut(false);
      expect(await browser.evaluate(`fetch('module.js').then(({ ok }) => ok)`)).toBe(true);
      expect(await load()).toBe('not loaded');
    } finally {
      await browser.close();
      await site.close();
      await rm(folder, { recursive: true });
    }
  },
);

test.runIf(presentEngines().includes('firefox'))('16: the listener of Firefox has no parameters', async () => {
  const browser = await launch('firefox');
  try {
    expect(await browser.evaluate(`'positionX' in new OfflineAudioContext(1, 1, 8000).listener`)).toBe(false);
  } finally {
    await browser.close();
  }
});

/** Runs in the page: a worklet that computes nearly all the time. */
async function playBusyWorklet(sampleRate: number): Promise<string> {
  const context = new AudioContext({ sampleRate });
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

/** Runs in the page. At first a clock drives the context, and the answer is 0; it is known once the device does. */
async function askForLatency(): Promise<string> {
  const { context } = window as never as { context: AudioContext };
  while (context.outputLatency === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  await context.close();
  return 'answered';
}
