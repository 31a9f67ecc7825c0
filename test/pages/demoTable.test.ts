// Everything a user can do with components in the demo, by real clicks and keys.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Download, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { presentEngines } from '../harness/browsers.mjs';
import { type Browser, launch } from '../harness/launch.mjs';
import {
  LEARNED,
  measurePeaks,
  mixture,
  openAndPlay,
  SAMPLE_RATE,
  serveDemo,
  until,
  untilText,
} from '../helpers/demoPage.ts';
import { threeSources } from '../helpers/signals.ts';
import { wav } from '../helpers/wav.ts';

const PACKAGE = fileURLToPath(new URL('../../dist/index.js', import.meta.url));
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
/** What is learned does not matter here. test/pages/demo.test.ts has the whole clips. */
const CLIP_SECONDS = 4;
/** Bytes of a WAV before its samples. */
const WAV_HEADER = 44;

describe.runIf(presentEngines().includes('chromium'))('the table', () => {
  let site: Awaited<ReturnType<typeof serveDemo>>;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    site = await serveDemo({ clipSeconds: CLIP_SECONDS });
    // Bundle the package beside the page as a reference for its exports.
    const reference = join(site.folder, 'some/folder/reference.js');
    await build({ entryPoints: [PACKAGE], outfile: reference, bundle: true, format: 'esm', logLevel: 'error' });
    browser = await launch('chromium');
    page = browser.page as Page;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  beforeEach(async () => {
    if (!(await browser.evaluate(LEARNED))) await openAndPlay(browser, site.url);
  });
  afterEach(async ({ task }) => {
    // A failed test leaves the page in an unknown state.
    if (task.result?.state === 'fail') await browser.goto('about:blank');
    expect(await page.locator('#error').isVisible()).toBe(false);
  });

  const row = (place: number) => page.locator('.component:visible').nth(place);
  const names = () =>
    page.locator('.component:visible .name').evaluateAll((all) => all.map((name) => (name as HTMLInputElement).value));
  const isPlaying = (playing: boolean) => until(browser, `document.body.dataset.playing === '${playing}'`);

  async function downloadBy(action: () => Promise<unknown>): Promise<Download> {
    const [download] = await Promise.all([page.waitForEvent('download'), action()]);
    return download;
  }
  const bytesOf = async (download: Download) => readFile(await download.path());
  const save = async (action: () => Promise<unknown>) => bytesOf(await downloadBy(action));
  const saveModel = async () => String(await save(() => page.click('#save-model')));
  const learn = async (button = '#learn-clip') => {
    await page.click(button);
    await until(browser, `document.body.dataset.state === 'learning'`);
    await until(browser, LEARNED);
  };

  test('pauses the mix while it plays a sound of a component', async () => {
    for (const kind of ['Component', 'Filtered']) {
      const button = row(1).getByRole('button', { name: `Play Chords: ${kind.toLowerCase()}` });
      await button.click();
      await isPlaying(false);
      expect(await button.getAttribute('aria-pressed')).toBe('true');
      await button.click();
      await isPlaying(true);
      await until(browser, `document.querySelectorAll('.listen[aria-pressed=true]').length === 0`);
    }
    // A second sound replaces the first, and playing the mix ends both.
    await row(0).getByRole('button', { name: 'Play Bass: filtered' }).click();
    await isPlaying(false);
    await row(2).getByRole('button', { name: 'Play Hi-hat: component' }).click();
    await until(browser, `document.querySelectorAll('.listen[aria-pressed=true]').length === 1`);
    await page.click('#play');
    await isPlaying(true);
    await until(browser, `document.querySelectorAll('.listen[aria-pressed=true]').length === 0`);
    await page.click('#play');
    await isPlaying(false);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await isPlaying(true);
  });

  test('a sound that is stopped before its first sample does not start', async () => {
    const button = row(0).getByRole('button', { name: 'Play Bass: filtered' });
    const silent = async () => {
      await until(browser, `document.querySelectorAll('.listen[aria-pressed=true]').length === 0`);
      await isPlaying(true);
    };
    await browser.evaluate(slowDevice);
    await button.dblclick();
    await silent();
    await button.click();
    await isPlaying(false);
    await button.click();
    await silent();
    expect(await browser.evaluate('starts')).toBe(0);
    await button.click();
    await until(browser, 'starts === 1');
    await button.click();
    await silent();
    // Leave the page, whose AudioContext was modified.
    await browser.goto('about:blank');
  });

  test('exports exactly the output of separate and sonify', async () => {
    const downloads: Download[] = [];
    const collect = (download: Download) => downloads.push(download);
    page.on('download', collect);
    await page.click('#export');
    await expect.poll(() => downloads.length).toBe(3);
    page.off('download', collect);
    // The order of downloads that start together is undefined.
    const names = downloads.map((download) => download.suggestedFilename());
    const wanted = ['Bass', 'Chords', 'Hi-hat'].map((label) => `${label} - filtered.wav`);
    expect(names.toSorted()).toEqual(wanted.toSorted());
    const exported = wanted.map((name) => downloads[names.indexOf(name)]);
    const template = await save(() => row(1).getByRole('button', { name: 'Download Chords: component' }).click());
    const alone = await save(() => row(0).getByRole('button', { name: 'Download Bass: filtered' }).click());
    const files = [...(await Promise.all(exported.map(bytesOf))), template, alone];
    await browser.evaluate(
      `import(location.pathname + 'reference.js').then((reference) => void Object.assign(window, { reference }))`,
    );
    const errors = await browser.evaluate(largestErrors, {
      model: await saveModel(),
      samples: files.map((file) => file.subarray(WAV_HEADER).toString('base64')),
    });
    expect(errors).toEqual([0, 0, 0, 0, 0]);
  });

  test('a taught clip is learned by the settings, too', async () => {
    await openAndPlay(browser, `${site.url}#clip=band&components=3&templatesPerComponent=2`);
    expect(JSON.parse(await saveModel()).componentOf).toEqual([0, 0, 1, 1, 2, 2]);
    // The tests that follow are about the first clip.
    await browser.goto('about:blank');
  });

  test('merges components by dragging and by keyboard, and opens a link to groups', async () => {
    await row(0).locator('.handle').scrollIntoViewIfNeeded();
    await row(2).locator('.handle').scrollIntoViewIfNeeded();
    const from = (await row(2).locator('.handle').boundingBox())!;
    const onto = (await row(0).locator('.template').boundingBox())!;
    await page.mouse.move(from.x + 5, from.y + 20);
    await page.mouse.down();
    await page.mouse.move(onto.x + 20, onto.y + 20, { steps: 5 });
    await page.mouse.up();
    await expect.poll(names).toEqual(['Bass + Hi-hat', 'Chords']);
    const grouped = await saveModel();
    expect(JSON.parse(grouped).componentOf).toEqual([0, 1, 0]);

    const link = page.url();
    expect(link).toContain('groups=0.1.0');
    await openAndPlay(browser, link);
    await expect.poll(names).toEqual(['Bass + Hi-hat', 'Chords']);
    expect(await saveModel()).toBe(grouped);

    // Supervised learning is disabled while components are merged.
    expect(await page.locator('#teach-grouped').isVisible()).toBe(true);
    expect(await page.locator('.hold:visible:enabled').count()).toBe(0);
    await row(0).getByRole('button', { name: 'Ungroup' }).click();
    await expect.poll(names).toEqual(['Bass', 'Chords', 'Hi-hat']);
    expect(await page.locator('#teach-grouped').isVisible()).toBe(false);
    expect(await page.locator('.hold:visible:enabled').count()).toBe(3);
    await row(0).locator('.group').focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(names).toEqual(['Bass + Chords', 'Hi-hat']);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Ungroup');
    await page.keyboard.press('Enter');
    await expect.poll(names).toEqual(['Bass', 'Chords', 'Hi-hat']);
  });

  test('keeps a name that the user typed, also in the saved model', async () => {
    await row(1).locator('.name').fill('Snare');
    expect(await row(1).getAttribute('aria-label')).toBe('Snare');
    expect(await row(1).getByRole('button', { name: 'Play Snare: filtered' }).count()).toBe(1);
    expect(await page.locator('#shown option').allTextContents()).toEqual(['the mixture', 'Bass', 'Snare', 'Hi-hat']);
    const download = await downloadBy(() => page.click('#save-model'));
    expect(download.suggestedFilename()).toBe('Bass - Snare - Hi-hat.model.json');
    const saved = await bytesOf(download);
    expect(JSON.parse(String(saved)).labels).toEqual(['Bass', 'Snare', 'Hi-hat']);
    await openAndPlay(browser, site.url);
    expect(await names()).toEqual(['Bass', 'Chords', 'Hi-hat']);
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.click('#open-model')]);
    await chooser.setFiles({ name: 'snare.json', mimeType: 'application/json', buffer: saved });
    await expect.poll(names).toEqual(['Bass', 'Snare', 'Hi-hat']);
  });

  test('suggests a number of components with a reason', async () => {
    await openAndPlay(browser, site.url);
    await page.click('#suggest');
    expect(await page.locator('#suggest').textContent()).toBe('Cancel');
    await page.click('#suggest');
    expect(await page.locator('#suggestion').textContent()).toBe('');
    await page.locator('input[name=components]').focus();
    await page.keyboard.press('End');
    await expect.poll(() => page.locator('.component:visible').count()).toBe(8);
    await page.click('#suggest');
    await untilText(browser, '#suggestion', /suggested: /);
    const [, suggested, last, next] = (await page.locator('#suggestion').textContent())!.match(
      /^(\d) suggested: .* by (\d+)\s%, .* by (\d+)\s%\./,
    )!;
    expect(Number(last)).toBeGreaterThan(Number(next));
    await expect.poll(() => page.locator('.component:visible').count()).toBe(Number(suggested));
    expect(page.url()).toContain(`components=${suggested}`);
    await until(browser, LEARNED);
  });

  test('copies a link, which can also be opened in the running page', async () => {
    await openAndPlay(browser, `${site.url}#clip=duo&components=2`);
    await page.click('#copy-link');
    await untilText(browser, '#note-text', /copied/);
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toBe(page.url());
    expect(new URLSearchParams(new URL(link).hash.slice(1)).get('clip')).toBe('duo');
    await page.evaluate(() => {
      location.hash = '#clip=pop&components=4';
    });
    await until(browser, `document.querySelector('#sources [aria-pressed=true]').textContent === 'Pop loop'`);
    expect(await page.locator('.component:visible').count()).toBe(4);

    // From here on the page may not write there.
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException('Not allowed.', 'NotAllowedError'));
    });
    await page.click('#copy-link');
    await untilText(browser, '#error-text', /address bar/);
    await page.click('#dismiss');
  });

  test('a link can be copied as soon as parts are heard, while the clip is still being learned well', async () => {
    await browser.goto('about:blank');
    await browser.goto(`${site.url}#clip=pop&components=4`);
    await page.evaluate(() => {
      const { dataset } = document.body;
      const observer = new MutationObserver(() => {
        if (dataset.learned !== 'true' || dataset.state !== 'learning') return;
        observer.disconnect();
        document.getElementById('copy-link')!.click();
      });
      observer.observe(document.body, { attributes: true });
    });
    await page.click('#start');
    await untilText(browser, '#note-text', /copied/);
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
  });

  test('learns the same model from a link, and opens a saved model', async () => {
    // Whatever the test before has left.
    await openAndPlay(browser, site.url);
    await page.getByLabel('Learn every new clip at once').uncheck();
    await page.selectOption('select[name=divergence]', 'euclidean');
    await learn();
    expect(JSON.parse(await saveModel()).divergence).toBe('euclidean');
    await page.selectOption('select[name=divergence]', 'itakura-saito');
    await page.locator('.advanced > summary').click();
    await page.locator('input[name=templatesPerComponent]').fill('3');
    await page.locator('input[name=seed]').fill('7');
    await page.locator('input[name=seed]').blur();
    await until(browser, `location.hash.includes('seed=7')`);
    await learn();
    const saved = await saveModel();
    expect(JSON.parse(saved).divergence).toBe('itakura-saito');
    expect(JSON.parse(saved).componentOf).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2]);
    await openAndPlay(browser, page.url());
    expect(await saveModel()).toBe(saved);

    await openAndPlay(browser, `${site.url}#components=5&seed=nonsense&latencyHint=interactive`);
    expect(await page.locator('.component:visible').count()).toBe(5);
    const file = { name: 'saved.json', mimeType: 'application/json', buffer: Buffer.from(saved) };
    await page.setInputFiles('#model-chooser', file);
    await untilText(browser, '#status', /saved\.json is in use/);
    expect(await page.locator('.component:visible').count()).toBe(3);
    expect(await saveModel()).toBe(saved);

    await page.setInputFiles('#model-chooser', { ...file, buffer: Buffer.from('{"type":"something else"}') });
    await untilText(browser, '#error-text', /saved\.json is not a model: .*nmf-model/);
    await page.click('#dismiss');
  });

  test('learns supervised from clips recorded by holding a button', async () => {
    await openAndPlay(browser, site.url);
    await page.getByLabel('Learn every new clip at once').uncheck();
    for (const [k, samples] of threeSources(SAMPLE_RATE, 3).entries()) {
      const buffer = await wav(samples, SAMPLE_RATE);
      const before = await heardFrames();
      await page.setInputFiles('#file-chooser', { name: `source${k}.wav`, mimeType: 'audio/wav', buffer });
      // Wait until no frame contains the previous source.
      await expect.poll(heardFrames).toBeGreaterThan(before + 60);
      const button = page.locator('.hold').nth(k);
      if (k === 0) {
        await button.focus();
        await page.keyboard.down('Space');
      } else {
        await button.hover();
        await page.mouse.down();
      }
      await untilText(browser, `.hold:nth-child(${k + 1}) output`, /^[1-9]/);
      if (k === 0) await page.keyboard.up('Space');
      else await page.mouse.up();
    }
    await learn('#teach-learn');
    const { componentOf } = JSON.parse(await saveModel());
    expect(new Set(componentOf)).toEqual(new Set([0, 1, 2]));
    expect(componentOf.length).toBeGreaterThan(90);
    // The sources are a tone with 110 and 220 Hz, a chord of 880 and 1320 Hz, and noise.
    const [low, middle, high] = await page.locator('.pitch').allTextContents();
    expect(low).toMatch(/around 1\d\d Hz/);
    expect(middle).toMatch(/around (9\d\d Hz|1\.[0-2] kHz)/);
    expect(high).toMatch(/around ([5-9]|1\d)\.\d kHz/);
    await page.click('#teach-forget');
    expect(await page.locator('#teach-learn').isDisabled()).toBe(true);
  });

  const heardFrames = () =>
    browser.evaluate<number>(`Number(document.getElementById('late-frames').textContent.split(' ').at(-1))`);

  test('draws the loss, and learning can be cancelled', async () => {
    await openAndPlay(browser, site.url);
    expect(await page.locator('#loss canvas').count()).toBe(1);
    const playing = await browser.evaluate(framesPerSecond, 2000);
    await page.getByLabel('Learn every new clip at once').uncheck();
    await page.locator('.advanced > summary').click();
    await page.locator('input[name=restarts]').fill('8');
    // With these learning takes far longer than what is done meanwhile.
    await page.selectOption('select[name=divergence]', 'itakura-saito');
    await page.locator('input[name=templatesPerComponent]').fill('16');
    await page.locator('input[name=templatesPerComponent]').blur();
    const before = await saveModel();
    await page.click('#learn-clip');
    await until(browser, `document.body.dataset.state === 'learning'`);
    const learning = await browser.evaluate(framesPerSecond, 1000);
    await until(browser, `document.getElementById('progress').value > 0`);
    await page.click('#cancel');
    await until(browser, LEARNED);
    expect(await saveModel()).toBe(before);
    console.log(`frames a second: ${playing.toFixed(0)} while playing, ${learning.toFixed(0)} while learning`);
  });

  test('shows the spectrogram of one part', async () => {
    await page.selectOption('#shown', { label: 'Hi-hat' });
    const picture = () => page.evaluate(brightnessOf, { selector: '#spectrogram', columns: 60 });
    const [lower, upper] = await expectEventually(picture, ([low, high]) => high > 2 * low);
    expect(upper).toBeGreaterThan(lower);
    await page.selectOption('#shown', { label: 'the mixture' });
  });

  test('plays a shared tab and a dropped file, and shows errors of sharing', async () => {
    await page.evaluate(stubSharing, 'silent');
    await page.getByRole('button', { name: 'Tab or system' }).click();
    await untilText(browser, '#error-text', /shared without sound/);
    await page.evaluate(stubSharing, 'refused');
    await page.getByRole('button', { name: 'Tab or system' }).click();
    await untilText(browser, '#error-text', /Nothing was shared/);
    await page.evaluate(stubSharing, 'sound');
    await page.getByRole('button', { name: 'Tab or system' }).click();
    await until(browser, `document.querySelector('#sources [aria-pressed=true]')?.textContent === 'Tab or system'`);
    await until(browser, `document.getElementById('learn-clip').disabled`);
    expect(await page.locator('#listening').isVisible()).toBe(true);
    await page.evaluate(() =>
      (window as never as { shared: MediaStreamTrack }).shared.dispatchEvent(new Event('ended')),
    );
    await untilText(browser, '#status', /has ended/);

    const saved = await saveModel();
    await page.getByLabel('Learn every new clip at once').uncheck();
    await drop('dropped.wav', await wav(mixture().subarray(0, 2 * SAMPLE_RATE), SAMPLE_RATE));
    await until(browser, `document.querySelector('#sources [aria-pressed=true]')?.textContent === 'File …'`);
    await until(browser, `shared.readyState === 'ended'`);
    await learn();
    expect(await saveModel()).not.toBe(saved);
    await drop('dropped.json', Buffer.from(saved));
    await untilText(browser, '#status', /dropped\.json is in use/);
    expect(await saveModel()).toBe(saved);
  });

  async function drop(name: string, bytes: Buffer): Promise<void> {
    const dataTransfer = await page.evaluateHandle(
      (file) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([Uint8Array.from(file.bytes)], file.name));
        return transfer;
      },
      { name, bytes: [...bytes] },
    );
    await page.dispatchEvent('body', 'drop', { dataTransfer });
  }

  test('has no accessibility violation, also before anything plays, and fits a phone', async () => {
    const axe = await readFile(AXE, 'utf8');
    await page.goto('about:blank');
    await page.goto(site.url);
    await page.evaluate(axe);
    expect(await page.evaluate(violationsFound), 'before anything plays').toEqual([]);
    await openAndPlay(browser, site.url);
    await page.evaluate(axe);
    for (const [width, colorScheme] of [
      [1280, 'light'],
      [1280, 'dark'],
      [320, 'light'],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate(violationsFound), `${width} ${colorScheme}`).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  test('works by keyboard, and does not scroll with reduced motion', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto('about:blank');
    await page.goto(site.url);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('start');
    await page.keyboard.press('Enter');
    await until(browser, LEARNED);
    const first = await page.evaluate(columnsOf);
    await page.waitForTimeout(500);
    const second = await page.evaluate(columnsOf);
    // Painted columns do not move.
    const kept = first.filter((column, i) => column !== 0 && column === second[i]).length;
    expect(kept).toBeGreaterThan(0.8 * first.filter((column) => column !== 0).length);
    await row(0).locator('.mute').focus();
    await page.keyboard.press('Space');
    expect(await row(0).locator('.mute').getAttribute('aria-pressed')).toBe('true');
    await page.emulateMedia({ reducedMotion: 'no-preference' });
  });

  test('pans', async () => {
    await openAndPlay(browser, site.url);
    await row(1).locator('.pan').focus();
    await page.keyboard.press('End');
    await page.evaluate(measurePeaks);
    await row(1).locator('.solo').click();
    await until(browser, 'peaks()[0] < 1e-3 && peaks()[1] > 0.01');
    await row(1).locator('.solo').click();
    await row(0).locator('.solo').click();
    await until(browser, 'peaks()[0] > 0.01 && peaks()[1] > 0.01');
    await row(0).locator('.solo').click();
  });

  test('shows a message when the browser is too old', async () => {
    await page.addInitScript(() => {
      Object.assign(window, { AudioWorkletNode: undefined });
    });
    await page.goto('about:blank');
    await page.goto(site.url);
    expect(await page.locator('#unsupported').textContent()).toMatch(/too old/);
    expect(await page.locator('#start').isDisabled()).toBe(true);
  });

  async function expectEventually<Value>(
    read: () => Promise<Value>,
    accept: (value: Value) => boolean,
  ): Promise<Value> {
    let value = await read();
    const readAndCheck = async () => {
      value = await read();
      return accept(value);
    };
    await expect.poll(readAndCheck, { interval: 100 }).toBe(true);
    return value;
  }
});

/** Runs in the page: the largest difference of each exported file from the package's own output for the same model. */
async function largestErrors({ model, samples }: { model: string; samples: string[] }): Promise<number[]> {
  const { NMFModel, separate, sonify } = (window as never as { reference: typeof import('nmf-separator-node') })
    .reference;
  const response = await fetch('clips/pop.flac');
  const clip = await new OfflineAudioContext(1, 1, 44100).decodeAudioData(await response.arrayBuffer());
  const parsed = NMFModel.fromJSON(JSON.parse(model));
  const { components } = await separate(clip, { model: parsed, workerUrl: 'worker.js' });
  const expected = [...components, sonify(parsed, 1), components[0]] as AudioBuffer[];
  return samples.map((text, i) => {
    const exported = new Float32Array(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)).buffer);
    const reference = expected[i].getChannelData(0);
    if (exported.length !== reference.length) return Number.POSITIVE_INFINITY;
    return exported.reduce((largest, value, n) => Math.max(largest, Math.abs(value - reference[n])), 0);
  });
}

/** Runs in the page. */
async function framesPerSecond(milliseconds: number): Promise<number> {
  const start = performance.now();
  let frames = 0;
  while (performance.now() - start < milliseconds) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    frames++;
  }
  return (1000 * frames) / (performance.now() - start);
}

/** Runs in the page: summed brightness of the last columns, above the background, in the lower and the upper half. */
function brightnessOf({ selector, columns }: { selector: string; columns: number }): [number, number] {
  const canvas = document.querySelector<HTMLCanvasElement>(selector)!;
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d')!.getImageData(width - columns, 0, columns, height);
  const sums: [number, number] = [0, 0];
  for (let i = 0; i < data.length; i += 4) sums[i < data.length / 2 ? 1 : 0] += Math.max(0, data[i] - 13);
  return sums;
}

/** Runs in the page: a checksum of each column of the spectrogram. */
function columnsOf(): number[] {
  const canvas = document.querySelector<HTMLCanvasElement>('#spectrogram')!;
  const { data, width } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
  const sums = new Array<number>(width).fill(0);
  for (let i = 0; i < data.length; i += 4) sums[(i / 4) % width] += data[i];
  return sums;
}

/** Runs in the page. */
async function violationsFound(): Promise<string[]> {
  const { axe } = window as never as {
    axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
  };
  const { violations } = await axe.run();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** Runs in the page: delays `resume` by 0.5 s, like a slow audio device. `window.starts` counts started sounds. */
function slowDevice(): void {
  const { resume } = AudioContext.prototype;
  const { start } = AudioBufferSourceNode.prototype;
  AudioContext.prototype.resume = async function () {
    await new Promise((resolve) => setTimeout(resolve, 500));
    return resume.call(this);
  };
  AudioBufferSourceNode.prototype.start = function (...when) {
    // The page also plays silence.
    if (this.buffer?.getChannelData(0).some(Boolean)) (window as never as { starts: number }).starts += 1;
    return start.apply(this, when);
  };
  Object.assign(window, { starts: 0 });
}

/** Runs in the page: replaces the browser's sharing dialog, which a test cannot operate. */
function stubSharing(outcome: string): void {
  navigator.mediaDevices.getDisplayMedia = async () => {
    if (outcome === 'refused') throw new DOMException('Permission denied', 'NotAllowedError');
    const stream = document.createElement('canvas').captureStream();
    if (outcome === 'silent') return stream;
    const context = new AudioContext();
    const destination = new MediaStreamAudioDestinationNode(context);
    const oscillator = new OscillatorNode(context);
    oscillator.connect(destination);
    oscillator.start();
    const [track] = destination.stream.getTracks();
    Object.assign(window, { shared: track });
    stream.addTrack(track);
    return stream;
  };
}
