// The guide's recipes on the site: each runs in Chromium and is heard, can be changed, and gives everything back.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import decodeFlac from '@audio/decode-flac';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isRunnable, SHOWN_ONLY } from '../../site/build/recipes.mjs';
import { presentEngines } from '../harness/browsers.mjs';
import { recipes } from '../harness/guide.mjs';
import { type Browser, launch } from '../harness/launch.mjs';
import { until } from '../helpers/demoPage.ts';
import { AXE, openWatched, overflowOf, serveSite, violationsOn, type WatchedPage } from '../helpers/sitePage.ts';
import { wav } from '../helpers/wav.ts';

const CLIPS = new URL('../../demo/clips/', import.meta.url);
const TRIED = new URL('../../site/recipes/', import.meta.url);
const NAMES = [...recipes().keys()];
const RUNNABLE = NAMES.filter(isRunnable);
const TWO_COMPONENTS = 'const separator = new NMFSeparatorNode(context, { components: 2 });';
/** Whether a recipe runs, and the page's meter shows that it is heard */
const HEARD = (name: string) =>
  `document.querySelector('[data-recipe=${name}]').dataset.state === 'running' &&
   document.querySelector('[data-recipe=${name}] meter').value > 0.2`;

let site: Awaited<ReturnType<typeof serveSite>>;
let folder: string;
beforeAll(async () => {
  site = await serveSite();
  folder = await mkdtemp(join(tmpdir(), 'voice-'));
});
afterAll(async () => {
  await site?.close();
  await rm(folder, { recursive: true, force: true });
});

test('every recipe either runs on the site or is shown only', async () => {
  expect(NAMES.length).toBeGreaterThan(10);
  expect(NAMES.filter((name) => isRunnable(name) === name in SHOWN_ONLY)).toEqual([]);
  const files = (await readdir(TRIED)).map((file) => file.replace('.js', ''));
  expect([...files, ...Object.keys(SHOWN_ONLY)].sort()).toEqual([...NAMES].sort());
});

describe('in Chromium', () => {
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    const { channelData, sampleRate } = await decodeFlac(await readFile(new URL('duo.flac', CLIPS)));
    const fakeMicrophone = join(folder, 'voice.wav');
    await writeFile(fakeMicrophone, await wav(channelData[0], sampleRate));
    browser = await launch('chromium', { fakeMicrophone });
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    watched = await openWatched(browser);
    page = watched.page;
    await page.addInitScript(recordSound);
    await page.goto(`${site.url}guide.html`);
  });
  afterEach(() => watched?.close());

  const recipe = (name: string) => page.locator(`[data-recipe=${name}]`);
  const heard = (name: string) => expect.poll(() => page.evaluate(HEARD(name)), { message: name }).toBe(true);
  const edit = async (name: string) => {
    await page.click(`#${name}-edit`);
    await recipe(name).locator('.cm-content').waitFor();
  };
  /** Replaces a line in the editor. */
  const change = async (name: string, line: string, other: string) => {
    await recipe(name).locator('.cm-line', { hasText: line }).click();
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+End');
    await page.keyboard.insertText(other);
  };
  const levels = () => recipe('splitLoop').locator('.bars span').count();

  test.each(RUNNABLE)('%s is heard, and Stop ends everything that it made', async (name) => {
    await page.click(`#${name}-run`);
    await heard(name);
    expect(await recipe(name).locator('.recipe-error').textContent()).toBe('');
    expect(await page.evaluate(liveSounds)).toContain('running');
    await page.click(`#${name}-run`);
    await expect.poll(() => page.evaluate(liveSounds)).toEqual([]);
    expect(await recipe(name).getAttribute('data-state')).toBe('idle');
    expect(await recipe(name).locator('.recipe-stage > *').count()).toBe(0);
    expect(watched.faults).toEqual([]);
  });

  test('a change is heard, survives a reload, and is taken back by Reset', async () => {
    await page.click('#splitLoop-run');
    await heard('splitLoop');
    expect(await levels()).toBe(3);
    await edit('splitLoop');
    await change('splitLoop', 'components: 3', TWO_COMPONENTS);
    await page.click('#splitLoop-run');
    await page.click('#splitLoop-run');
    await heard('splitLoop');
    expect(await levels()).toBe(2);
    await page.reload();
    await recipe('splitLoop').locator('.cm-content').waitFor();
    await page.click('#splitLoop-run');
    await heard('splitLoop');
    expect(await levels()).toBe(2);
    await page.click('#splitLoop-reset');
    expect(await page.evaluate(liveSounds)).toEqual([]);
    await page.click('#splitLoop-run');
    await heard('splitLoop');
    expect(await levels()).toBe(3);
    expect(watched.faults).toEqual([]);
  });

  test('the recipe with Tone.js runs again, and again leaves nothing', async () => {
    for (let runs = 0; runs < 2; runs++) {
      await page.click('#playThroughEffects-run');
      await heard('playThroughEffects');
      await page.click('#playThroughEffects-run');
      await expect.poll(() => page.evaluate(liveSounds)).toEqual([]);
    }
    expect(watched.faults).toEqual([]);
  });

  test('only one recipe runs at a time', async () => {
    await page.click('#splitLoop-run');
    await heard('splitLoop');
    await page.click('#makeStems-run');
    await heard('makeStems');
    expect(await recipe('splitLoop').getAttribute('data-state')).toBe('idle');
    expect(await page.evaluate(liveSounds)).toEqual(['running']);
  });

  test('a run that is stopped while it starts makes no sound later', async () => {
    await page.click('#makeStems-run');
    await page.click('#makeStems-run');
    await page.click('#splitLoop-run');
    await heard('splitLoop');
    expect(await page.evaluate(liveSounds)).toEqual(['running']);
    expect(await recipe('makeStems').locator('.recipe-error').textContent()).toBe('');
  });

  test('what a recipe draws or changes after its end is not seen', async () => {
    await page.click('#flashOnHits-run');
    await heard('flashOnHits');
    const height = () =>
      recipe('flashOnHits')
        .locator('.recipe-stage')
        .evaluate((stage) => stage.getBoundingClientRect().height);
    expect(await height()).toBeGreaterThan(30);
    await page.click('#flashOnHits-run');
    expect(await height()).toBe(0);
    await edit('splitLoop');
    await change('splitLoop', 'watch(separator)', '  setTimeout(() => watch(separator), 500);');
    await page.click('#splitLoop-run');
    await heard('splitLoop');
    await page.click('#splitLoop-run');
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 700)));
    expect(await levels()).toBe(0);
  });

  test('a page that is left is silent, and so it is when Back shows it again', async () => {
    await page.click('#splitLoop-run');
    await heard('splitLoop');
    await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
    await expect.poll(() => page.evaluate(liveSounds)).toEqual([]);
    expect(await recipe('splitLoop').getAttribute('data-state')).toBe('idle');
  });

  test('what waits for the network is tried again: the editor, the search', async () => {
    site.cut(true);
    await page.click('#splitLoop-edit');
    const error = recipe('splitLoop').locator('.recipe-error');
    await expect.poll(() => error.textContent()).toMatch(/^The editor does not open: /);
    site.cut(false);
    await edit('splitLoop');
    expect(await error.textContent()).toBe('');
    await page.goto(`${site.url}search.html`);
    site.cut(true);
    await page.getByRole('searchbox').fill('onsets');
    await page.getByText(/^The search does not work/).waitFor();
    site.cut(false);
    await page.keyboard.press('Enter');
    await page.locator('#search-results li').first().waitFor();
  });

  test('forced colours leave the bars visible', async () => {
    await page.emulateMedia({ forcedColors: 'active' });
    await page.click('#splitLoop-run');
    await heard('splitLoop');
    const colours = await recipe('splitLoop')
      .locator('.bars span')
      .evaluateAll((bars) => bars.map((bar) => getComputedStyle(bar).backgroundColor));
    expect(new Set(colours).size).toBe(3);
  });

  test.each([
    ['a line that is no code', 'source.start', 'const const;', /^Line 12: SyntaxError/],
    ['a name that nobody has', 'source.start', 'sauce.start();', /^Line 12: ReferenceError: sauce/],
    ['a number out of range', 'components: 3', TWO_COMPONENTS.replace('2', '99'), /components/],
    ['a clip that is not there', 'await clip', "await clip('pip');", /There is no clip "pip"/],
    [
      'nothing to call',
      'export default',
      'const play = async ({ context, clip, watch, tell }) => {',
      /no default function/,
    ],
  ])('%s is said in words beneath the editor', async (_, line, other, words) => {
    await edit('splitLoop');
    await change('splitLoop', line, other);
    await page.click('#splitLoop-run');
    const error = recipe('splitLoop').locator('.recipe-error');
    await expect.poll(() => error.textContent()).toMatch(words);
    expect(await recipe('splitLoop').getAttribute('data-state')).toBe('failed');
    expect(await page.evaluate(liveSounds)).toEqual([]);
    // What is mended runs.
    await page.click('#splitLoop-reset');
    await page.click('#splitLoop-run');
    await heard('splitLoop');
    expect(await error.textContent()).toBe('');
  });

  test.each(['light', 'dark'] as const)(
    'a recipe is accessible while it is changed and runs, %s',
    async (colorScheme) => {
      const axe = await readFile(AXE, 'utf8');
      await page.emulateMedia({ colorScheme });
      await edit('splitLoop');
      await page.click('#splitLoop-run');
      await heard('splitLoop');
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await violationsOn(page, axe)).toEqual([]);
        expect(await overflowOf(page)).toBe(0);
      }
    },
  );
});

describe.each(presentEngines().filter((engine) => engine !== 'chromium'))('in %s', (engine) => {
  test('recipes are heard', async () => {
    const browser = await launch(engine);
    try {
      await browser.goto(`${site.url}guide.html`);
      for (const name of ['splitLoop', 'playThroughEffects', 'makeStems']) {
        await until(browser, `document.getElementById('${name}-run')`);
        // Not every engine's click scrolls the button into view.
        await browser.evaluate(`document.getElementById('${name}-run').scrollIntoView({ block: 'center' })`);
        await browser.click(`#${name}-run`);
        await until(browser, HEARD(name));
      }
    } finally {
      await browser.close();
    }
  });
});

/** Runs in the page before its scripts: notes contexts and microphones in `window.sounds`. */
function recordSound(): void {
  const sounds = { contexts: [] as AudioContext[], tracks: [] as MediaStreamTrack[] };
  Object.assign(window, { sounds });
  window.AudioContext = class extends AudioContext {
    constructor(...parameters: ConstructorParameters<typeof AudioContext>) {
      super(...parameters);
      sounds.contexts.push(this);
    }
  };
  const { mediaDevices } = navigator;
  const getUserMedia = mediaDevices?.getUserMedia.bind(mediaDevices);
  if (getUserMedia)
    mediaDevices.getUserMedia = async (constraints) => {
      const stream = await getUserMedia(constraints);
      sounds.tracks.push(...stream.getTracks());
      return stream;
    };
}

/** Runs in the page: the states of contexts that are not closed, and of microphones that are open. */
function liveSounds(): string[] {
  const { contexts, tracks } = (window as never as { sounds: { contexts: AudioContext[]; tracks: MediaStreamTrack[] } })
    .sounds;
  const states = [...contexts.map(({ state }) => state), ...tracks.map(({ readyState }) => readyState)];
  return states.filter((state) => state !== 'closed' && state !== 'ended');
}
