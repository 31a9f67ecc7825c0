// What is seen where: the first screen, messages, touch targets, the stage, the order of rows, and where the focus is.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { presentEngines } from '../harness/browsers.mjs';
import { type Browser, launch } from '../harness/launch.mjs';
import { LEARNED, openAndPlay, serveDemo, until, untilText } from '../helpers/demoPage.ts';

const OUTPUT = fileURLToPath(new URL('../output/', import.meta.url));
const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
/** Pixels of what a finger can hit */
const TOUCH = 44;
/** Screens that the page of a phone is long at most */
const SCREENS = 3;
const PARTS = 3;
/** Windows of phones, the narrowest first */
const NARROW = [320, 340, 360, 375, 390];
/** Pixels that a fader of a part and that of the mix are wide at least */
const FADER = { part: 80, master: 64 };

describe.runIf(presentEngines().includes('chromium'))('the layout', () => {
  let site: Awaited<ReturnType<typeof serveDemo>>;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    await mkdir(OUTPUT, { recursive: true });
    site = await serveDemo();
    browser = await launch('chromium');
    page = browser.page as Page;
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  beforeEach(() => page.setViewportSize(WIDE));

  /** Distances in pixels of all that match, as they are in the window */
  const boxes = (selector: string) =>
    page.locator(selector).evaluateAll((all) =>
      all.map((element) => {
        const { top, bottom, left, right, width, height } = element.getBoundingClientRect();
        return { name: element.className || element.id, top, bottom, left, right, width, height };
      }),
    );

  test.each([
    ['wide', WIDE],
    ['on a phone', PHONE],
  ])('the first screen has all that it takes to play, see and hear the parts, %s', async (_, size) => {
    await page.setViewportSize(size);
    await openAndPlay(browser, site.url);
    const [transport] = await boxes('#transport');
    expect(transport.bottom).toBe(size.height);
    const needed = await boxes('#spectrogram, .component:visible .level, .component:visible .solo, #hear-each, #play');
    expect(needed).toHaveLength(3 + 2 * PARTS);
    for (const { name, top, bottom } of needed) {
      expect(top, name).toBeGreaterThanOrEqual(0);
      expect(bottom, name).toBeLessThanOrEqual(name === 'play' ? size.height : transport.top);
    }
  });

  test('a phone shows a part in one row, and the whole page in less than three screens', async () => {
    await page.setViewportSize(PHONE);
    await openAndPlay(browser, site.url);
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    console.log(`${(height / PHONE.height).toFixed(2)} screens long`);
    expect(height).toBeLessThan(SCREENS * PHONE.height);
    for (const { height: row } of await boxes('.component:visible')) expect(row).toBeLessThan(1.5 * TOUCH);
    await page.screenshot({ path: join(OUTPUT, 'demo-phone.png') });
    await page.locator('.component .more').first().click();
    const small = (await boxes('button:visible, select:visible, input[type=range]:visible, .component .name:visible'))
      .filter(({ width, height: high }) => Math.min(width, high) < TOUCH)
      .map(({ name, width, height: high }) => `${name} ${width}×${high}`);
    expect(small).toEqual([]);
  });

  test('faders stay long enough on the narrowest phones, and a part stays in one row', async () => {
    await page.setViewportSize(PHONE);
    await openAndPlay(browser, site.url);
    for (const width of NARROW) {
      await page.setViewportSize({ width, height: 640 });
      expect(await page.evaluate(unreadable), `${width}`).toEqual([]);
      for (const level of await boxes('.component:visible .level')) {
        expect(level.width, `${width}`).toBeGreaterThanOrEqual(FADER.part);
      }
      const [master] = await boxes('#master input');
      expect(master.width, `${width}`).toBeGreaterThanOrEqual(FADER.master);
      for (const { height: row } of await boxes('.component:visible'))
        expect(row, `${width}`).toBeLessThan(1.5 * TOUCH);
      for (const { name, width: wide, height } of await boxes('#transport button:visible, .component button:visible')) {
        expect(Math.min(wide, height), `${name} ${width}`).toBeGreaterThanOrEqual(TOUCH);
      }
    }
    await page.setViewportSize({ width: NARROW[0], height: 640 });
    expect(await page.getByRole('button', { name: 'Undo', exact: true }).count()).toBe(1);
  });

  test('a tap on the pitch of a part reaches the field of its name', async () => {
    await page.setViewportSize(PHONE);
    await openAndPlay(browser, site.url);
    const [pitch] = await boxes('.component:visible .pitch');
    await page.mouse.click((pitch.left + pitch.right) / 2, (pitch.top + pitch.bottom) / 2);
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('name');
  });

  test('text of twice the size is neither cut nor covered, and nothing scrolls sideways', async () => {
    await openAndPlay(browser, site.url);
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    for (const { width, height } of [WIDE, PHONE]) {
      await page.setViewportSize({ width, height });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect(await page.evaluate(unreadable), `${width}`).toEqual([]);
      const [transport] = await boxes('#transport');
      expect(transport.bottom).toBe(height);
      for (const { name, top, bottom } of await boxes('#transport button:visible, #master input')) {
        expect(top, `${name} ${width}`).toBeGreaterThanOrEqual(transport.top);
        expect(bottom, `${name} ${width}`).toBeLessThanOrEqual(transport.bottom);
      }
      await page.screenshot({ path: join(OUTPUT, `demo-large-text-${width}.png`), fullPage: true });
    }
  });

  test('text is as large as the browser was told to make it', async () => {
    await page.goto(site.url);
    const session = await page.context().newCDPSession(page);
    await session.send('Page.setFontSizes', { fontSizes: { standard: 24 } });
    const size = await page.evaluate(() => getComputedStyle(document.body).fontSize);
    await session.send('Page.setFontSizes', { fontSizes: { standard: 16 } });
    await session.detach();
    expect(size).toBe('24px');
  });

  test('every option of the settings is read in full', async () => {
    await page.goto(site.url);
    for (const { width, height } of [WIDE, PHONE, { width: NARROW[0], height: 640 }]) {
      await page.setViewportSize({ width, height });
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      expect(await page.evaluate(cutOptions), `${width}`).toEqual([]);
    }
  });

  test('panels keep their controls apart', async () => {
    await page.goto(site.url);
    const [record] = await boxes('#record');
    const [midi] = await boxes('#midi button');
    expect(midi.top - record.bottom).toBeGreaterThanOrEqual(8);
  });

  test('the waveform of a bundled clip takes the width of its surface on a phone', async () => {
    await page.setViewportSize(PHONE);
    await openAndPlay(browser, site.url);
    const [surface] = await boxes('.timeline-surface');
    const [track] = await boxes('.timeline-track');
    expect(track.width).toBeGreaterThan(0.9 * surface.width);
  });

  test.each([
    ['wide', WIDE],
    ['on a phone', PHONE],
  ])('a message is in view wherever the page is scrolled to, %s', async (_, size) => {
    await page.setViewportSize(size);
    await openAndPlay(browser, site.url);
    const bad = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('la') };
    for (const end of [0, 1]) {
      await page.evaluate((place) => window.scrollTo(0, place * document.body.scrollHeight), end);
      await page.setInputFiles('#file-chooser', bad);
      await expect.poll(() => page.locator('#error').isVisible()).toBe(true);
      const [message] = await boxes('#error');
      expect(message.top).toBeGreaterThanOrEqual(0);
      expect(message.bottom).toBeLessThanOrEqual(size.height);
      await page.click('#dismiss');
    }
  });

  test('rows are in the order of pitch, and are called what was measured', async () => {
    await openAndPlay(browser, site.url);
    const names = () =>
      page
        .locator('.component:visible .name')
        .evaluateAll((all) => all.map((name) => (name as HTMLInputElement).value));
    expect(await names()).toEqual(['Bass', 'Chords', 'Hi-hat']);
    expect(await page.locator('#figures').textContent()).toMatch(/dB \(bass\).*dB \(hi-hat\)/);
    await page.locator('#component-count').fill('6');
    await until(browser, LEARNED);
    await expect.poll(() => page.locator('.component:visible').count()).toBe(6);
    const hertz = (await page.locator('.component:visible .pitch').allTextContents()).map((text) => {
      const [, number, unit] = /around ([\d.]+) (k?)Hz/.exec(text)!;
      return Number(number) * (unit ? 1000 : 1);
    });
    expect(hertz).toEqual(hertz.toSorted((a, b) => a - b));
    expect(await page.locator('#figures').textContent()).toBe('');
  });

  test('lets each part be heard in turn, and then all together', async () => {
    await openAndPlay(browser, site.url);
    await page.click('#hear-each');
    for (const [k, name] of ['Bass', 'Chords', 'Hi-hat'].entries()) {
      await untilText(browser, '#status', new RegExp(`This is ${name}\\.`));
      await until(browser, `document.querySelectorAll('.component')[${k}].classList.contains('lit')`);
      const loud = () =>
        page
          .locator('.component meter')
          .evaluateAll((meters) => meters.map((meter) => (meter as HTMLMeterElement).value > -50));
      await expect.poll(loud).toEqual([0, 1, 2].map((other) => other === k));
    }
    await untilText(browser, '#status', /together again/);
    await page.click('#hear-each');
    await untilText(browser, '#hear-each', /together/);
    await page.click('#hear-each');
    await untilText(browser, '#hear-each', /in turn/);
    expect(await page.locator('.component.lit').count()).toBe(0);
  });

  test('the layout for the stage needs no scrolling', async () => {
    await openAndPlay(browser, site.url);
    await page.click('#stage-layout');
    for (const [width, height] of [
      [1280, 800],
      [1024, 600],
      [390, 844],
      [844, 390],
    ]) {
      await page.setViewportSize({ width, height });
      const [transport] = await boxes('#transport');
      for (const { name, top, bottom } of await boxes('.component .level, .component .solo, .component .mute')) {
        expect(top, `${name} ${width}×${height}`).toBeGreaterThanOrEqual(0);
        expect(bottom, `${name} ${width}×${height}`).toBeLessThanOrEqual(transport.top);
      }
      await page.screenshot({ path: join(OUTPUT, `demo-stage-${width}.png`) });
    }
    await page.setViewportSize(WIDE);
    await page.click('#stage-layout');
    expect(await page.locator('#teach-learn').isVisible()).toBe(true);
  });

  test('eight parts on the stage lie over nothing, and can be scrolled to in a low window', async () => {
    await openAndPlay(browser, site.url);
    await page.locator('#component-count').fill('8');
    await until(browser, LEARNED);
    await expect.poll(() => page.locator('.component:visible').count()).toBe(8);
    await page.click('#stage-layout');
    for (const [width, height] of [
      [1280, 800],
      [844, 390],
      [320, 640],
    ]) {
      await page.setViewportSize({ width, height });
      // What is scrolled out of the list would seem to lie over what is above it.
      await page.locator('#components').evaluate((list) => list.scrollTo(0, 0));
      expect(await page.evaluate(unreadable), `${width}×${height}`).toEqual([]);
      await page.locator('.component:visible .solo').last().scrollIntoViewIfNeeded();
      const [transport] = await boxes('#transport');
      const last = (await boxes('.component:visible .solo')).at(-1)!;
      expect(last.bottom, `${width}×${height}`).toBeLessThanOrEqual(transport.top);
    }
    await page.setViewportSize(WIDE);
    await page.click('#stage-layout');
  });

  test('the focus never falls to the body', async () => {
    await page.goto('about:blank');
    await page.goto(site.url);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await until(browser, LEARNED);
    const focused = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.className || '');
    const expectKept = async (what: string) => {
      await page.evaluate(() => new Promise(requestAnimationFrame));
      expect(await page.evaluate(() => document.activeElement === document.body), what).toBe(false);
    };
    await expectKept('play');
    await page.locator('.component .group').first().focus();
    await page.keyboard.press('ArrowDown');
    await until(browser, `document.querySelectorAll('.component:not([hidden])').length === 2`);
    await expectKept('group');
    await until(browser, `document.activeElement.matches('.split')`);
    await page.keyboard.press('Enter');
    await until(browser, `document.querySelectorAll('.component:not([hidden])').length === 3`);
    await expectKept('ungroup');
    await page.locator('#undo').focus();
    while (await page.locator('#undo').isEnabled()) await page.keyboard.press('Enter');
    await expectKept('undo');
    await page.setInputFiles('#file-chooser', { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('la') });
    await expect.poll(() => page.locator('#error').isVisible()).toBe(true);
    await page.locator('#dismiss').focus();
    await page.keyboard.press('Enter');
    await expectKept('dismiss');
    await page.locator('#component-count').focus();
    await page.keyboard.press('ArrowRight');
    await until(browser, LEARNED);
    expect(await focused()).toBe('component-count');
    await page.locator('.component .name').last().focus();
    await page.evaluate(() => {
      const field = document.querySelector<HTMLInputElement>('#component-count')!;
      field.value = '2';
      field.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await expect.poll(() => page.locator('.component:visible').count()).toBe(2);
    await expectKept('a row that is gone');
  });
});

/** Runs in the page: which controls and texts are cut, out of the window, or overlap another one. */
function unreadable(): string[] {
  const selector = 'button, select, input, .decibels, .pitch, .timeline-clock, h1, h2, summary';
  // What can be scrolled sideways by itself, and what only screen readers read
  const elsewhere = '.choice, .unseen';
  const fixed = (element: Element) => element.closest('#transport') !== null;
  const seen = [...document.querySelectorAll<HTMLElement>(selector)].filter(
    (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(elsewhere),
  );
  const called = (element: HTMLElement) => `${element.id || element.className} ${element.textContent}`;
  const faults = seen.flatMap((element) => {
    const { left, right } = element.getBoundingClientRect();
    const outside = left < 0 || right > window.innerWidth;
    const cut = element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline';
    return outside || cut ? [`${called(element)} is ${outside ? 'outside' : 'cut'}`] : [];
  });
  for (const [i, one] of seen.entries()) {
    for (const other of seen.slice(i + 1)) {
      if (one.contains(other) || fixed(one) !== fixed(other)) continue;
      // Lies over the field on purpose, and takes no clicks
      if (one.className === 'name' && other.className === 'pitch') continue;
      const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
      const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (width > 0.5 && height > 0.5) faults.push(`${called(one)} and ${called(other)} overlap`);
    }
  }
  return faults;
}

/** Runs in the page: the options of the settings that are longer than their select. */
function cutOptions(): string[] {
  /** Pixels of the arrow, more than any platform's */
  const ARROW = 20;
  const context = document.createElement('canvas').getContext('2d')!;
  return [...document.querySelectorAll<HTMLSelectElement>('#settings select')].flatMap((select) => {
    const { font, paddingLeft, paddingRight } = getComputedStyle(select);
    context.font = font;
    const room = select.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight) - ARROW;
    return [...select.options].map(({ text }) => text).filter((text) => context.measureText(text).width > room);
  });
}
