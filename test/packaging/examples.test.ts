// Every folder of examples/ as its users have it: installed from the packed package, built, opened, and heard separating.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import decodeFlac from '@audio/decode-flac';
import decodeWav from '@audio/decode-wav';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { presentEngines } from '../harness/browsers.mjs';
import { freePort } from '../harness/freePort.mjs';
import { PATIENCE } from '../harness/patience.mjs';
import { startGroup } from '../harness/processes.mjs';
import { scratchDirectory } from '../harness/scratch.mjs';
import { serve } from '../harness/serve.mjs';
import { exampleNames } from '../helpers/exampleFolders.ts';
import { sumOf } from '../helpers/rendering.ts';
import { bestCorrelations, difference, levelBelow, threeSources } from '../helpers/signals.ts';
import { wav } from '../helpers/wav.ts';
import { buildExample } from './buildExample.ts';
import { scriptsOfCdn } from './cdn.ts';
import { launchExtension } from './extension.ts';
import { expectNothingPlayed, expectSeparated, expectSilent, hear, keepNodes, LEARNED, type Played } from './heard.ts';
import { foreignRequests, startWatched, type Watched } from './watched.ts';

const RATE = 44100;
const DRUMS = fileURLToPath(new URL('../../demo/clips/drums.flac', import.meta.url));
const POP = fileURLToPath(new URL('../../demo/clips/pop.flac', import.meta.url));
/** As users have it: nothing plays before they click. */
const NEEDS_CLICK = '--autoplay-policy=document-user-activation-required';

const inChromium = presentEngines().includes('chromium');
let browser: Watched;
let page: Page;
const scratch = scratchDirectory('examples');

beforeAll(async () => {
  if (!inChromium) return;
  const { channelData, sampleRate } = await decodeFlac(await readFile(DRUMS));
  const fakeMicrophone = join(scratch.path, 'microphone.wav');
  await writeFile(fakeMicrophone, await wav(channelData[0], sampleRate));
  browser = await startWatched({ fakeMicrophone, args: [NEEDS_CLICK] });
  page = browser.page!;
  await page.addInitScript(keepNodes);
});
afterAll(async () => {
  await browser?.close();
  scratch.remove();
});

/** Chooses a file in the page's file input, by a click. */
async function choose(opened: Page, file: string): Promise<void> {
  const choosing = opened.waitForEvent('filechooser');
  await opened.locator('input[type=file]').click();
  await (await choosing).setFiles(file);
}

/** Chooses a file that is no sound, which the page must tell its user, and then a loop. */
async function chooseLoop(opened: Page): Promise<void> {
  await choose(opened, fileURLToPath(import.meta.url));
  const told = () => opened.locator('output, [role=alert]').allTextContents();
  await expect.poll(told).toEqual([expect.stringMatching(/decod/i)]);
  await choose(opened, DRUMS);
}

/** Waits until a page has learned, and expects that it separates. */
async function expectLearned(opened: Page, played?: Played): Promise<void> {
  const learned = () =>
    opened.evaluate<string>(`${LEARNED} ? 'learned' : document.querySelector('output')?.textContent ?? ''`);
  // If it fails, it says what the page tells its user.
  await expect.poll(learned).toBe('learned');
  await opened.evaluate(hear);
  await expectSeparated((code) => opened.evaluate(code), played);
}

/** Expects that no other file can be chosen until this one is learned, as when it is chosen once more. */
async function expectOneAtATime(opened: Page): Promise<void> {
  const file = opened.locator('input[type=file]');
  await expect.poll(() => file.isEnabled()).toBe(true);
  const isDisabled = (input: SVGElement | HTMLElement) => {
    input.dispatchEvent(new Event('change'));
    return (input as HTMLInputElement).disabled;
  };
  expect(await file.evaluate(isDisabled)).toBe(true);
  await expect.poll(() => file.isEnabled()).toBe(true);
}

/** Expects that a page whose faders are those of the components has moved one. */
async function expectFader(opened: Page): Promise<void> {
  await opened.getByLabel('Part 2').fill('0');
  await expectSilent((code) => opened.evaluate(code), 1);
}

/** Expects that the picture moves while the context runs, and rests while it does not. */
async function expectPictureToFollow(opened: Page): Promise<void> {
  const moves = async () => {
    const before = await opened.locator('canvas').screenshot();
    await opened.waitForTimeout(200);
    return !before.equals(await opened.locator('canvas').screenshot());
  };
  const clock = (method: 'suspend' | 'resume') =>
    opened.evaluate(`separators.find(({ state }) => state === 'ready').context.${method}()`);
  await expect.poll(moves).toBe(true);
  await clock('suspend');
  await expect.poll(moves).toBe(false);
  await clock('resume');
  await expect.poll(moves).toBe(true);
}

/** Opens a folder in the browser while `act` runs. Nothing may be requested from elsewhere, and no error be left. */
async function onSite(folder: string, act: () => Promise<void>): Promise<void> {
  const site = await serve(folder);
  try {
    await openAndAct(site.url, act);
    expect(foreignRequests(browser, site.url)).toEqual([]);
  } finally {
    await site.close();
  }
}

async function openAndAct(url: string, act: () => Promise<void>): Promise<void> {
  await browser.goto('about:blank');
  browser.requests.length = 0;
  browser.logs.length = 0;
  await browser.goto(url);
  try {
    await act();
  } catch (error) {
    // What came before may be the reason.
    console.error(url, browser.logs);
    throw error;
  }
  expect(browser.logs.filter((log) => /error|refused/i.test(log))).toEqual([]);
}

/** What each example is tested by, in Chromium where it is a page */
const CHECKS: Readonly<Record<string, (folder: string) => Promise<void>>> = {
  'plain-page': async (folder) => {
    const scripts = await scriptsOfCdn(folder);
    const headers = { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' };
    for (const [address, body] of scripts) await page.route(address, (route) => route.fulfill({ body, headers }));
    const act = async () => {
      await chooseLoop(page);
      await expectLearned(page);
      await expectFader(page);
      await expectOneAtATime(page);
    };
    const file = pathToFileURL(join(folder, 'index.html')).href;
    const site = await serve(folder);
    try {
      for (const url of [site.url, file]) {
        await openAndAct(url, act);
        const elsewhere = browser.requests.filter((request) => /^https:/.test(request));
        expect(elsewhere.toSorted()).toEqual([...scripts.keys()].toSorted());
      }
    } finally {
      await page.unrouteAll();
      await site.close();
    }
  },

  'vite-tone': (folder) =>
    onSite(join(folder, 'dist'), async () => {
      await chooseLoop(page);
      await page.getByRole('button', { name: 'Play or pause' }).click();
      await expectLearned(page, 'effects');
      await expectOneAtATime(page);
      // Another file is not heard until it is played.
      await expectNothingPlayed((code) => page.evaluate(code));
      await choose(page, POP);
      await page.getByRole('button', { name: 'Play or pause' }).click();
      await expectSeparated((code) => page.evaluate(code), 'effects');
    }),

  react: (folder) =>
    onSite(join(folder, 'dist'), async () => {
      await chooseLoop(page);
      await expectLearned(page);
      // StrictMode has run every effect twice.
      expect(await page.evaluate('separators.map(({ state }) => state)')).toEqual(['disposed', 'ready']);
      await expectFader(page);
      // Another clip is a node of its own.
      await choose(page, POP);
      await expect
        .poll(() => page.evaluate('separators.map(({ state }) => state)'))
        .toEqual(['disposed', 'disposed', 'ready']);
    }),

  three: (folder) =>
    onSite(join(folder, 'dist'), async () => {
      await chooseLoop(page);
      await expectLearned(page);
      await expectPictureToFollow(page);
      await expectOneAtATime(page);
    }),

  hydra: (folder) =>
    onSite(join(folder, 'dist'), async () => {
      await page.getByRole('button', { name: 'Listen' }).click();
      await expectLearned(page, 'nothing');
      await expectPictureToFollow(page);
    }),

  p5: (folder) =>
    onSite(join(folder, 'dist'), async () => {
      await chooseLoop(page);
      await expectLearned(page);
      await expectPictureToFollow(page);
      await expectOneAtATime(page);
    }),

  extension: async (folder) => {
    const { context, url } = await launchExtension(join(folder, 'dist'));
    try {
      const extension = await context.newPage();
      await extension.addInitScript(keepNodes);
      await extension.goto(`${url}index.html`);
      await chooseLoop(extension);
      await expectLearned(extension);
      await expectFader(extension);
      await expectOneAtATime(extension);
    } finally {
      await context.close();
    }
  },

  'strict-policy': async (folder) => {
    const port = await freePort();
    const url = `http://localhost:${port}/`;
    const server = await startGroup('npm', ['start'], { cwd: folder, env: { ...process.env, PORT: `${port}` } });
    try {
      const answer = () => fetch(url).catch(() => null);
      const response = (await vi.waitUntil(answer, PATIENCE))!;
      expect(response.headers.get('content-security-policy')).toBe(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
      );
      await openAndAct(url, async () => {
        await chooseLoop(page);
        await expectLearned(page);
        await expectFader(page);
        await expectOneAtATime(page);
      });
      expect(foreignRequests(browser, url)).toEqual([]);
    } finally {
      await server.stop();
    }
  },

  'node-stems': async (folder) => {
    const sources = threeSources(RATE, 2);
    await writeFile(join(folder, 'song.wav'), await wav(sumOf(sources), RATE));
    await promisify(execFile)('npm', ['start', '--', 'song.wav'], { cwd: folder, timeout: PATIENCE });
    const read = async (name: string) => decodeWav(await readFile(join(folder, name))).channelData[0];
    const stems = await Promise.all([1, 2, 3].map((k) => read(`song-${k}.wav`)));
    const song = await read('song.wav');
    // Decoders of 16 bits differ by up to a step, 96 dB below full scale.
    expect(levelBelow(song, difference(sumOf(stems), song))).toBeLessThan(-80);
    expect(Math.min(...bestCorrelations(sources, stems))).toBeGreaterThan(0.9);
  },
};

/** Examples that need another environment to be tested. StrictMode acts in React's development build alone. */
const ENVIRONMENTS: Readonly<Record<string, Record<string, string>>> = { react: { NODE_ENV: 'development' } };

test('every example has a test', () => {
  expect(Object.keys(CHECKS).toSorted()).toEqual(exampleNames().toSorted());
});

describe('example', () => {
  const names = exampleNames().filter((name) => inChromium || name === 'node-stems');
  test.each(names)('%s', async (name) => {
    const project = await buildExample(name, ENVIRONMENTS[name]);
    try {
      await CHECKS[name](project.folder);
    } finally {
      await project.remove();
    }
  });
});
