// Files of any length and kind in the demo: opened, played, sought in, and learned from.
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { NMFModel } from 'nmf-separator-node';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { presentEngines } from '../harness/browsers.mjs';
import { type Browser, launch } from '../harness/launch.mjs';
import { browserMegabytes } from '../harness/memory.mjs';
import { exposeMix, LEARNED, serveDemo, until, untilText } from '../helpers/demoPage.ts';
import { MINUTE_TONES, muteVideo, SECOND_TONES, silentMp3, toneWav, writeTimedWav } from '../helpers/soundFiles.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const OPENING = fileURLToPath(new URL('../../demo/src/sources/soundFile.ts', import.meta.url));
const ENCODING = fileURLToPath(new URL('../helpers/encodeOpus.ts', import.meta.url));
const FLAC = fileURLToPath(new URL('../../demo/clips/drums.flac', import.meta.url));
/** Where the site has the page */
const FOLDER = 'some/folder';
const HOUR = 3600;
/** Seconds a file lasts that is just long enough to be decoded in pieces. */
const LONG = 200;
/** Milliseconds after which an hour of sound must play. */
const SOON = 10_000;
/** Hz between two bins of a template */
const BIN = 44100 / 2048;
const MOST_MEGABYTES = 300;
/** Second difference of the steady tone: 440 Hz at an amplitude of 0.2, in steps of 16 bits */
const SMOOTH = 0.2 * ((2 * Math.PI * 440) / 44100) ** 2 + 4 / 32768;

let site: Awaited<ReturnType<typeof serveDemo>>;

beforeAll(async () => {
  site = await serveDemo({ clipSeconds: 4 });
  writeTimedWav(join(site.folder, FOLDER, 'hour.wav'), HOUR, 8000);
  writeTimedWav(join(site.folder, FOLDER, 'timed.wav'), LONG, 22050);
  await writeFile(join(site.folder, FOLDER, 'tone.wav'), toneWav(440, LONG, 22050));
  await writeFile(join(site.folder, FOLDER, 'meter.js'), METER);
  // What opens files, beside the page, to compare samples.
  await build({
    entryPoints: { soundFile: OPENING, encode: ENCODING },
    outdir: join(site.folder, FOLDER, 'opening'),
    bundle: true,
    splitting: true,
    format: 'esm',
    alias: { 'node:fs/promises': fileURLToPath(new URL('../helpers/nothing.ts', import.meta.url)) },
    logLevel: 'error',
  });
});
afterAll(() => site?.close());

/** Opens the page anew, without automatic learning. */
async function openPage(browser: Browser): Promise<void> {
  await browser.goto('about:blank');
  await browser.goto(site.url);
  await browser.evaluate(exposeMix);
  await browser.click('#automatic');
}

/** Puts what a module of the site exports into `window`. */
function importInto(browser: Browser, module: string): Promise<void> {
  // As text: Vitest would change an import inside a function.
  return browser.evaluate(`import(location.pathname + '${module}').then((found) => void Object.assign(window, found))`);
}

/** Drops a file that the site has, as from another window. */
function drop(browser: Browser, name: string): Promise<void> {
  return browser.evaluate(async (file: string) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([await (await fetch(file)).blob()], file));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true }));
  }, name);
}

describe.each(presentEngines())('files in %s', (engine) => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch(engine);
  });
  afterAll(() => browser?.close());

  test('a long file plays without a seam, also where it starts again, and can be sought in without a click', async () => {
    await openPage(browser);
    await drop(browser, 'tone.wav');
    await untilText(browser, '.timeline-clock', /^0:0[1-9] \/ 3:20$/);
    await browser.evaluate(startMeter);
    await untilText(browser, '.timeline-clock', /^0:0[4-9]/);
    // Discard the first reading: the meter started in the middle of the tone.
    await browser.evaluate('heard()');
    await untilText(browser, '.timeline-clock', /^0:(0[7-9]|1)/);
    const playing = await browser.evaluate<Heard>('heard()');
    await seekByKeys(browser, LONG - 5);
    // A second later the sound has faded in.
    await untilText(browser, '.timeline-clock', /^3:1[67]/);
    const sought = await browser.evaluate<Heard>('heard()');
    await untilText(browser, '.timeline-clock', /^0:0[1-9]/);
    const again = await browser.evaluate<Heard>('heard()');
    console.log(`${engine}: largest second difference ${Math.max(playing.edge, sought.edge, again.edge).toFixed(5)}`);
    expect(playing.quiet).toBe(false);
    expect(playing.edge).toBeLessThan(SMOOTH);
    expect(sought.edge).toBeLessThan(SMOOTH);
    expect(again.quiet).toBe(false);
    expect(again.edge).toBeLessThan(SMOOTH);
  });

  test('seeking is exact: the pitch tells the position', async () => {
    await openPage(browser);
    await drop(browser, 'timed.wav');
    await untilText(browser, '.timeline-clock', /^0:0[1-9]/);
    await browser.evaluate(startListening, [MINUTE_TONES, SECOND_TONES]);
    await until(browser, AGREES);
    for (const seconds of [143, 7]) {
      await seekByKeys(browser, seconds);
      await untilText(browser, '.timeline-clock', seconds === 143 ? /^2:2/ : /^0:(0[7-9]|1)/);
      await until(browser, AGREES);
    }
  });

  test('an excerpt has the samples of the file, at either rate', async () => {
    await openPage(browser);
    await importInto(browser, 'opening/soundFile.js');
    for (const name of ['timed.wav', 'hour.wav']) {
      const { error, originalError, rates } = await browser.evaluate(errorsOfExcerpt, name);
      expect(rates).toEqual([44100, name === 'hour.wav' ? 8000 : 22050]);
      expect(error, name).toBeLessThan(1e-3);
      // Half a step of 16 bits
      expect(originalError, name).toBeLessThan(2e-5);
    }
  });
});

describe.runIf(presentEngines().includes('chromium'))('files', () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launch('chromium');
    page = browser.page as Page;
  });
  afterAll(() => browser?.close());
  beforeEach(() => openPage(browser));

  const choose = (name: string, buffer: Buffer) =>
    page.setInputFiles('#file-chooser', { name, mimeType: 'audio/wav', buffer });
  const slider = (name: string) => page.getByRole('slider', { name, exact: true });

  test('an hour of sound plays soon, and learns from the part that was chosen, in little memory', async () => {
    const before = browserMegabytes();
    let most = 0;
    const watching = setInterval(() => {
      most = Math.max(most, browserMegabytes() - before);
    }, 100);
    await page.evaluate(watchProgress);
    const start = performance.now();
    await page.setInputFiles('#file-chooser', join(site.folder, FOLDER, 'hour.wav'));
    await untilText(browser, '.timeline-clock', /^0:0[1-9] \/ 60:00$/);
    expect(performance.now() - start).toBeLessThan(SOON);
    expect(await page.evaluate('progress')).toContain('Reading hour.wav …');
    expect(await page.locator('.timeline-progress').isVisible()).toBe(false);
    expect(await page.locator('.timeline-name').textContent()).toBe('hour.wav');

    await page.evaluate(startListening, [MINUTE_TONES, SECOND_TONES] as [number[], number[]]);
    await clickAt(page, 45.1 / 60);
    await untilText(browser, '.timeline-clock', /^45:[01]/);
    await until(browser, AGREES);
    await page.getByRole('button', { name: 'Learn from here on' }).click();
    // The region began up to twenty seconds into the minute; it ends before the next one does.
    for (let tens = 0; tens < 3; tens++) await slider('Learn up to').press('Shift+ArrowLeft');
    // One part has both tones; of three, one would be what is left between their bins.
    await page.locator('#component-count').fill('1');
    await until(browser, `document.querySelectorAll('.component').length === 1`);
    await page.locator('#learn-clip').click();
    await until(browser, LEARNED);
    // Templates tell tones apart by one bin.
    for (const tone of await lowTones(page)) expect(Math.abs(tone - MINUTE_TONES[45])).toBeLessThan(BIN);
    clearInterval(watching);
    console.log(`An hour of sound: ${most.toFixed(0)} MB above the start`);
    expect(most).toBeLessThan(MOST_MEGABYTES);
  });

  test('the region is moved by keys and by the pointer, and is three minutes at most', async () => {
    await openPage(browser);
    await page.setInputFiles('#file-chooser', join(site.folder, FOLDER, 'hour.wav'));
    // The loudest minute, which is found a moment after the first one is shown.
    await untilText(browser, '.timeline-told', /^Learns from [1-9]\d*:\d\d to \d+:\d\d\.$/);
    await slider('Learn from').press('Home');
    expect(await page.locator('.timeline-told').textContent()).toBe('Learns from 0:00 to 3:00, at most 3 minutes.');
    await slider('Learn up to').press('End');
    expect(await page.locator('.timeline-told').textContent()).toMatch(/^Learns from 57:00 to 60:00/);
    await slider('Learn from').press('ArrowRight');
    await slider('Learn from').press('Shift+ArrowRight');
    expect(await page.locator('.timeline-told').textContent()).toBe('Learns from 57:11 to 60:00.');
    expect(await slider('Learn from').getAttribute('aria-valuetext')).toBe('57 minutes 11 seconds');
    await page.locator('.timeline-start').scrollIntoViewIfNeeded();
    const handle = (await page.locator('.timeline-start').boundingBox())!;
    const track = (await page.locator('.timeline-track').boundingBox())!;
    await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
    await page.mouse.down();
    await page.mouse.move(track.x + track.width / 2, handle.y, { steps: 4 });
    await page.mouse.up();
    expect(await page.locator('.timeline-told').textContent()).toMatch(
      /^Learns from (29:5\d|30:0\d) to (32:5\d|33:0\d)/,
    );
  });

  test('a bad file says what is wrong with it, and leaves the page as it was', async () => {
    const before = await page.evaluate(stateOfPage);
    const notes = Buffer.from('la la la, said the text\n'.repeat(1000));
    const bad: [string, Buffer, RegExp][] = [
      ['empty.wav', Buffer.alloc(0), /^empty\.wav is empty\./],
      ['notes.txt', notes, /^notes\.txt could not be read as sound\. Try/],
      ['notes.mp3', notes, /^notes\.mp3 could not be read as sound\. Try/],
      ['mute.webm', await muteVideo(), /^mute\.webm is a video without sound\./],
      ['nothing.wav', toneWav(440, 0, 44100), /^nothing\.wav holds no sound/],
      ['blip.wav', toneWav(440, 0.02, 44100), /^blip\.wav is too short to learn from: it lasts 20 ms\./],
    ];
    for (const [name, buffer, message] of bad) {
      await choose(name, buffer);
      await expect.poll(() => page.locator('#error-text').textContent(), { message: name }).toMatch(message);
      await page.click('#dismiss');
      expect(await page.evaluate(stateOfPage), name).toEqual(before);
    }
    await choose('good.wav', toneWav(440, 2, 44100));
    await untilText(browser, '.timeline-clock', /^0:01 \/ 0:02$/);
    // Nor does a bad file end what plays.
    await choose('empty.wav', Buffer.alloc(0));
    await expect.poll(() => page.locator('#error-text').textContent()).toMatch(/^empty/);
    expect(await page.locator('.timeline-name').textContent()).toBe('good.wav');
    await untilText(browser, '.timeline-clock', /^0:00/);
    await untilText(browser, '.timeline-clock', /^0:01/);
  });

  test('odd files play', async () => {
    const flac = await readFile(FLAC);
    const tone = toneWav(440, 4, 44100);
    const mp3 = silentMp3(LONG + 20);
    const odd: [string, Buffer, RegExp][] = [
      ['slow.wav', toneWav(440, 3, 8000), /0:03$/],
      ['fast.wav', toneWav(440, 3, 192_000), /0:03$/],
      ['six channels.wav', toneWav(440, 3, 48_000, 6), /0:03$/],
      ['cut.wav', tone.subarray(0, tone.length / 2), /0:0[12]$/],
      ['misnamed.txt', tone, /0:04$/],
      ['cut.flac', flac.subarray(0, flac.length / 2), /0:\d\d$/],
      ['cut.mp3', mp3.subarray(0, mp3.length - 200), /3:39$/],
      ['cut long.wav', toneWav(440, LONG + 40, 8000).subarray(0, 2 * 8000 * LONG), /3:(19|20)$/],
    ];
    for (const [name, buffer, length] of odd) {
      await choose(name, buffer);
      await untilText(browser, '.timeline-name', new RegExp(`^${name}$`));
      await untilText(browser, '.timeline-clock', new RegExp(`^0:01.*${length.source}`));
      expect(await page.locator('#error').isVisible(), name).toBe(false);
      if (buffer === mp3 || name.endsWith('.mp3') || name.endsWith('.flac')) continue;
      await page.evaluate(startListening, [MINUTE_TONES, [440, 880]] as [number[], number[]]);
      await until(browser, `listen().second === 0`);
    }
  });

  test('a compressed file is decoded in pieces, and is as exact', async () => {
    await importInto(browser, 'opening/encode.js');
    const opus = Buffer.from(
      await page.evaluate(encodeTimed, [MINUTE_TONES, SECOND_TONES] as [number[], number[]]),
      'base64',
    );
    await choose('timed.webm', opus);
    await untilText(browser, '.timeline-clock', /^0:0[1-9] \/ 3:20$/);
    await page.evaluate(startListening, [MINUTE_TONES, SECOND_TONES] as [number[], number[]]);
    await until(browser, AGREES);
    await seekByKeys(browser, 143);
    await untilText(browser, '.timeline-clock', /^2:2/);
    await until(browser, AGREES);
  });

  test('has no serious accessibility violations, wide, narrow and dark, and every target is large enough', async () => {
    await page.setInputFiles('#file-chooser', join(site.folder, FOLDER, 'hour.wav'));
    await untilText(browser, '.timeline-clock', /^0:0[1-9]/);
    await page.evaluate(await readFile(AXE, 'utf8'));
    for (const [width, colorScheme] of [
      [1280, 'light'],
      [1280, 'dark'],
      [320, 'light'],
      [320, 'dark'],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate(violations), `${width} ${colorScheme}`).toEqual([]);
    }
    for (const name of ['start', 'end', 'here']) {
      const { width, height } = (await page.locator(`.timeline-${name}`).boundingBox())!;
      expect(Math.min(width, height), name).toBeGreaterThanOrEqual(44);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  });
});

interface Heard {
  /** Largest second difference */
  readonly edge: number;
  /** Whether three milliseconds were silent */
  readonly quiet: boolean;
}

/** Reports what was heard since the last request. */
const METER = `registerProcessor('meter', class extends AudioWorkletProcessor {
  constructor() {
    super();
    Object.assign(this, { last: 0, before: 0, edge: 0, quiet: false });
    this.port.onmessage = () => {
      this.port.postMessage({ edge: this.edge, quiet: this.quiet });
      Object.assign(this, { edge: 0, quiet: false });
    };
  }
  process([[samples]]) {
    if (!samples) return true;
    this.quiet ||= samples.every((sample) => Math.abs(sample) < 0.01);
    for (const sample of samples) {
      this.edge = Math.max(this.edge, Math.abs(sample - 2 * this.last + this.before));
      this.before = this.last;
      this.last = sample;
    }
    return true;
  }
});`;

/** Runs in the page: measures the output. `window.heard()` requests a reading. */
async function startMeter(): Promise<void> {
  const { mix } = window as never as { mix: AudioNode };
  await (mix.context as AudioContext).audioWorklet.addModule('meter.js');
  const meter = new AudioWorkletNode(mix.context, 'meter', { channelCount: 1, channelCountMode: 'explicit' });
  mix.connect(meter).connect(mix.context.destination);
  const heard = () =>
    new Promise((resolve) => {
      meter.port.onmessage = ({ data }) => resolve(data);
      meter.port.postMessage(null);
    });
  Object.assign(window, { heard });
}

/** Runs in the page: `window.listen()` tells which tone of each list is the loudest now. */
function startListening([minutes, seconds]: [number[], number[]]): void {
  const { mix } = window as never as { mix: AudioNode };
  const analyser = new AnalyserNode(mix.context, { fftSize: 8192 });
  mix.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const levelOf = (frequency: number) => {
    const step = (2 * Math.PI * frequency) / mix.context.sampleRate;
    let [real, imaginary] = [0, 0];
    for (const [n, sample] of samples.entries()) {
      real += sample * Math.cos(step * n);
      imaginary += sample * Math.sin(step * n);
    }
    return Math.hypot(real, imaginary);
  };
  const loudest = (tones: number[]) => {
    const levels = tones.map(levelOf);
    return levels.indexOf(Math.max(...levels));
  };
  const listen = () => {
    analyser.getFloatTimeDomainData(samples);
    return { minute: loudest(minutes), second: loudest(seconds) };
  };
  Object.assign(window, { listen });
}

/** Whether the second that is heard is the one that the clock shows, or the one that it has just left. */
const AGREES = `(() => {
  const [minute, second] = document.querySelector('.timeline-clock').textContent.match(/\\d+/g).map(Number);
  const heard = listen();
  const late = 60 * minute + second - (60 * heard.minute + heard.second);
  return late === 0 || late === 1;
})()`;

/** Seeks by the keys of the playhead, also in browsers that are driven without a keyboard. */
function seekByKeys(browser: Browser, seconds: number): Promise<void> {
  return browser.evaluate((wanted: number) => {
    const playhead = document.querySelector<HTMLElement>('.timeline-playhead')!;
    const press = (key: string) =>
      playhead.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    playhead.focus();
    press('Home');
    for (let at = 10; at <= wanted; at += 10) press('PageUp');
    for (let i = 0; i < wanted % 10; i++) press('ArrowRight');
  }, seconds);
}

async function clickAt(page: Page, place: number): Promise<void> {
  await page.locator('.timeline-track').scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await page.locator('.timeline-track').boundingBox())!;
  await page.mouse.click(x + place * width, y + height / 2);
}

/** Runs in the page: collects what is announced while reading in `window.progress`. */
function watchProgress(): void {
  const status = document.querySelector('.timeline-status')!;
  const bar = document.querySelector('.timeline-progress')!;
  const progress: string[] = [];
  new MutationObserver(() => {
    if (!(bar as HTMLElement).hidden) progress.push(status.textContent);
  }).observe(status.parentElement!, { subtree: true, childList: true, attributes: true });
  Object.assign(window, { progress });
}

/** Runs in the page: everything that a user could find changed */
function stateOfPage() {
  const controls = [...document.querySelectorAll<HTMLButtonElement>('button, input, select')];
  return {
    data: { ...document.body.dataset },
    controls: controls.map(({ id, disabled, hidden, value }) => ({ id, disabled, hidden, value })),
    // Of all text, only what can be seen.
    text: [...document.querySelectorAll<HTMLElement>('main p, main output')]
      .filter((found) => found.checkVisibility())
      .map(({ textContent }) => textContent),
  };
}

/** Hz: the loudest tone of each learned template, among those that tell the minute */
async function lowTones(page: Page): Promise<Set<number>> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#save-model')]);
  const model = NMFModel.fromJSON(JSON.parse(await readFile(await download.path(), 'utf8')));
  const bins = model.fftSize / 2 + 1;
  const levelOf = (template: number, tone: number) =>
    model.templates[template * bins + Math.round((tone * model.fftSize) / model.sampleRate)];
  return new Set(
    Array.from(model.componentOf, (_, r) =>
      MINUTE_TONES.reduce((loudest, tone) => (levelOf(r, tone) > levelOf(r, loudest) ? tone : loudest)),
    ),
  );
}

/** Runs in the page: the largest errors of excerpts of a file that the site has, from 100.2 s to 102.8 s. */
async function errorsOfExcerpt(name: string) {
  const { openSoundFile } = window as never as {
    openSoundFile: typeof import('../../demo/src/sources/soundFile.ts').openSoundFile;
  };
  const file = new File([await (await fetch(name)).blob()], name);
  const opened = await openSoundFile(file, new OfflineAudioContext(1, 1, 44100), () => {});
  const [from, to] = [100.2, 102.8];
  const valueAt = (seconds: number) => {
    const second = Math.floor(seconds + 1e-9);
    const tones = [200 + 10 * Math.floor(second / 60), 1000 + 40 * (second % 60)];
    return tones.reduce((sum, tone) => sum + 0.2 * Math.sin(2 * Math.PI * tone * seconds), 0);
  };
  const errorOf = (buffer: AudioBuffer) => {
    // The filter of the resampler reaches beyond the excerpt, and beyond each change of pitch.
    const clear = (seconds: number) =>
      Math.abs(seconds - Math.round(seconds)) > 0.01 && seconds > from + 0.01 && seconds < to - 0.01;
    return buffer.getChannelData(0).reduce((largest, sample, n) => {
      const seconds = from + n / buffer.sampleRate;
      return clear(seconds) ? Math.max(largest, Math.abs(sample - valueAt(seconds))) : largest;
    }, 0);
  };
  const [excerpt, original] = [await opened.excerpt(from, to), await opened.original(from, to)];
  return {
    error: errorOf(excerpt),
    originalError: errorOf(original),
    rates: [excerpt.sampleRate, original.sampleRate],
  };
}

/** Runs in the page: 200 s whose pitch tells the time as Opus in WebM, in base64. */
async function encodeTimed([minutes, seconds]: [number[], number[]]): Promise<string> {
  const { encodeOpus } = window as never as { encodeOpus: typeof import('../helpers/encodeOpus.ts').encodeOpus };
  return encodeOpus(200, 48_000, (second: number, time: number) =>
    [minutes[Math.floor(second / 60)], seconds[second % 60]].reduce(
      (sum, tone) => sum + 0.2 * Math.sin(2 * Math.PI * tone * time),
      0,
    ),
  );
}

/** Runs in the page. */
async function violations() {
  const { axe } = window as never as {
    axe: { run(context: string): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
  };
  const found = await axe.run('#timeline');
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(', ')}`);
}
