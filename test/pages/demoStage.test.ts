// The page as an instrument, and as an example: keys, bypass, recording, following, and the program that it shows.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import decodeWav from '@audio/decode-wav';
import { build } from 'esbuild';
import type { Download, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { presentEngines } from '../harness/browsers.mjs';
import { type Browser, launch } from '../harness/launch.mjs';
import { LEARNED, measurePeaks, openAndPlay, SAMPLE_RATE, serveDemo, until, untilText } from '../helpers/demoPage.ts';
import { wav } from '../helpers/wav.ts';

const PACKAGE = fileURLToPath(new URL('../../dist/index.js', import.meta.url));
/** −120 dB */
const EXACT = 1e-6;

describe.runIf(presentEngines().includes('chromium'))('on stage', () => {
  let site: Awaited<ReturnType<typeof serveDemo>>;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    site = await serveDemo();
    const folder = join(site.folder, 'some/folder');
    await build({ entryPoints: [PACKAGE], outfile: join(folder, 'package.js'), bundle: true, format: 'esm' });
    browser = await launch('chromium');
    page = browser.page as Page;
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  beforeEach(() => openAndPlay(browser, site.url));

  const pressed = (selector: string) =>
    page.locator(selector).evaluateAll((all) => all.map((button) => button.getAttribute('aria-pressed') === 'true'));

  test('keys solo, mute, pause and bypass', async () => {
    await page.locator('#hear-each').focus();
    await page.keyboard.press('2');
    expect(await pressed('.component .solo')).toEqual([false, true, false]);
    await page.keyboard.press('3');
    expect(await pressed('.component .solo')).toEqual([false, false, true]);
    await page.keyboard.press('0');
    expect(await pressed('.component .solo')).toEqual([false, false, false]);
    await page.keyboard.press('Shift+Digit1');
    expect(await pressed('.component .mute')).toEqual([true, false, false]);
    await page.locator('.component .level').first().focus();
    await page.keyboard.press('Space');
    await until(browser, `document.body.dataset.playing === 'false'`);
    await page.keyboard.press('Space');
    await until(browser, `document.body.dataset.playing === 'true'`);
    await page.keyboard.press('b');
    expect(await pressed('#bypass')).toEqual([true]);
    await page.locator('.component .name').first().focus();
    await page.keyboard.press('1');
    expect(await pressed('.component .solo')).toEqual([false, false, false]);
  });

  test('the input that clips is seen wherever the page is scrolled to, and in the layout for the stage', async () => {
    const light = page.locator('#transport .clip-light');
    expect(await light.isVisible()).toBe(false);
    const loud = Float32Array.from({ length: 2 * SAMPLE_RATE }, (_, n) => (n % 100 < 50 ? 1 : -1));
    const buffer = await wav(loud, SAMPLE_RATE);
    await page.setInputFiles('#file-chooser', { name: 'loud.wav', mimeType: 'audio/wav', buffer });
    await light.waitFor();
    for (const size of [
      { width: 1280, height: 900 },
      { width: 390, height: 844 },
    ]) {
      await page.setViewportSize(size);
      await page.locator('#teach-learn').scrollIntoViewIfNeeded();
      expect(await light.evaluate(isInView)).toBe(true);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.click('#stage-layout');
    expect(await light.evaluate(isInView)).toBe(true);
    await page.click('#stage-layout');
  });

  test('a solo is exclusive; with shift it is added', async () => {
    const solo = page.locator('.component .solo');
    await solo.nth(0).click();
    await solo.nth(1).click();
    expect(await pressed('.component .solo')).toEqual([false, true, false]);
    await solo.nth(2).click({ modifiers: ['Shift'] });
    expect(await pressed('.component .solo')).toEqual([false, true, true]);
  });

  test('a solo of a part that joins another one is a solo of both', async () => {
    await page.evaluate(measurePeaks);
    await page.locator('.component .solo').nth(1).click();
    await page.locator('.component .group').nth(1).selectOption({ label: 'Bass' });
    await expect.poll(() => page.locator('.component:visible').count()).toBe(2);
    expect(await pressed('.component:not([hidden]) .solo')).toEqual([true, false]);
    await until(browser, 'Math.max(...peaks()) > 0.01');
    // A link that was made by hand may hold the solo of a part that has no row.
    await openAndPlay(browser, `${site.url}#clip=pop&components=3&groups=0.0.2&mix=~1_0_s~`);
    await page.evaluate(measurePeaks);
    await expect.poll(() => page.locator('.component:visible').count()).toBe(2);
    await until(browser, 'Math.max(...peaks()) > 0.01');
    await page.waitForTimeout(300);
    expect(await browser.evaluate('Math.max(...peaks())')).toBeGreaterThan(0.01);
  });

  test('hearing each part in turn ends where the parts become others, or silent', async () => {
    const round = page.locator('#hear-each');
    const changes = [
      () => page.locator('#component-count').fill('2'),
      () => page.getByRole('button', { name: 'Drum loop' }).click(),
      () => page.click('#play'),
    ];
    for (const change of changes) {
      await round.click();
      await expect.poll(() => page.locator('.component.lit').count()).toBe(1);
      await change();
      await expect.poll(() => round.textContent()).toBe('Hear each part in turn');
      expect(await page.locator('.component.lit').count()).toBe(0);
      if ((await page.locator('body').getAttribute('data-playing')) === 'true') await until(browser, LEARNED);
    }
  });

  test('hearing each part in turn also begins while nothing plays', async () => {
    await page.click('#play');
    await until(browser, `document.body.dataset.playing === 'false'`);
    await page.click('#hear-each');
    await until(browser, `document.body.dataset.playing === 'true'`);
    await page.waitForTimeout(500);
    expect(await page.locator('.component.lit').count()).toBe(1);
    await page.click('#hear-each');
  });

  test('a second click on play takes the first one back', async () => {
    await page.dblclick('#play');
    await page.waitForTimeout(500);
    expect(await page.locator('body').getAttribute('data-playing')).toBe('true');
  });

  test('keys wait until a question is answered', async () => {
    await page.locator('.component .name').first().fill('Hum');
    await page.locator('#component-count').fill('2');
    await page.locator('#question').waitFor();
    for (const key of ['2', 'r', 'b', '?']) await page.keyboard.press(key);
    await page.click('#question-no');
    expect(await pressed('.component .solo, #bypass, #record')).not.toContain(true);
    expect(await page.locator('.sheet').isVisible()).toBe(false);
  });

  test('a recording is not ended by another clip, nor by leaving the page without a question', async () => {
    expect(await page.evaluate(asksBeforeLeaving)).toBe(false);
    await page.click('#record');
    await untilText(browser, '#record', /\([1-9] s\)/);
    expect(await page.evaluate(asksBeforeLeaving)).toBe(true);
    await page.getByRole('button', { name: 'Oboe and piano' }).click();
    await untilText(browser, '#error-text', /Stop the recording first/);
    expect(await page.locator('#sources [aria-pressed=true]').textContent()).toBe('Pop loop');
    await page.click('#record');
    await untilText(browser, '#record', /Record all parts/);
  });

  test('the original is heard instead of the parts, and only then', async () => {
    await page.evaluate(measurePeaks);
    for (const mute of await page.locator('.component .mute').all()) await mute.click();
    // Faders come to rest at less than −80 dB.
    const [silent, audible] = ['Math.max(...peaks()) < 1e-4', 'Math.max(...peaks()) > 0.01'];
    await until(browser, silent);
    await page.click('#bypass');
    await until(browser, audible);
    await page.click('#bypass');
    await until(browser, silent);
    await page.locator('.component .mute').first().click();
    await until(browser, audible);
  });

  test('records all parts and the original, which they add up to', async () => {
    const downloads: Download[] = [];
    page.on('download', (download) => downloads.push(download));
    await page.click('#record');
    await untilText(browser, '#record', /\([2-9] s\)/);
    await page.locator('#component-count').fill('4');
    await untilText(browser, '#error-text', /Stop the recording first/);
    expect(await page.locator('#components-value').textContent()).toBe('3');
    await page.click('#record');
    await expect.poll(() => downloads.length).toBe(4);
    page.removeAllListeners('download');
    const files = await Promise.all(
      downloads.map(async (download) => {
        const { channelData } = await decodeWav(await readFile(await download.path()));
        return { name: download.suggestedFilename(), samples: channelData[0] };
      }),
    );
    const original = files.find(({ name }) => name.startsWith('Original'))!.samples;
    const parts = files.filter(({ name }) => !name.startsWith('Original'));
    expect(parts.map(({ name }) => name).toSorted()).toEqual(
      ['Bass', 'Chords', 'Hi-hat'].map((name) => `${name} - recorded.wav`),
    );
    let [error, loudest] = [0, 0];
    for (const [n, sample] of original.entries()) {
      const sum = parts.reduce((total, { samples }) => total + samples[n], 0);
      error = Math.max(error, Math.abs(sum - sample));
      loudest = Math.max(loudest, Math.abs(sample));
    }
    expect(loudest).toBeGreaterThan(0.05);
    expect(error).toBeLessThan(EXACT);
  });

  test('the parts follow the sound, and are kept as they are', async () => {
    const template = () => page.locator('.component .template canvas').first().evaluate(pictureOf);
    const before = await template();
    await page.click('#freeze');
    await until(browser, `document.getElementById('freeze').getAttribute('aria-pressed') === 'true'`);
    await expect.poll(template).not.toBe(before);
    await page.click('#freeze');
    await until(browser, `document.getElementById('freeze').getAttribute('aria-pressed') === 'false'`);
    expect(await page.locator('.component:visible').count()).toBe(3);
    await page.click('#copy-link');
    await untilText(browser, '#error-text', /adapted/);
    await page.click('#dismiss');
  });

  test('starts from drums of any kit', async () => {
    await page.getByRole('button', { name: 'Drum loop' }).click();
    await untilText(browser, '#status', /Kick/);
    await page.click('#use-drums');
    const names = () =>
      page
        .locator('.component:visible .name')
        .evaluateAll((all) => all.map((name) => (name as HTMLInputElement).value));
    await expect.poll(names).toEqual(['kick', 'snare', 'hat']);
    expect(await pressed('#freeze')).toEqual([true]);
  });

  test('the whole delay is told, and which part of it is the separation', async () => {
    await untilText(browser, '#delay', /78 ms of that is the separation/);
    await page.selectOption('select[name=latencyHint]', 'interactive');
    await until(browser, LEARNED);
    await untilText(browser, '#delay', /3 ms of that is the separation/);
  });

  test('the program follows the settings, can be copied, and runs', async () => {
    await page.selectOption('select[name=latencyHint]', 'balanced');
    await page.selectOption('select[name=clustering]', 'none');
    await until(browser, LEARNED);
    await page.locator('.component .level').nth(1).fill('0.5');
    await page.locator('.component .mute').nth(0).click();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.click('#copy-snippet');
    await untilText(browser, '#note-text', /copied/);
    const program = await page.evaluate(() => navigator.clipboard.readText());
    expect(program).toContain("new NMFSeparatorNode(context, { components: 3, latencyHint: 'balanced' })");
    expect(program).toContain("learn(clip, { clustering: 'none' })");
    expect(program).toContain('of [0, 0.5, 1].entries()');
    // The policy of this host does not allow code that is embedded.
    const runnable = program
      .replace("'nmf-separator-node'", "'./package.js'")
      .replace('{ components', "{ workletUrl: 'worklet.js', workerUrl: 'worker.js', components");
    await writeFile(join(site.folder, 'some/folder/program.js'), `${runnable}window.model = separator.model;`);
    await writeFile(join(site.folder, 'some/folder/program.html'), '<script type="module" src="program.js"></script>');
    await page.goto(`${site.url}program.html`);
    await until(browser, 'window.model');
    expect(await browser.evaluate('model.components')).toBe(3);
  });

  test('the program learns a taught clip from its lessons', async () => {
    await openAndPlay(browser, `${site.url}#clip=band&components=3&seed=3`);
    const program = await page.locator('#snippet').textContent();
    expect(program).toContain("load('clips/band.flac')");
    expect(program).toMatch(/learn\(await Promise\.all\(\['clips\/band-piano\.flac', .*\.map\(load\)\), { seed: 3 }\)/);
  });
});

/** Runs in the page. */
function pictureOf(canvas: Element): string {
  return (canvas as HTMLCanvasElement).toDataURL();
}

/** Runs in the page: whether the browser would ask. */
function asksBeforeLeaving(): boolean {
  const event = new Event('beforeunload', { cancelable: true });
  window.dispatchEvent(event);
  return event.defaultPrevented;
}

/** Runs in the page: whether all of an element is in the window, and over everything else. */
function isInView(target: Element): boolean {
  const { top, bottom, left, right } = target.getBoundingClientRect();
  const inWindow = top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth && bottom > top;
  return inWindow && target.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
}
