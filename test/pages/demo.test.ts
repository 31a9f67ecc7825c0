// The built demo, served from a subfolder under a strict policy, in every engine.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { presentEngines } from '../harness/browsers.mjs';
import { type Browser, launch } from '../harness/launch.mjs';
import {
  exposeMix,
  LEARNED,
  measurePeaks,
  mixture,
  openAndPlay,
  SAMPLE_RATE,
  serveDemo,
  until,
} from '../helpers/demoPage.ts';
import { correlation } from '../helpers/signals.ts';
import { wav } from '../helpers/wav.ts';

const SERVE = fileURLToPath(new URL('../../demo/serve.mjs', import.meta.url));
const OUTPUT = fileURLToPath(new URL('../output/', import.meta.url));
const COMPONENTS = 3;
/** Seconds of meter readings to compare */
const METER_SECONDS = 3;
/** Standard deviation in dB above which a meter moves. It is small: bursts at 4 Hz leave a meter little time to fall. */
const MOVING = 1.5;
/** Two meters with a lower correlation count as independent. */
const INDEPENDENT = 0.8;

let site: Awaited<ReturnType<typeof serveDemo>>;

beforeAll(async () => {
  await mkdir(OUTPUT, { recursive: true });
  site = await serveDemo();
});
afterAll(() => site?.close());

/** An expression: whether the statistics show at least so many frames */
const heard = (frames: number) =>
  `Number(document.getElementById('late-frames').textContent.split(' ').at(-1)) >= ${frames}`;

/** Meter readings in dB over some seconds, one series for each component */
async function watchMeters(browser: Browser, seconds: number): Promise<Float32Array[]> {
  const series = await browser.evaluate(async (milliseconds: number) => {
    const meters = [...document.querySelectorAll<HTMLMeterElement>('.component meter')];
    const readings: number[][] = meters.map(() => []);
    const end = performance.now() + milliseconds;
    while (performance.now() < end) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      for (const [k, meter] of meters.entries()) readings[k].push(meter.value);
    }
    return readings;
  }, 1000 * seconds);
  return series.map((readings) => Float32Array.from(readings));
}

function deviation(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

function expectIndependentMeters(series: Float32Array[]): void {
  expect(series).toHaveLength(COMPONENTS);
  const deviations = series.map(deviation);
  const correlations = [
    correlation(series[0], series[1]),
    correlation(series[0], series[2]),
    correlation(series[1], series[2]),
  ];
  console.log(`meters: deviations ${deviations.map(rounded)} dB, correlations ${correlations.map(rounded)}`);
  for (const value of deviations) expect(value).toBeGreaterThan(MOVING);
  for (const value of correlations) expect(value).toBeLessThan(INDEPENDENT);
}

const rounded = (value: number) => value.toFixed(2);

describe.each(presentEngines())('the demo in %s', (engine) => {
  test('plays a clip on click, learns from it, plays its components, and exports them', async () => {
    const browser = await launch(engine);
    try {
      await openAndPlay(browser, site.url);
      expect(
        await browser.evaluate('[...document.querySelectorAll(".name")].map(({ value }) => value).sort()'),
      ).toEqual(['Bass', 'Chords', 'Hi-hat']);
      await until(browser, '[...document.querySelectorAll(".component meter")].some(({ value }) => value > -40)');
      for (const playing of [false, true]) {
        await browser.click('.hear-filtered .listen');
        await until(browser, `document.body.dataset.playing === '${playing}'`);
      }
      await browser.evaluate(collectDownloads);
      await browser.click('#export');
      await until(browser, 'downloads.length === 3');
      // 8 s of 32-bit floats and a header of 44 bytes.
      expect(await browser.evaluate('downloads.map(({ size }) => size)')).toEqual(new Array(3).fill(352_800 * 4 + 44));
      expect(await browser.evaluate('document.getElementById("error").hidden')).toBe(true);
    } finally {
      await browser.close();
    }
  });

  test('separates roughly until it has learned well, which is no step to be undone', async () => {
    const browser = await launch(engine);
    try {
      await browser.goto(site.url);
      await browser.evaluate(recordMoments);
      await browser.click('#start');
      await until(browser, LEARNED);
      // The rough model is in use before learning well has made any progress.
      const [first] = await browser.evaluate<PageMoment[]>('moments.filter(({ learned }) => learned)');
      expect(first).toEqual({ learned: true, state: 'learning', progress: 0 });
      expect(await browser.evaluate('document.getElementById("undo").disabled')).toBe(true);
    } finally {
      await browser.close();
    }
  });
});

describe.runIf(presentEngines().includes('chromium'))('the demo', () => {
  let browser: Browser;
  let page: Page;
  const hosts = new Set<string>();

  beforeAll(async () => {
    const microphone = join(site.folder, 'microphone.wav');
    await writeFile(microphone, await wav(mixture(), SAMPLE_RATE));
    browser = await launch('chromium', { fakeMicrophone: microphone });
    page = browser.page as Page;
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
  });
  afterAll(() => browser?.close());

  const expectLevels = (pattern: readonly boolean[]) =>
    expect
      .poll(async () => (await watchMeters(browser, 0.5)).map((series) => Math.max(...series) > -60))
      .toEqual(pattern);

  /** Whether each meter's canvas shows a bar */
  const expectBars = (pattern: readonly boolean[]) =>
    expect
      .poll(() =>
        page.locator('.component canvas.meter').evaluateAll((canvases) =>
          (canvases as HTMLCanvasElement[]).map((canvas) => {
            const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, 1);
            return data.some((value) => value > 0);
          }),
        ),
      )
      .toEqual(pattern);

  test('shows three components that move independently, and can be mixed', async () => {
    await openAndPlay(browser, site.url);
    expectIndependentMeters(await watchMeters(browser, METER_SECONDS));

    const [mute] = await page.locator('.mute').all();
    await mute.click();
    await expectLevels([false, true, true]);
    await expectBars([false, true, true]);
    await mute.click();
    await expectLevels([true, true, true]);

    const solo = page.locator('.solo').nth(1);
    await solo.click();
    await expectLevels([false, true, false]);
    await solo.click();

    await page.locator('.level').nth(2).fill('0');
    await expectLevels([true, true, false]);
  });

  test('separates a microphone, which is silent until the user asks for it', async () => {
    await browser.goto(site.url);
    await page.evaluate(exposeMix);
    await page.evaluate(() => {
      const { mediaDevices } = navigator;
      const open = mediaDevices.getUserMedia.bind(mediaDevices);
      mediaDevices.getUserMedia = async (constraints) => {
        const stream = await open(constraints);
        Object.assign(window, { constraints, track: stream.getTracks()[0] });
        return stream;
      };
    });
    await page.getByRole('button', { name: 'Microphone' }).click();
    await until(browser, heard(300));
    expect(await browser.evaluate('constraints')).toEqual({
      audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    });
    expect(await page.locator('#listen').isVisible()).toBe(true);
    expect(await page.locator('#listen').isChecked()).toBe(false);
    await page.evaluate(measurePeaks);
    const [silent, audible] = ['Math.max(...peaks()) === 0', 'Math.max(...peaks()) > 0.01'];
    await until(browser, silent);
    await page.locator('#listen').check();
    await until(browser, audible);
    await page.locator('#listen').uncheck();
    await until(browser, silent);
    await browser.click('#learn-recent');
    await until(browser, LEARNED);
    expectIndependentMeters(await watchMeters(browser, METER_SECONDS));

    await page.getByRole('button', { name: 'Pop loop' }).click();
    await until(browser, `track.readyState === 'ended'`);
    expect(await page.locator('#listen').isVisible()).toBe(false);
  });

  test('plays every bundled clip, and a file', async () => {
    await openAndPlay(browser, site.url);
    for (const title of ['Drum loop', 'Oboe and piano', 'Piano, bass and drums']) {
      await page.getByRole('button', { name: title }).click();
      await until(browser, `document.querySelector('[aria-pressed=true]').textContent === '${title}'`);
      await until(browser, LEARNED);
    }
    const file = { name: 'mixture.wav', mimeType: 'audio/wav', buffer: await wav(mixture(), SAMPLE_RATE) };
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'File …' }).click(),
    ]);
    await chooser.setFiles(file);
    await until(browser, `document.querySelector('[aria-pressed=true]').textContent === 'File …'`);
    await until(browser, LEARNED);
    expect(await page.locator('#error').isVisible()).toBe(false);

    await page.setInputFiles('#file-chooser', { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('la') });
    await expect.poll(() => page.locator('#error-text').textContent()).toMatch(/^notes\.txt could/);
  });

  test('says what to do when the microphone is refused', async () => {
    await browser.goto(site.url);
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () =>
        Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
    });
    await page.getByRole('button', { name: 'Microphone' }).click();
    await expect.poll(() => page.locator('#error-text').textContent()).toMatch(/refused.*Allow it/s);
    await browser.click('#dismiss');
    expect(await page.locator('#error').isVisible()).toBe(false);
  });

  test('replaces the node when settings change, and continues separating', async () => {
    await openAndPlay(browser, site.url);
    await page.selectOption('select[name=latencyHint]', 'interactive');
    await until(browser, `document.getElementById('latency').textContent === '2.9 ms'`);
    // Change again before this node has learned.
    await page.selectOption('select[name=latencyHint]', 'balanced');
    await until(browser, `document.getElementById('latency').textContent === '8.7 ms'`);
    await page.selectOption('select[name=latencyHint]', 'playback');
    await until(browser, LEARNED);
    await page.locator('input[name=components]').fill('5');
    await until(browser, `document.querySelectorAll('.component').length === 5`);
    await until(browser, LEARNED);
    await page.evaluate(() => {
      for (const id of ['learn-clip', 'cancel']) document.getElementById(id)?.click();
    });
    await until(browser, LEARNED);
    expect(await page.locator('#error').isVisible()).toBe(false);
  });

  test('fits wide and narrow screens, and takes screenshots', async () => {
    await openAndPlay(browser, site.url);
    await until(browser, heard(400));
    for (const [name, width, height] of [
      ['wide', 1280, 960],
      ['narrow', 375, 812],
    ] as const) {
      await page.setViewportSize({ width, height });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: join(OUTPUT, `demo-${name}-${colorScheme}.png`), fullPage: true });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      }
    }
  });

  test('requests nothing from other hosts, and logs no error', async () => {
    const licences = await page.locator('footer a').getAttribute('href');
    expect((await page.request.get(new URL(licences!, page.url()).href)).ok()).toBe(true);
    expect([...hosts]).toEqual([new URL(site.url).host]);
    expect(browser.logs).toEqual([]);
  });

  test('is served isolated by npm start', async () => {
    const server = spawn(process.execPath, [SERVE], { env: { ...process.env, PORT: '0' } });
    try {
      await page.goto(await printedUrl(server));
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
      expect(await page.locator('#start').isVisible()).toBe(true);
    } finally {
      server.kill();
    }
  });
});

/** Runs in the page: collects downloads, which not every engine's driver supports. */
function collectDownloads(): void {
  const downloads: Blob[] = [];
  Object.assign(window, { downloads });
  HTMLAnchorElement.prototype.click = () => {};
  const create = URL.createObjectURL;
  URL.createObjectURL = (data) => {
    downloads.push(data as Blob);
    return create.call(URL, data);
  };
}

async function printedUrl(server: ChildProcess): Promise<string> {
  const [line] = await once(server.stdout!, 'data');
  return String(line).match(/http:\S+/)![0];
}

interface PageMoment {
  /** Whether a model is in use */
  learned: boolean;
  state: string;
  /** Of learning, from 0 to 1 */
  progress: number;
}

/** Runs in the page: lists in `window.moments` how it is after each change of its state. */
function recordMoments(): void {
  const { dataset } = document.body;
  const progress = document.querySelector<HTMLProgressElement>('#progress')!;
  const moments: PageMoment[] = [];
  Object.assign(window, { moments });
  new MutationObserver(() => {
    moments.push({ learned: dataset.learned === 'true', state: dataset.state!, progress: progress.value });
  }).observe(document.body, { attributes: true });
}
