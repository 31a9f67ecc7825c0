// The gallery of visualizers, by real clicks and keys.
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { presentEngines } from '../harness/browsers.mjs';
import { type Browser, launch } from '../harness/launch.mjs';
import { LEARNED, openAndPlay, serveDemo, until } from '../helpers/demoPage.ts';
import type { Drawn } from '../helpers/flashesPage.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const OUTPUT = path('../output/');
/** What is learned does not matter here. */
const CLIP_SECONDS = 4;
/** The button of the page that opens the gallery */
const OPENER = '#visualize';
/** The title of each visualizer, and the package it needs */
const VISUALIZERS = {
  Bars: null,
  Flashes: null,
  Figures: null,
  Bodies: 'three',
  Hydra: 'hydra-synth',
  Sketch: 'p5',
  Butterchurn: 'butterchurn',
};
const TITLES = Object.keys(VISUALIZERS) as (keyof typeof VISUALIZERS)[];
/** Width and height in CSS pixels */
const SIZES = { wide: [1280, 800], narrow: [390, 844], side: [844, 390], small: [320, 640] } as const;
/** CSS pixels of a finger */
const TOUCH_TARGET = 44;

let site: Awaited<ReturnType<typeof serveDemo>>;
beforeAll(async () => {
  site = await serveDemo({ clipSeconds: CLIP_SECONDS });
});
afterAll(() => site?.close());

describe.runIf(presentEngines().includes('chromium'))('the gallery', () => {
  let browser: Browser;
  let page: Page;
  let errors: string[];
  let requests: string[];

  beforeAll(async () => {
    browser = await launch('chromium');
    page = browser.page as Page;
    await page.addInitScript(watchPictures);
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('request', (request) => requests.push(request.url()));
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    errors = [];
    requests = [];
    if (!(await browser.evaluate(LEARNED))) await openAndPlay(browser, site.url);
  });
  afterEach(async ({ task }) => {
    // A failed test leaves the page in an unknown state.
    if (task.result?.state === 'fail') await browser.goto('about:blank');
    expect(errors).toEqual([]);
  });

  const button = (name: string) => page.locator('.gallery').getByRole('button', { name, exact: true });
  const open = () => page.click(OPENER);
  const close = () => button('Close').click();
  /** Resolves when it is drawn. */
  const choose = async (title: string) => {
    await button(title).click();
    await page.locator('.gallery-picture canvas').waitFor();
  };
  const picture = () => page.locator('.gallery-stage').screenshot();
  const packages = () => requests.flatMap((url) => url.match(/chunks\/packages\/([\w-]+)-[\w-]{8}\.js/)?.[1] ?? []);

  test.each(TITLES)('shows %s, moved by the sound, and the code beside it', async (title) => {
    await openAndPlay(browser, site.url);
    await open();
    requests = [];
    await choose(title);
    const code = await readFile(path(`../../demo/gallery/${title.toLowerCase()}.js`), 'utf8');
    await expect.poll(() => page.locator('.gallery-code code').textContent()).toBe(code);
    for (const [name, [width, height]] of Object.entries(SIZES)) {
      await page.setViewportSize({ width, height });
      const first = await picture();
      await expect.poll(async () => !first.equals(await picture())).toBe(true);
      await page.screenshot({ path: join(OUTPUT, `gallery-${title}-${name}.png`) });
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    const needed = VISUALIZERS[title];
    expect([...new Set(packages())]).toEqual(needed ? [needed] : []);
    await close();
  });

  test.each(TITLES)('%s rests with reduced motion while nothing sounds', async (title) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await open();
    await choose(title);
    const moving = await picture();
    await expect.poll(async () => !moving.equals(await picture())).toBe(true);
    await close();
    await page.click('#play');
    await until(browser, `document.body.dataset.playing === 'false'`);
    await open();
    await page.locator('.gallery-picture canvas').waitFor();
    await expect.poll(async () => (await picture()).equals(await picture())).toBe(true);
    await close();
    await page.click('#play');
    await until(browser, `document.body.dataset.playing === 'true'`);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
  });

  test('copies the code', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await open();
    await choose('Figures');
    const code = await readFile(path('../../demo/gallery/figures.js'), 'utf8');
    await expect.poll(() => page.locator('.gallery-code code').textContent()).toBe(code);
    await button('Copy').click();
    await expect.poll(() => page.locator('.gallery-status').textContent()).toBe('The code is copied.');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code);
    await button('Code').click();
    expect(await page.locator('.gallery-code').isVisible()).toBe(false);
    await button('Code').click();
    await close();
  });

  test('nothing remains of what was shown', async () => {
    await open();
    for (let round = 0; round < 5; round++) {
      for (const title of TITLES) await choose(title);
      // While it is shown, what watches the pictures sees it.
      expect(await page.evaluate(drawings)).toBeGreaterThan(0);
    }
    await choose('Bodies');
    expect(await page.evaluate(() => watched.panners.size)).toBeGreaterThan(0);
    await close();
    const { contexts, lost } = await page.evaluate(webglContexts);
    // Bodies, Hydra and one for each part in Butterchurn
    expect(contexts).toBeGreaterThanOrEqual(15);
    expect(lost).toBe(contexts);
    expect(await page.evaluate(drawings)).toBe(0);
    expect(await page.evaluate(() => watched.panners.size)).toBe(0);
    expect(await page.locator('.gallery canvas').count()).toBe(0);
  });

  test('records a video with sound', async () => {
    await open();
    await choose('Bars');
    await button('Record a video').click();
    await until(browser, `/Recording/.test(document.querySelector('.gallery-status').textContent)`);
    // The picture may change its size meanwhile.
    await button('Code').click();
    await page.evaluate(untilTime, 1.5);
    await button('Code').click();
    const [download] = await Promise.all([page.waitForEvent('download'), button('Record a video').click()]);
    expect(download.suggestedFilename()).toBe('bars.webm');
    const video = await readFile(await download.path());
    await close();
    // A page without a policy, which may play a blob
    const player = await page.context().browser()!.newPage();
    const { width, seconds, peak } = await player.evaluate(played, video.toString('base64'));
    await player.close();
    expect(width).toBeGreaterThan(100);
    expect(seconds).toBeGreaterThan(1);
    expect(peak).toBeGreaterThan(0.01);
  });

  test('saves the video when another visualizer is chosen', async () => {
    await open();
    await choose('Sketch');
    await button('Record a video').click();
    await until(browser, `/Recording/.test(document.querySelector('.gallery-status').textContent)`);
    await page.evaluate(untilTime, 0.5);
    const [download] = await Promise.all([page.waitForEvent('download'), choose('Flashes')]);
    expect(download.suggestedFilename()).toBe('sketch.webm');
    expect((await readFile(await download.path())).length).toBeGreaterThan(1000);
    await close();
  });

  test('fits every window, for fingers, too', async () => {
    await open();
    await choose('Flashes');
    for (const [name, [width, height]] of Object.entries(SIZES)) {
      await page.setViewportSize({ width, height });
      const { outside, small, scrolls, stage } = await page.evaluate(measureLayout, TOUCH_TARGET);
      expect(outside, name).toEqual([]);
      expect(scrolls, name).toBe(false);
      expect(stage.width, name).toBeGreaterThan(0.4 * width);
      expect(stage.height, name).toBeGreaterThan(0.2 * height);
      if (name !== 'wide') expect(small, name).toEqual([]);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    await close();
  });

  test('has nothing that axe finds', async () => {
    await page.evaluate(await readFile(AXE, 'utf8'));
    await open();
    for (const [width, height] of Object.values(SIZES)) {
      await page.setViewportSize({ width, height });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await page.evaluate(violations)).toEqual([]);
      }
    }
    await page.emulateMedia({ colorScheme: null });
    await page.setViewportSize({ width: 1280, height: 800 });
    await close();
  });

  test('works by keyboard', async () => {
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await page.locator(OPENER).press('Enter');
    await page.locator('.gallery-picture canvas').waitFor();
    const chosen = await page.locator('.gallery-list [aria-pressed=true]').textContent();
    expect(await focused()).toBe(chosen);
    await button('Bars').press('Tab');
    expect(await focused()).toBe('Flashes');
    await page.keyboard.press('Space');
    expect(await button('Flashes').getAttribute('aria-pressed')).toBe('true');

    await button('Full screen').press('Enter');
    await until(browser, `document.fullscreenElement?.matches('.gallery-stage')`);
    await expect.poll(focused).toBe('Leave full screen');
    await page.keyboard.press('Enter');
    await until(browser, '!document.fullscreenElement');
    await expect.poll(focused).toBe('Full screen');

    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.gallery').isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe(OPENER.slice(1));
  });

  test('the keys for the stage work there, too', async () => {
    const solo = () => page.locator('.component:visible .solo').nth(1).getAttribute('aria-pressed');
    await open();
    await choose('Flashes');
    for (const pressed of ['true', 'false']) {
      await page.keyboard.press('2');
      expect(await solo()).toBe(pressed);
    }
    await close();
  });

  test('says when the browser has no WebGL', async () => {
    await page.evaluate(refuseWebGL);
    await open();
    for (const title of ['Bodies', 'Hydra', 'Butterchurn']) {
      await button(title).click();
      await expect.poll(() => page.locator('.gallery-sentence').textContent()).toMatch(`${title} cannot be shown`);
    }
    await choose('Bars');
    await close();
    // three.js tells the console, too.
    errors = errors.filter((text) => !text.includes('WebGL'));
    await browser.goto('about:blank');
  });

  test('says what could not be loaded, and loads it at the next choice', async () => {
    await openAndPlay(browser, site.url);
    await open();
    await choose('Bars');
    const sentence = () => page.locator('.gallery-sentence').textContent();
    const code = () => page.locator('.gallery-code code').textContent();
    site.cut(true);
    await button('Hydra').click();
    const withoutNetwork = 'Hydra could not be loaded. Without a network only what was opened before is here.';
    await expect.poll(sentence).toBe(withoutNetwork);
    await expect.poll(code).toBe('// The code could not be loaded. Is there a network?');
    await page.screenshot({ path: join(OUTPUT, 'gallery-without-network.png') });
    // What was opened before is still there, also without a service worker.
    await choose('Bars');
    site.cut(false);
    await page.route('**/packages/**', (route) => route.fulfill({ status: 404 }));
    await button('Hydra').click();
    await expect.poll(sentence).toBe('Hydra could not be loaded: the server answered 404. Reload the page.');
    await page.unroute('**/packages/**');
    await choose('Hydra');
    await expect.poll(code).toMatch(/^\/\/ Hydra/);
    await close();
    // The console tells of every request that failed.
    errors = errors.filter((text) => !text.startsWith('Failed to load resource'));
  });

  test('flashes are on time, to one animation frame', async () => {
    const folder = join(site.folder, 'some/folder');
    await build({
      entryPoints: [path('../helpers/flashesPage.ts')],
      outfile: join(folder, 'flashesPage.js'),
      bundle: true,
      format: 'esm',
      logLevel: 'error',
    });
    const html = '<!doctype html><link rel="icon" href="icon.svg"><script type="module" src="flashesPage.js"></script>';
    await writeFile(join(folder, 'flashes.html'), html);
    await browser.goto(`${site.url}flashes.html`);
    await until(browser, `'measure' in window`);
    const { frames, onsets } = await browser.evaluate<Drawn>('measure(6)');
    const rises = frames.map(({ opacity }, i) => i > 0 && opacity > frames[i - 1].opacity);
    const late = onsets.map(({ time }) => {
      const due = frames.findIndex(({ heard }) => heard >= time);
      // Context time may have passed between the picture and the measurement, so the next frame is on time as well.
      const drawn = rises.indexOf(true, due);
      return drawn - due;
    });
    console.log(`flashes: animation frames after the onset's time: ${late.join(', ')}`);
    expect(late).toHaveLength(6);
    for (const count of late) expect(count).toBeOneOf([0, 1]);
    // None is early: every flash is the one of an onset.
    const due = onsets.map(({ time }) => frames.findIndex(({ heard }) => heard >= time));
    const early = rises.flatMap((rise, i) => (rise && !due.includes(i) && !due.includes(i - 1) ? [i] : []));
    expect(early).toEqual([]);
    await browser.goto('about:blank');
  });
});

describe.each(presentEngines().filter((engine) => engine !== 'chromium'))('the gallery in %s', (engine) => {
  test('opens, shows bars, and closes', async () => {
    const browser = await launch(engine);
    try {
      await openAndPlay(browser, site.url);
      // These drivers click where an element is, also when it lies under the transport.
      await browser.evaluate(`document.querySelector('${OPENER}').scrollIntoView({ block: 'center' })`);
      await browser.click(OPENER);
      await until(browser, `document.querySelector('.gallery-picture canvas')`);
      await browser.evaluate(rememberPicture);
      await until(browser, 'pictureChanged()');
      await until(browser, `document.querySelector('.gallery-code code').textContent.startsWith('// Bars')`);
      await browser.screenshot(join(OUTPUT, `gallery-Bars-${engine}.png`));
      await browser.click('.gallery-actions button:last-child');
      await until(browser, `!document.querySelector('.gallery').open`);
      expect(await browser.evaluate(`document.querySelectorAll('.gallery canvas').length`)).toBe(0);
      expect(browser.logs.filter((line) => line.startsWith('pageerror'))).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});

/** What `watchPictures` writes down. */
interface Watched {
  /** Every WebGL context that was made */
  readonly contexts: Set<WebGLRenderingContext>;
  /** The panners that are connected */
  readonly panners: Set<AudioNode>;
  /** How often something was drawn on a canvas that is in the gallery, or nowhere */
  drawings: number;
}
declare const watched: Watched;

/** Runs in the page before its scripts. */
function watchPictures(): void {
  const state: Watched = { contexts: new Set(), panners: new Set(), drawings: 0 };
  Object.assign(window, { watched: state });
  const { getContext } = HTMLCanvasElement.prototype;
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...parameters: unknown[]) {
    const context = getContext.apply(this, parameters as Parameters<typeof getContext>);
    if (context && 'isContextLost' in context && 'drawArrays' in context) state.contexts.add(context as never);
    return context;
  } as typeof getContext;
  for (const [kind, names] of [
    [CanvasRenderingContext2D, ['fill', 'stroke', 'drawImage']],
    [WebGLRenderingContext, ['drawArrays', 'drawElements']],
    [WebGL2RenderingContext, ['drawArrays', 'drawElements']],
  ] as const) {
    const prototype = kind.prototype as never as Record<string, (...parameters: unknown[]) => unknown>;
    for (const name of names) {
      const draw = prototype[name];
      prototype[name] = function (this: { canvas: HTMLCanvasElement }, ...parameters: unknown[]) {
        if (!this.canvas.isConnected || this.canvas.closest('.gallery')) state.drawings += 1;
        return draw.apply(this, parameters);
      };
    }
  }
  const { connect, disconnect } = AudioNode.prototype as never as Record<string, (...parameters: unknown[]) => unknown>;
  Object.assign(AudioNode.prototype, {
    connect(this: AudioNode, ...parameters: unknown[]) {
      if (this instanceof PannerNode) state.panners.add(this);
      return connect.apply(this, parameters);
    },
    disconnect(this: AudioNode, ...parameters: unknown[]) {
      state.panners.delete(this);
      return disconnect.apply(this, parameters);
    },
  });
}

/** Runs in the page: how much the gallery draws in ten animation frames. */
async function drawings(): Promise<number> {
  const before = watched.drawings;
  for (let frame = 0; frame < 10; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
  return watched.drawings - before;
}

/** Runs in the page. */
function webglContexts(): { contexts: number; lost: number } {
  const all = [...watched.contexts];
  return { contexts: all.length, lost: all.filter((context) => context.isContextLost()).length };
}

/** Runs in the page: resolves when so much time has passed in its pictures. */
async function untilTime(seconds: number): Promise<void> {
  const start = performance.now();
  while (performance.now() - start < 1000 * seconds) await new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Runs in a page: plays a video to its end. @returns its width, how long it is, and its largest sample */
async function played(base64: string): Promise<{ width: number; seconds: number; peak: number }> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const video = document.createElement('video');
  video.muted = true;
  video.src = URL.createObjectURL(new Blob([bytes]));
  const ended = new Promise((resolve, reject) => {
    video.onended = resolve;
    video.onerror = () => reject(new Error(video.error?.message));
  });
  await video.play();
  await ended;
  const sound = await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(bytes.buffer);
  const peak = sound.getChannelData(0).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return { width: video.videoWidth, seconds: video.currentTime, peak };
}

/** Runs in the page: which buttons are cut off or too small for a finger, whether anything scrolls, and how large the stage is. */
function measureLayout(touchTarget: number) {
  const gallery = document.querySelector('.gallery')!;
  const buttons = [...gallery.querySelectorAll('button')].filter((one) => one.checkVisibility());
  const namesOf = (some: Element[]) => some.map(({ textContent }) => textContent);
  const cut = (one: HTMLButtonElement) => {
    const { left, top, right, bottom } = one.getBoundingClientRect();
    const outside = left < 0 || top < 0 || right > innerWidth || bottom > innerHeight;
    return outside || one.scrollWidth > one.clientWidth;
  };
  const tooSmall = (one: HTMLButtonElement) => {
    const { width, height } = one.getBoundingClientRect();
    return width < touchTarget || height < touchTarget;
  };
  const { width, height } = document.querySelector('.gallery-stage')!.getBoundingClientRect();
  const { scrollHeight, clientHeight, scrollWidth, clientWidth } = gallery;
  return {
    outside: namesOf(buttons.filter(cut)),
    small: namesOf(buttons.filter(tooSmall)),
    scrolls: scrollHeight > clientHeight || scrollWidth > clientWidth,
    stage: { width, height },
  };
}

/** Runs in the page. */
async function violations(): Promise<string[]> {
  const { axe } = window as never as {
    axe: { run(context: string): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
  };
  const { violations } = await axe.run('.gallery');
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** Runs in the page: as in a browser without WebGL. */
function refuseWebGL(): void {
  const { getContext } = HTMLCanvasElement.prototype;
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...parameters: [string, object?]) {
    return parameters[0].startsWith('webgl') ? null : getContext.apply(this, parameters as never);
  } as typeof getContext;
}

/** Runs in the page: `window.pictureChanged` tells whether the picture is another one than now. */
function rememberPicture(): void {
  const canvas = document.querySelector<HTMLCanvasElement>('.gallery-picture canvas')!;
  const { width, height } = canvas;
  const read = () => canvas.getContext('2d')!.getImageData(0, 0, width, height).data;
  const before = read();
  Object.assign(window, { pictureChanged: () => read().some((value, i) => value !== before[i]) });
}
