// What the user has made is never lost: by another setting, another sound, a reload, or a mistake.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { presentEngines } from '../harness/browsers.mjs';
import { type Browser, launch } from '../harness/launch.mjs';
import { kept, LEARNED, mixture, openAndPlay, SAMPLE_RATE, serveDemo, until, untilText } from '../helpers/demoPage.ts';
import { type FakeMidi, fakeMidi } from '../helpers/fakeMidi.ts';
import { threeSources } from '../helpers/signals.ts';
import { wav } from '../helpers/wav.ts';

/** What is learned does not matter here. */
const CLIP_SECONDS = 4;
const CHANGES = 20;
/** Seconds of each lesson */
const LESSON = 3;

/** Counts for how long all samples are below −100 dB. */
const GAPS = `registerProcessor('gaps', class extends AudioWorkletProcessor {
  constructor() {
    super();
    Object.assign(this, { quiet: 0, longest: 0, heard: 0 });
    this.port.onmessage = () =>
      this.port.postMessage({ quiet: this.longest / sampleRate, heard: this.heard / sampleRate });
  }
  process([channels]) {
    const length = channels[0]?.length ?? 128;
    const loud = channels.some((samples) => samples.some((sample) => Math.abs(sample) > 1e-5));
    this.heard += length;
    this.quiet = loud ? 0 : this.quiet + length;
    this.longest = Math.max(this.longest, this.quiet);
    return true;
  }
});`;

describe.runIf(presentEngines().includes('chromium'))('the work of a user', () => {
  let site: Awaited<ReturnType<typeof serveDemo>>;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    site = await serveDemo({ clipSeconds: CLIP_SECONDS });
    await writeFile(join(site.folder, 'some/folder/gaps.js'), GAPS);
    browser = await launch('chromium');
    page = browser.page as Page;
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  const names = () =>
    page.locator('.component:visible .name').evaluateAll((all) => all.map((name) => (name as HTMLInputElement).value));
  const taught = () => page.locator('.hold:visible output').allTextContents();
  const status = () => page.locator('#status').textContent();
  const undo = () => page.click('#undo');

  /** Teaches each part from a file that is dropped on its button. */
  async function teach(): Promise<void> {
    await openAndPlay(browser, site.url);
    for (const [k, samples] of threeSources(SAMPLE_RATE, LESSON).entries()) {
      const bytes = [...(await wav(samples, SAMPLE_RATE))];
      await page
        .locator('.hold')
        .nth(k)
        .evaluate(dropOn, { name: `source${k}.wav`, bytes });
      await untilText(browser, `.hold:nth-child(${k + 1}) output`, /^3\.0 s$/);
    }
    await page.click('#teach-learn');
    await until(browser, LEARNED);
    await until(browser, `document.getElementById('progress').value === 1`);
  }

  test('teaching says that clips are no longer learned at once, wherever the page is scrolled to', async () => {
    await teach();
    expect(await page.locator('#automatic').isChecked()).toBe(false);
    expect(await page.locator('#note-text').textContent()).toMatch(/no longer learned at once/);
    for (const [width, height] of [
      [1280, 900],
      [390, 844],
    ]) {
      await page.setViewportSize({ width, height });
      for (const place of ['top', 'bottom'] as const) {
        await page.evaluate((end) => window.scrollTo(0, end === 'top' ? 0 : document.body.scrollHeight), place);
        expect(await page.evaluate(isInView, '#note'), `${width} ${place}`).toBe(true);
      }
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.click('#note-offer');
    expect(await page.locator('#automatic').isChecked()).toBe(true);
  });

  test('what was taught survives another latency, number of parts, source, and a reload', async () => {
    await teach();
    await page.locator('.component .name').nth(0).fill('Hum');
    await page.locator('.component .name').nth(0).blur();
    const before = await pitches();
    await page.selectOption('select[name=latencyHint]', 'interactive');
    await until(browser, `document.getElementById('latency').textContent === '2.9 ms'`);
    await until(browser, LEARNED);
    expect(await pitches()).toEqual(before);
    await choose('4');
    await expect.poll(() => page.locator('.component:visible').count()).toBe(4);
    await until(browser, LEARNED);
    expect((await pitches()).slice(0, 3)).toEqual(before);
    await choose('2');
    await expect.poll(() => page.locator('.component:visible').count()).toBe(2);
    await choose('3');
    await expect.poll(() => page.locator('.component:visible').count()).toBe(3);
    await until(browser, LEARNED);
    expect(await pitches()).toEqual(before);
    await page.getByRole('button', { name: 'Drum loop' }).click();
    await until(browser, `document.querySelector('#sources [aria-pressed=true]').textContent === 'Drum loop'`);
    expect(await pitches()).toEqual(before);
    expect((await names())[0]).toBe('Hum');
    expect(await taught()).toEqual(['3.0 s', '3.0 s', '3.0 s']);
    // The work is kept a moment after the last change.
    await expect.poll(async () => (await page.evaluate(kept))?.names).toContain('Hum');
    await page.reload();
    await expect.poll(pitches).toEqual(before);
    expect((await names())[0]).toBe('Hum');
    expect(await taught()).toEqual(['3.0 s', '3.0 s', '3.0 s']);
    expect(await page.locator('#automatic').isChecked()).toBe(false);
    await page.click('#start');
    await until(browser, LEARNED);
    expect(await pitches()).toEqual(before);
    expect(await page.locator('#sources [aria-pressed=true]').textContent()).toBe('Drum loop');
  });

  test('another visit offers the work of the last one', async () => {
    await teach();
    await expect.poll(async () => (await page.evaluate(kept))?.names).not.toContain('Hum');
    await page.goto('about:blank');
    await page.goto(site.url);
    await untilText(browser, '#note-text', /still here/);
    expect(await taught()).toEqual(['hold', 'hold', 'hold']);
    // Still so after a visit in which other sound was played
    await openAndPlay(browser, `${site.url}#clip=drums&components=3`);
    await expect.poll(() => page.evaluate(kept)).toMatchObject({ clip: 'drums', learned: true });
    await page.goto('about:blank');
    await page.goto(site.url);
    await untilText(browser, '#note-text', /still here/);
    await page.click('#note-offer');
    await expect.poll(taught).toEqual(['3.0 s', '3.0 s', '3.0 s']);
    // Whoever does not want it back is not asked again.
    await page.click('#teach-forget');
    await page.locator('#automatic').check();
    await page.click('#start');
    await until(browser, LEARNED);
    await page.getByRole('button', { name: 'Learn from the clip' }).click();
    await until(browser, LEARNED);
    await expect.poll(() => page.evaluate(kept)).toMatchObject({ clip: 'pop', learned: true });
    for (const offered of [true, false]) {
      await page.goto('about:blank');
      await page.goto(site.url);
      await page
        .locator('#note-text')
        .filter({ hasText: /still here/ })
        .waitFor({ state: 'attached', timeout: 2000 })
        .catch(() => {});
      expect(await page.locator('#note').isVisible()).toBe(offered);
      if (offered) await page.click('#note-dismiss');
    }
  });

  test('the parts of a clip are known also after a reload, and a link to them can be copied while it plays', async () => {
    await openAndPlay(browser, `${site.url}#clip=drums&components=3`);
    await expect.poll(() => page.evaluate(kept)).toMatchObject({ clip: 'drums', learned: true });
    await page.reload();
    await expect.poll(names).toEqual(['Kick', 'Snare', 'Hi-hat']);
    await page.click('#start');
    await until(browser, LEARNED);
    expect(await names()).toEqual(['Kick', 'Snare', 'Hi-hat']);
    await page.context().grantPermissions(['clipboard-write']);
    await page.click('#copy-link');
    await untilText(browser, '#note-text', /link is copied/);
    await page.getByLabel('Learn every new clip at once').uncheck();
    await page.getByRole('button', { name: 'Oboe and piano' }).click();
    await untilText(browser, '.timeline-name', /Oboe/);
    await page.click('#copy-link');
    await untilText(browser, '#error-text', /learned from another clip/);
    await page.click('#dismiss');
  });

  test('a tap records a part until the next one, or until another part is recorded', async () => {
    await openAndPlay(browser, site.url);
    const pressed = () =>
      page.locator('.hold:visible').evaluateAll((all) => all.map((button) => button.ariaPressed === 'true'));
    const [first, second] = [page.locator('.hold:visible').nth(0), page.locator('.hold:visible').nth(1)];
    await first.click();
    await expect.poll(() => first.locator('output').textContent()).toMatch(/^0\.[3-9]|^[1-9]/);
    expect(await pressed()).toEqual([true, false, false]);
    await second.focus();
    await page.keyboard.press('Enter');
    expect(await pressed()).toEqual([false, true, false]);
    await expect.poll(() => second.locator('output').textContent()).toMatch(/^0\.[3-9]|^[1-9]/);
    await page.keyboard.press('Enter');
    expect(await pressed()).toEqual([false, false, false]);
    const [one, other, third] = await taught();
    expect([Number.parseFloat(one), Number.parseFloat(other)].every((seconds) => seconds >= 0.3)).toBe(true);
    expect(third).toBe('hold');
  });

  test('controllers and notes stay, also for another visit', async () => {
    const context = await page.context().browser()!.newContext();
    const stage = await context.newPage();
    await stage.addInitScript(fakeMidi);
    const settings = () =>
      Promise.all([
        stage.getByRole('button', { name: /^Controller 7: fader of/ }).count(),
        stage
          .getByLabel(/^Note of/)
          .nth(1)
          .inputValue(),
      ]);
    await stage.goto(site.url);
    await stage.click('text=Use MIDI');
    await stage
      .getByRole('button', { name: /^Bind: fader of/ })
      .first()
      .click();
    await stage.evaluate(() => (window as never as { stageMidi: FakeMidi }).stageMidi.send([0xb0, 7, 64]));
    await stage
      .getByLabel(/^Note of/)
      .nth(1)
      .fill('50');
    await stage
      .getByLabel(/^Note of/)
      .nth(1)
      .blur();
    expect(await settings()).toEqual([1, '50']);
    await expect.poll(() => stage.evaluate(kept)).toMatchObject({ notes: [null, 50] });
    for (const visit of [() => stage.reload(), () => stage.goto('about:blank').then(() => stage.goto(site.url))]) {
      await visit();
      await stage.click('text=Use MIDI');
      await expect.poll(settings).toEqual([1, '50']);
    }
    await context.close();
  });

  test('learning anew asks first where names or groups would go, and can be undone', async () => {
    await openAndPlay(browser, site.url);
    await page.locator('.component .name').nth(1).fill('Piano');
    await choose('5');
    await page.getByRole('button', { name: 'Keep the parts' }).click();
    expect(await page.locator('.component:visible').count()).toBe(3);
    expect(await page.locator('#components-value').textContent()).toBe('3');
    await choose('5');
    await page.getByRole('button', { name: 'Learn anew' }).click();
    await expect.poll(() => page.locator('.component:visible').count()).toBe(5);
    await until(browser, LEARNED);
    expect(await names()).not.toContain('Piano');
    await undo();
    await expect.poll(names).toEqual(['Bass', 'Piano', 'Hi-hat']);
    await until(browser, LEARNED);
    await page.keyboard.press('Control+z');
    await expect.poll(names).toEqual(['Bass', 'Chords', 'Hi-hat']);
  });

  test('undo leaves the mix as it is, and takes back one name at a time', async () => {
    await openAndPlay(browser, site.url);
    const name = page.locator('.component .name').first();
    for (const text of ['One', 'Two']) {
      await name.fill(text);
      await name.blur();
    }
    await page.locator('.component .level').first().fill('0.5');
    await page.locator('.component .mute').nth(1).click();
    await undo();
    await expect.poll(() => name.inputValue()).toBe('One');
    await undo();
    await expect.poll(() => name.inputValue()).toBe('Bass');
    expect(await page.locator('.component .level').first().inputValue()).toBe('0.5');
    expect(await page.locator('.component .mute').nth(1).getAttribute('aria-pressed')).toBe('true');
    // What was said when clips were no longer learned is not so any more.
    expect(await page.locator('#note').isVisible()).toBe(false);
  });

  test('undo ends following with what began it', async () => {
    await openAndPlay(browser, site.url);
    await page.click('#use-drums');
    await expect.poll(() => page.locator('#freeze').getAttribute('aria-pressed')).toBe('true');
    await undo();
    await expect.poll(names).toEqual(['Bass', 'Chords', 'Hi-hat']);
    expect(await page.locator('#freeze').getAttribute('aria-pressed')).toBe('false');
  });

  test('undo while a clip is learned again brings back the names of its parts', async () => {
    await openAndPlay(browser, `${site.url}#clip=pop&components=3`);
    await page.locator('.component .name').first().fill('Hum');
    await page.locator('.component .name').first().blur();
    await page.click('#learn-clip');
    await page.waitForTimeout(150);
    await undo();
    await until(browser, LEARNED);
    expect((await names()).slice(1)).toEqual(['Chords', 'Hi-hat']);
  });

  test('after a reload another clip is learned, as the box says', async () => {
    await openAndPlay(browser, `${site.url}#clip=pop&components=3`);
    await expect.poll(() => page.evaluate(kept)).toMatchObject({ clip: 'pop', learned: true });
    await page.reload();
    await page.getByRole('button', { name: 'Drum loop' }).click();
    await expect.poll(names).toEqual(['Kick', 'Snare', 'Hi-hat']);
  });

  test('what was learned is kept at once', async () => {
    await teach();
    const before = await pitches();
    await page.click('#teach-forget');
    await undo();
    await page.selectOption('select[name=divergence]', 'euclidean');
    await until(browser, LEARNED);
    await page.reload();
    await expect.poll(() => page.locator('select[name=divergence]').inputValue()).toBe('euclidean');
    await expect.poll(() => page.locator('body').getAttribute('data-learned')).toBe('true');
    expect((await pitches()).length).toBe(before.length);
  });

  test('a field that holds what it cannot be is put back, and says so, also in a closed panel', async () => {
    await openAndPlay(browser, site.url);
    const iterations = page.locator('input[name=iterations]');
    await page.locator('.advanced > summary').click();
    await iterations.fill('0');
    await iterations.blur();
    await untilText(browser, '#error-text', /^Iterations: ./);
    expect(await iterations.inputValue()).toBe('');
    await page.click('#dismiss');
    await page.locator('.advanced > summary').click();
    await choose('4');
    await expect.poll(() => page.locator('.component:visible').count()).toBe(4);
    await until(browser, LEARNED);
  });

  test('a link shows every setting that it holds, and holds the input gain', async () => {
    await openAndPlay(
      browser,
      `${site.url}#clip=pop&components=2&fftSize=16384&templatesPerComponent=20&iterations=1&input=0.5`,
    );
    expect(await page.locator('select[name=fftSize]').inputValue()).toBe('16384');
    expect(await page.locator('#settings').evaluate((form) => (form as HTMLFormElement).checkValidity())).toBe(true);
    expect(await page.locator('#input .master-fader input').getAttribute('aria-valuetext')).toMatch(/6/);
    expect(page.url()).toContain('input=0.500');
    await page.click('#bypass');
    await expect.poll(() => page.url()).toContain('bypass=1');
    await expect.poll(() => page.evaluate(kept)).toMatchObject({ clip: 'pop', bypassed: true });
    await page.reload();
    await expect.poll(() => page.locator('#bypass').getAttribute('aria-pressed')).toBe('true');
    expect(page.url()).toContain('input=0.500');
  });

  test('a silent file says so in words of its own', async () => {
    await openAndPlay(browser, site.url);
    const buffer = await wav(new Float32Array(SAMPLE_RATE), SAMPLE_RATE);
    await page.setInputFiles('#file-chooser', { name: 'silent.wav', mimeType: 'audio/wav', buffer });
    await untilText(browser, '#error-text', /no sound in what would be learned/);
    await page.click('#dismiss');
  });

  test('undoes a merge, forgotten lessons, and an opened model', async () => {
    await teach();
    const before = await pitches();
    await page.click('#teach-forget');
    expect(await taught()).toEqual(['hold', 'hold', 'hold']);
    await undo();
    await expect.poll(taught).toEqual(['3.0 s', '3.0 s', '3.0 s']);
    await page.locator('.component .group').first().selectOption('1');
    await expect.poll(() => page.locator('.component:visible').count()).toBe(2);
    await undo();
    await expect.poll(() => page.locator('.component:visible').count()).toBe(3);
    await expect.poll(pitches).toEqual(before);
  });

  test('a link reproduces the mix, and says what it cannot hold', async () => {
    await openAndPlay(browser, `${site.url}#clip=drums&components=3`);
    await page.locator('.component .level').nth(0).fill('0.5');
    await page.locator('.component .mute').nth(1).click();
    await page.locator('.component .pan').nth(2).fill('-0.5');
    const link = page.url();
    await openAndPlay(browser, link);
    expect(await page.locator('.component .level').nth(0).inputValue()).toBe('0.5');
    expect(await page.locator('.component .mute').nth(1).getAttribute('aria-pressed')).toBe('true');
    expect(await page.locator('.component .pan').nth(2).inputValue()).toBe('-0.5');
    // There has to be enough sound to learn from.
    await until(browser, `Number(document.getElementById('late-frames').textContent.split(' ').at(-1)) >= 200`);
    await page.click('#learn-recent');
    await until(browser, `document.getElementById('figures').textContent === ''`);
    await until(browser, LEARNED);
    await page.click('#copy-link');
    await untilText(browser, '#error-text', /cannot hold what was taught, heard/);
    await page.click('#dismiss');
    const buffer = await wav(mixture(), SAMPLE_RATE);
    await page.setInputFiles('#file-chooser', { name: 'own.wav', mimeType: 'audio/wav', buffer });
    await untilText(browser, '.timeline-name', /own\.wav/);
    await page.click('#copy-link');
    await untilText(browser, '#error-text', /cannot hold your own sound/);
    await page.click('#dismiss');
  });

  test(`${CHANGES} quick changes do the last one, without a gap in the sound`, async () => {
    await openAndPlay(browser, site.url);
    await page.evaluate(listenForGaps);
    await page.evaluate((count) => {
      const field = document.querySelector<HTMLInputElement>('#component-count')!;
      for (let i = 0; i < count; i++) {
        field.value = String(i === count - 1 ? 5 : 1 + (i % 8));
        field.dispatchEvent(new Event('change', { bubbles: true }));
      }
    }, CHANGES);
    await expect.poll(() => page.locator('.component:visible').count()).toBe(5);
    await until(browser, LEARNED);
    await page.selectOption('select[name=latencyHint]', 'balanced');
    await until(browser, `document.getElementById('latency').textContent === '8.7 ms'`);
    await until(browser, LEARNED);
    expect(await page.locator('.component:visible').count()).toBe(5);
    const { quiet, heard } = await page.evaluate(gapsHeard);
    console.log(`longest silence ${(1000 * quiet).toFixed(0)} ms of ${heard.toFixed(1)} s`);
    expect(heard).toBeGreaterThan(0.5);
    // A clip of the page is never silent for so long.
    expect(quiet).toBeLessThan(0.05);
  });

  test('what is asked for while a clip is learned overtakes it, and nothing of it remains', async () => {
    const result = () =>
      page.evaluate(() => ({ status: document.getElementById('status')!.textContent, hash: location.hash }));
    await openAndPlay(browser, `${site.url}#clip=pop&components=4`);
    const expected = await result();
    expect(expected.status).not.toMatch(/Chords/);
    // While nothing, a rough model, or the model itself is learned
    for (const delay of [0, 200, 400, 600, 800]) {
      await page.goto('about:blank');
      await page.goto(`${site.url}#clip=pop&components=3`);
      await page.click('#start');
      await page.waitForTimeout(delay);
      await choose('4');
      await expect.poll(() => page.locator('.component:visible').count()).toBe(4);
      await until(browser, LEARNED);
      expect(await result(), `${delay} ms after play`).toEqual(expected);
      expect(await page.locator('#error').isVisible()).toBe(false);
    }
  });

  test('a clip that begins to play while another separator takes over is learned by that one', async () => {
    await page.route('**/pop.flac', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      await route.continue();
    });
    // Taking over lasts longer than from one of these to the next, so one of them meets the clip.
    for (const delay of [0, 40, 80, 120, 160, 200, 240]) {
      await page.goto('about:blank');
      await page.goto(`${site.url}#clip=pop&components=2`);
      await until(browser, `document.getElementById('component-count').value === '2'`);
      await page.evaluate(playAndChoose, { components: '4', delay });
      await expect.poll(() => page.locator('.component:visible').count()).toBe(4);
      await until(browser, LEARNED);
    }
    await page.unroute('**/pop.flac');
  });

  test('of two latencies, the one that was chosen last stays, also where the other takes longer to take over', async () => {
    await openAndPlay(browser, `${site.url}#clip=pop&components=3`);
    await page.click('#use-drums');
    await expect.poll(names).toEqual(['kick', 'snare', 'hat']);
    const shown = () => page.locator('#latency').textContent();
    for (const delay of [0, 25, 50, 75, 100, 125, 150]) {
      await page.selectOption('select[name=latencyHint]', 'balanced');
      await expect.poll(shown).toBe('8.7 ms');
      await until(browser, LEARNED);
      await page.evaluate(chooseTwo, { latencies: ['playback', 'interactive'], delay });
      await expect.poll(shown).toBe('2.9 ms');
      await until(browser, LEARNED);
      // As long as the other one would have taken
      await page.waitForTimeout(300);
      expect(await shown(), `${delay} ms later`).toBe('2.9 ms');
    }
  });

  test('what is used while a clip is learned stays in use', async () => {
    const drums = ['kick', 'snare', 'hat'];
    await openAndPlay(browser, `${site.url}#clip=pop&components=3&iterations=500&restarts=4`);
    await page.evaluate(() => {
      document.getElementById('learn-clip')!.click();
      document.getElementById('use-drums')!.click();
    });
    await expect.poll(names).toEqual(drums);
    await until(browser, LEARNED);
    // As long as learning would have taken
    await page.waitForTimeout(3000);
    expect(await names()).toEqual(drums);
  });

  test('a clip that is being learned is learned by the separator that takes over', async () => {
    await openAndPlay(browser, `${site.url}#clip=pop&components=3`);
    await page.getByLabel('Learn every new clip at once').uncheck();
    await page.getByRole('button', { name: 'Drum loop' }).click();
    await untilText(browser, '.timeline-name', /Drum loop/);
    await page.evaluate(() => {
      document.getElementById('learn-clip')!.click();
      const latency = document.querySelector<HTMLSelectElement>('select[name=latencyHint]')!;
      latency.value = 'balanced';
      latency.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await until(browser, `document.getElementById('latency').textContent === '8.7 ms'`);
    await until(browser, LEARNED);
    await page.click('#copy-link');
    await untilText(browser, '#note-text', /link is copied/);
  });

  test('nothing stale stands beside “nothing is learned yet”', async () => {
    await openAndPlay(browser, site.url);
    await page.getByLabel('Learn every new clip at once').uncheck();
    await page.evaluate(() => {
      location.hash = '#clip=pop&components=2';
    });
    await until(browser, LEARNED);
    await page.getByLabel('Learn every new clip at once').uncheck();
    await page.goto('about:blank');
    await page.goto(`${site.url}#components=4`);
    await page.getByLabel('Learn every new clip at once').uncheck();
    await page.click('#start');
    await untilText(browser, '#status', /Nothing is learned yet/);
    expect(await page.locator('.template canvas').count()).toBe(0);
    expect(await page.locator('#loss canvas').count()).toBe(0);
    expect((await page.locator('.pitch').allTextContents()).join('')).toBe('');
    expect(await page.locator('#figures').textContent()).toBe('');
    expect(await status()).not.toMatch(/parts:/);
  });

  const pitches = () => page.locator('.component:visible .pitch').allTextContents();
  const choose = async (components: string) => {
    await page.locator('#component-count').fill(components);
  };
});

describe.each(presentEngines())('in %s', (engine) => {
  test('a name and the parts survive a reload', async () => {
    const site = await serveDemo({ clipSeconds: CLIP_SECONDS });
    const browser = await launch(engine);
    try {
      await openAndPlay(browser, site.url);
      await browser.evaluate(renameFirst, 'Hum');
      await expect.poll(async () => (await browser.evaluate(kept))?.names).toContain('Hum');
      await browser.evaluate(reloadSoon);
      await until(browser, `!('old' in window) && document.body.dataset.learned === 'true'`);
      expect(await browser.evaluate(`document.querySelector('.name').value`)).toBe('Hum');
      await browser.click('#start');
      await until(browser, LEARNED);
      expect(await browser.evaluate(`document.querySelector('.name').value`)).toBe('Hum');
    } finally {
      await browser.close();
      await site.close();
    }
  });
});

/** Runs in the page, and marks it: what is loaded anew is not marked. */
function reloadSoon(): void {
  Object.assign(window, { old: true });
  setTimeout(() => location.reload());
}

/** Runs in the page: types a name into the first row. */
function renameFirst(name: string): void {
  const field = document.querySelector<HTMLInputElement>('.name')!;
  field.value = name;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Runs in the page. */
function dropOn(target: Element, { name, bytes }: { name: string; bytes: number[] }): void {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([Uint8Array.from(bytes)], name));
  target.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
}

/** Runs in the page: whether all of an element is in the window. */
function isInView(selector: string): boolean {
  const { top, bottom, left, right } = document.querySelector(selector)!.getBoundingClientRect();
  return top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth && bottom > top;
}

/** Runs in the page: from now on, counts how long the output is silent. `window.mix` is its last node. */
async function listenForGaps(): Promise<void> {
  const { mix } = window as never as { mix: AudioNode };
  const { context } = mix;
  await (context as AudioContext).audioWorklet.addModule('gaps.js');
  const node = new AudioWorkletNode(context, 'gaps');
  mix.connect(node).connect(context.destination);
  Object.assign(window, { gaps: node });
}

/** Runs in the page. */
function gapsHeard(): Promise<{ quiet: number; heard: number }> {
  const { gaps } = window as never as { gaps: AudioWorkletNode };
  return new Promise((resolve) => {
    gaps.port.onmessage = ({ data }) => resolve(data);
    gaps.port.postMessage(null);
  });
}

/** Runs in the page, where milliseconds count. */
function playAndChoose({ components, delay }: { components: string; delay: number }): void {
  const slider = document.querySelector<HTMLInputElement>('#component-count')!;
  document.getElementById('start')!.click();
  setTimeout(() => {
    slider.value = components;
    slider.dispatchEvent(new Event('change'));
  }, delay);
}

/** Runs in the page. Chooses one latency, and the other one so many milliseconds later. */
function chooseTwo({ latencies, delay }: { latencies: string[]; delay: number }): void {
  const field = document.querySelector<HTMLSelectElement>('select[name=latencyHint]')!;
  latencies.forEach((latency, i) => {
    setTimeout(() => {
      field.value = latency;
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }, i * delay);
  });
}
