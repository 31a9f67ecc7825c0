// The stage of NMF on the demo page: a factorisation that one watches, by real clicks and keys.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import decodeWav from '@audio/decode-wav';
import encodeWav from '@audio/encode-wav';
import { factorize, learn, magnitudes, stft } from 'nmf-separator-node/dsp';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Factorization } from '../../demo/src/factorization/worker/FactorizationWorker.ts';
import { Iterations, initialFactors } from '../../demo/src/factorization/worker/Iterations.ts';
import { randomFactors } from '../../src/dsp/learning/initialisation/randomFactors.ts';
import { presentEngines } from '../harness/browsers.mjs';
import { type Browser, launch } from '../harness/launch.mjs';
import { exposeMix, LEARNED, mixture, SAMPLE_RATE, serveDemo, until } from '../helpers/demoPage.ts';
import { difference, levelBelow, threeSources } from '../helpers/signals.ts';
import { lectureByReference, lectureFrames } from '../reference/lecture.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const CLIP_SECONDS = 4;
/** Bytes of a WAV before its samples. */
const WAV_HEADER = 44;
const LECTURE_RATE = 22_050;
/** Iterations, as the page and the lecture have them. */
const ITERATIONS = 100;
const ROOT = '#factorization';
const ITERATION = `Number(document.querySelector('${ROOT}').dataset.iteration)`;
const ENDED = `${ITERATION} === ${ITERATIONS}`;
/** Animation frames after which an answer that was under way has come, and in which one that should not come would. */
const FRAMES = 60;
/** CSS pixels */
const TOUCH_TARGET = 44;

/** The samples of a 16-bit WAV, as browsers decode them. */
function samplesOf(bytes: Buffer): Float32Array {
  const sound = Uint8Array.from(bytes.subarray(WAV_HEADER));
  return Float32Array.from(new Int16Array(sound.buffer), (value) => value / 2 ** 15);
}

function spectrogramOf(
  samples: Float32Array,
  { fftSize, hopSize, window }: Pick<Factorization, 'fftSize' | 'hopSize' | 'window'>,
) {
  const X = stft(samples, { fftSize, hopSize, window });
  return { values: magnitudes(X), frames: X.frames, bins: X.bins };
}

/** Of the largest value. */
function farthest(found: ArrayLike<number>, wanted: ArrayLike<number>): number {
  const largest = Array.from(wanted).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return Array.from(found).reduce((most, value, i) => Math.max(most, Math.abs(value - wanted[i])), 0) / largest;
}

/** Runs in the page: resolves after so many animation frames, with their number per second. */
async function animate(frames: number): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < frames; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
  return (1000 * frames) / (performance.now() - start);
}

describe.each(['euclidean', 'kullback-leibler', 'itakura-saito'] as const)(
  '%s, iteration by iteration',
  (divergence) => {
    const layout = { fftSize: 1024, hopSize: 512, window: 'hann' } as const;
    const V = spectrogramOf(mixture().subarray(0, 2 * SAMPLE_RATE), layout);
    const options = { components: 3, divergence, seed: 7 };

    test.each(['multiplicative', 'fast'] as const)('%s ends where one call does', (solver) => {
      const iterations = new Iterations(V, { ...options, solver });
      // Long enough for values that have all but vanished to come back.
      for (let i = 0; i < ITERATIONS; i++) iterations.advance(1);
      const { components: templates, seed } = options;
      const limits = { iterations: ITERATIONS, tolerance: 0 };
      const whole = factorize(V.values, V.frames, V.bins, { templates, divergence, seed, solver, ...limits });
      expect(farthest(iterations.losses, whole.loss)).toBeLessThan(1e-6);
      expect(farthest(iterations.factors.templates, whole.templates)).toBeLessThan(1e-6);
      expect(farthest(iterations.factors.activations, whole.activations)).toBeLessThan(1e-6);
    });

    test('starts with what the package draws', () => {
      const drawn = randomFactors({ ...V, count: 3 }, options.seed);
      expect(initialFactors(V, { ...options, solver: 'fast' })).toEqual(drawn);
    });
  },
);

describe.runIf(presentEngines().includes('chromium'))('the stage', () => {
  let site: Awaited<ReturnType<typeof serveDemo>>;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    site = await serveDemo({ clipSeconds: CLIP_SECONDS });
    browser = await launch('chromium');
    page = browser.page as Page;
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  beforeEach(async () => {
    await page.emulateMedia({ reducedMotion: 'no-preference', colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 800 });
    await browser.goto('about:blank');
    await browser.goto(site.url);
    await browser.evaluate(noteSounds);
    await browser.evaluate(exposeMix);
    await page.click('#start');
    await until(browser, LEARNED);
    await page.locator(`${ROOT} .pictures`).scrollIntoViewIfNeeded();
    await until(browser, `${ITERATION} >= 1`);
  });
  afterEach(async () => {
    expect(browser.logs.filter((line) => line.startsWith('pageerror'))).toEqual([]);
  });

  const stage = (selector: string) => page.locator(`${ROOT} ${selector}`);
  const press = (name: string) => page.locator(ROOT).getByRole('button', { name, exact: true }).click();
  const iteration = () => browser.evaluate<number>(ITERATION);
  const pixelsOf = (selector: string) =>
    stage(selector).evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  const textOf = (selector: string) => stage(selector).textContent();
  const save = async (action: () => Promise<unknown>) => {
    const [download] = await Promise.all([page.waitForEvent('download'), action()]);
    return readFile(await download.path());
  };
  const numbers = async (): Promise<Factorization> => JSON.parse(String(await save(() => press('Save W and H'))));
  const sounds = () => browser.evaluate<Sound[]>('window.sounds');
  const runToEnd = async () => {
    await press('Run');
    await until(browser, ENDED);
  };
  const pause = async () => {
    await press('Pause');
    await browser.evaluate(animate, FRAMES);
  };
  /** Opens a file in float32, which every engine decodes to the very same samples. */
  const openClip = async (sampleRate: number, samples: Float32Array) => {
    const encoder = await encodeWav({ sampleRate, bitDepth: 32 });
    encoder.encode([samples]);
    const buffer = Buffer.from(encoder.flush());
    encoder.free();
    const before = await textOf('.message');
    await page.locator('#file-chooser').setInputFiles({ name: 'clip.wav', mimeType: 'audio/wav', buffer });
    await until(browser, `document.querySelector('${ROOT} .message').textContent !== ${JSON.stringify(before)}`);
    await until(browser, `document.querySelector('${ROOT}').dataset.state === 'ready'`);
  };

  test('goes by itself in slow motion, and its pictures change with the iterations', async () => {
    expect(await stage('[data-pace=slow]').getAttribute('aria-pressed')).toBe('true');
    const canvases = ['.templates', '.rows', '.product canvas'];
    const before = { at: await iteration(), pixels: await Promise.all(canvases.map(pixelsOf)) };
    const mixture = await pixelsOf('.mixture canvas');
    await until(browser, `${ITERATION} > ${before.at + 2}`);
    for (const [i, canvas] of canvases.entries()) expect(await pixelsOf(canvas)).not.toBe(before.pixels[i]);
    expect(await pixelsOf('.mixture canvas')).toBe(mixture);
  });

  test('ends where the package ends, after its iterations, with a point for each', async () => {
    const samples = mixture().subarray(0, CLIP_SECONDS * SAMPLE_RATE);
    await openClip(SAMPLE_RATE, samples);
    await runToEnd();
    const found = await numbers();
    const V = spectrogramOf(samples, found);
    const { components: templates, divergence, solver, seed } = found;
    const options = { templates, divergence, solver, seed, iterations: ITERATIONS, tolerance: 0 };
    const wanted = factorize(V.values, V.frames, V.bins, options);
    expect(found.frames).toBe(V.frames);
    expect(productDifference(found, wanted, V.bins)).toBeLessThan(1e-5);
    expect(found.errors).toHaveLength(ITERATIONS);
    found.errors.forEach((error, i) => {
      expect(error).toBeLessThanOrEqual((i > 0 ? found.errors[i - 1] : 10) * (1 + 1e-6));
    });
    expect(found.errors[ITERATIONS - 1]).toBeLessThan(found.errors[0]);
    expect(await stage('.errors').getAttribute('aria-label')).toContain(`${ITERATIONS} points`);
    expect(await textOf('.error-value')).toBe(found.errors[ITERATIONS - 1].toFixed(4));
    expect(await stage('[data-pace=pause]').getAttribute('aria-pressed')).toBe('true');
  });

  test('pauses, and steps by one', async () => {
    await press('Start again');
    await pause();
    const paused = await iteration();
    expect(paused).toBeLessThan(ITERATIONS);
    await browser.evaluate(animate, FRAMES);
    expect(await iteration()).toBe(paused);
    for (let step = 1; step <= 2; step++) {
      await press('Step');
      await until(browser, `${ITERATION} === ${paused + step}`);
    }
    await browser.evaluate(animate, FRAMES);
    expect(await iteration()).toBe(paused + 2);
    expect(await stage('.errors').getAttribute('aria-label')).toContain(`${paused + 2} points`);
  });

  test('another start comes to another end, and the same start to the same', async () => {
    await runToEnd();
    const first = await pixelsOf('.product canvas');
    await press('Another start');
    await until(browser, `${ITERATION} < ${ITERATIONS}`);
    await runToEnd();
    expect(await pixelsOf('.product canvas')).not.toBe(first);
    await stage('.seed input').fill('0');
    await stage('.seed input').press('Enter');
    await until(browser, `${ITERATION} < ${ITERATIONS}`);
    await runToEnd();
    expect(await pixelsOf('.product canvas')).toBe(first);
  });

  test('shows what is left at a click, and the product at the next', async () => {
    await runToEnd();
    const whole = await pixelsOf('.product canvas');
    await press('What is left: |V − W·H|');
    expect(await pixelsOf('.product canvas')).not.toBe(whole);
    expect(await textOf('.product .tag')).toContain('what is left');
    await press('What is left: |V − W·H|');
    expect(await pixelsOf('.product canvas')).toBe(whole);
  });

  test.each([
    ['the list', '.list button:nth-child(2)', 0.5, 0.5],
    ['its column of W', '.templates', 0.5, 0.5],
    ['its row of H', '.rows', 0.5, 0.5],
  ])(
    'pointing at a component in %s lights it and plays it until the pointer leaves',
    async (_where, selector, x, y) => {
      await runToEnd();
      const whole = await pixelsOf('.product canvas');
      const before = (await sounds()).length;
      const target = stage(selector);
      const { width, height } = (await target.boundingBox())!;
      await target.hover({ position: { x: x * width, y: y * height } });
      expect(await textOf('.product .tag')).toContain('component 2');
      expect(await pixelsOf('.product canvas')).not.toBe(whole);
      await until(browser, `window.sounds.length > ${before}`);
      const [sound] = (await sounds()).slice(before);
      expect(sound.peak).toBeGreaterThan(0.001);
      expect(sound.seconds).toBeCloseTo(CLIP_SECONDS, 2);
      await until(browser, `document.body.dataset.playing === 'false'`);
      await page.mouse.move(0, 0);
      await until(browser, `document.body.dataset.playing === 'true'`);
      expect(await pixelsOf('.product canvas')).toBe(whole);
    },
  );

  test('a component is chosen by keyboard, and let go again', async () => {
    const button = stage('.list button').first();
    await button.focus();
    await page.keyboard.press('Enter');
    expect(await button.getAttribute('aria-pressed')).toBe('true');
    expect(await textOf('.product .tag')).toContain('component 1');
    await until(browser, `document.body.dataset.playing === 'false'`);
    await page.keyboard.press('Enter');
    expect(await button.getAttribute('aria-pressed')).toBe('false');
    await until(browser, `document.body.dataset.playing === 'true'`);
    expect(await button.evaluate((each) => each === document.activeElement)).toBe(true);
  });

  test('pointing is silent if so wished', async () => {
    await stage('.audible').uncheck();
    const before = (await sounds()).length;
    await stage('.list button').first().click();
    expect(await textOf('.product .tag')).toContain('component 1');
    await stage('.list button').first().click();
    await stage('.audible').check();
    await stage('.list button').first().click();
    await until(browser, `window.sounds.length > ${before}`);
    expect(await sounds()).toHaveLength(before + 1);
  });

  test('the lecture is the lecture, to the letter', async () => {
    const sources = threeSources(LECTURE_RATE, 3);
    const samples = sources[0].map((value, n) => value + sources[1][n] + sources[2][n]);
    await openClip(LECTURE_RATE, samples);
    await press('The lecture, to the letter');
    await until(browser, `!document.querySelector('${ROOT} table').hidden`);
    const found = await numbers();
    expect(found).toMatchObject({
      ...{ sampleRate: LECTURE_RATE, fftSize: 2048, hopSize: 512, window: 'blackman-harris' },
      ...{ divergence: 'euclidean', solver: 'multiplicative', maskExponent: 1, iteration: ITERATIONS },
    });
    const shape = { frames: lectureFrames(samples.length), bins: 1025, count: found.components };
    const drawn = randomFactors(shape, found.seed);
    const start = { templates0: drawn.templates, activations0: drawn.activations };
    const wanted = lectureByReference({ samples, ...start });
    const [last] = wanted.errors.slice(-1);
    const offset = Math.abs(found.errors[ITERATIONS - 1] - last) / last;
    const levels: number[] = [];
    for (const [k, reference] of wanted.filtered.entries()) {
      const name = `Download component ${k + 1}, filtered, as WAV`;
      const { channelData, sampleRate } = await decodeWav(await save(() => press(name)));
      expect(sampleRate).toBe(LECTURE_RATE);
      const expected = Float32Array.from(reference);
      levels.push(levelBelow(expected, difference(channelData[0], expected)));
    }
    console.log(`the lecture: error ${last.toFixed(6)}, off by ${offset.toExponential(1)}; filtered`, levels, 'dB');
    expect(offset).toBeLessThan(1e-4);
    for (const level of levels) expect(level).toBeLessThan(-60);
    expect(productDifference(found, wanted, shape.bins)).toBeLessThan(1e-3);
  });

  test('the lecture ends where `learn` ends, and makes the templates audible', async () => {
    const samples = mixture().subarray(0, CLIP_SECONDS * SAMPLE_RATE);
    await openClip(SAMPLE_RATE, samples);
    await press('The lecture, to the letter');
    await until(browser, `!document.querySelector('${ROOT} table').hidden`);
    const { templates, activations, ...found } = await numbers();
    const { components, divergence, solver, seed, fftSize, hopSize, window } = found;
    const learned = learn(
      { channels: [samples], sampleRate: SAMPLE_RATE },
      {
        ...{ components, divergence, solver, seed, fftSize, hopSize, window, sampleRate: SAMPLE_RATE },
        ...{ iterations: ITERATIONS, tolerance: 0, restarts: 1, clustering: 'none', order: 'none' },
      },
    );
    expect(farthest(templates, learned.templates)).toBeLessThan(1e-5);
    expect(farthest(activations, learned.activations)).toBeLessThan(1e-5);
    const { channelData } = await decodeWav(await save(() => press('Download component 1, as WAV')));
    const { values, frames, bins } = spectrogramOf(channelData[0], found);
    const mean = Float32Array.from({ length: bins }, (_, f) => {
      let sum = 0;
      for (let t = 0; t < frames; t++) sum += values[t * bins + f];
      return sum;
    });
    expect(cosine(mean, Float32Array.from(templates).subarray(0, bins))).toBeGreaterThan(0.97);
    const before = (await sounds()).length;
    const play = page.locator(ROOT).getByRole('button', { name: 'Play component 1', exact: true });
    await play.click();
    expect(await play.getAttribute('aria-pressed')).toBe('true');
    await until(browser, `window.sounds.length > ${before}`);
    await play.click();
    expect(await play.getAttribute('aria-pressed')).toBe('false');
    await press('The lecture, to the letter');
    await until(browser, `document.querySelector('${ROOT} table').hidden && ${ITERATION} < ${ITERATIONS}`);
  });

  test('computes nothing while it is out of view', async () => {
    await press('Start again');
    await page.evaluate(() => scrollTo(0, 0));
    await page.setViewportSize({ width: 1280, height: 200 });
    await browser.evaluate(animate, FRAMES);
    const hidden = await iteration();
    await browser.evaluate(animate, FRAMES);
    expect(await iteration()).toBe(hidden);
    expect(hidden).toBeLessThan(ITERATIONS);
    await page.setViewportSize({ width: 1280, height: 800 });
    await stage('.pictures').scrollIntoViewIfNeeded();
    await until(browser, `${ITERATION} > ${hidden}`);
  });

  test('with reduced motion it shows the end, and steps by hand alone', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await browser.goto('about:blank');
    await browser.goto(site.url);
    await page.click('#start');
    await until(browser, LEARNED);
    await stage('.pictures').scrollIntoViewIfNeeded();
    await until(browser, ENDED);
    expect(await stage('[data-pace=slow]').isVisible()).toBe(false);
    await press('Start again');
    await until(browser, `${ITERATION} === 0`);
    await press('Step');
    await until(browser, `${ITERATION} === 1`);
    await browser.evaluate(animate, FRAMES);
    expect(await iteration()).toBe(1);
  });

  test('keeps the frame rate while it runs and sound plays', async () => {
    const rates: Record<string, number> = {};
    for (const pace of ['Slow motion', 'Run', 'Pause']) {
      await press('Start again');
      await press(pace);
      rates[pace] = Math.round(await browser.evaluate(animate, FRAMES));
    }
    console.log('animation frames a second, while sound plays:', rates);
  });

  test('has no accessibility violation, fits a phone, and has targets for fingers there', async () => {
    await press('The lecture, to the letter');
    await until(browser, `!document.querySelector('${ROOT} table').hidden`);
    await page.evaluate(await readFile(AXE, 'utf8'));
    for (const [width, colorScheme] of [
      [1280, 'light'],
      [1280, 'dark'],
      [390, 'light'],
      [390, 'dark'],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 844 });
      expect(await page.evaluate(violations, ROOT), `${width} ${colorScheme}`).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    const heights = await stage('button:visible').evaluateAll((all) =>
      all.map((each) => each.getBoundingClientRect().height),
    );
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(TOUCH_TARGET);
    const { height } = (await stage('.pictures').boundingBox())!;
    expect(height).toBeLessThan(844);
  });
});

describe.each(presentEngines().filter((engine) => engine !== 'chromium'))('in %s', (engine) => {
  test('the stage runs to the same end, is paused and stepped, and lights a component', async () => {
    const site = await serveDemo({ clipSeconds: CLIP_SECONDS });
    const browser = await launch(engine);
    try {
      const samples = samplesOf(await readFile(join(site.folder, 'some/folder/clips/pop.flac')));
      await browser.goto(site.url);
      await browser.click('#start');
      await until(browser, LEARNED);
      await browser.evaluate(`document.querySelector('${ROOT} .pictures').scrollIntoView()`);
      await until(browser, `${ITERATION} >= 1`);
      await browser.click(`${ROOT} [data-pace=pause]`);
      await browser.evaluate(animate, FRAMES);
      const paused = await browser.evaluate<number>(ITERATION);
      await browser.click(`${ROOT} .step-once`);
      await until(browser, `${ITERATION} === ${paused + 1}`);
      // WebKit's driver does not scroll what is in view, though it may lie under the transport.
      await browser.evaluate(`document.querySelector('${ROOT} .to-the-letter').scrollIntoView({ block: 'center' })`);
      await browser.click(`${ROOT} .to-the-letter`);
      await until(browser, `!document.querySelector('${ROOT} table').hidden`);
      const V = spectrogramOf(samples, { fftSize: 2048, hopSize: 512, window: 'blackman-harris' });
      const options = { divergence: 'euclidean', solver: 'multiplicative', iterations: ITERATIONS } as const;
      const templates = await browser.evaluate<number>(`document.querySelectorAll('${ROOT} .list button').length`);
      const { loss } = factorize(V.values, V.frames, V.bins, { ...options, templates, tolerance: 0, seed: 0 });
      const energy = V.values.reduce((sum, value) => sum + value * value, 0);
      const error = await browser.evaluate<string>(`document.querySelector('${ROOT} .error-value').textContent`);
      expect(error).toBe(Math.sqrt(loss[ITERATIONS - 1] / energy).toFixed(4));
      await browser.evaluate(`document.querySelector('${ROOT} .list button').scrollIntoView({ block: 'center' })`);
      await browser.click(`${ROOT} .list button`);
      await until(browser, `document.querySelector('${ROOT} .product .tag').textContent.includes('component 1')`);
      await until(browser, `document.body.dataset.playing === 'false'`);
      await browser.click(`${ROOT} .list button`);
      await until(browser, `document.body.dataset.playing === 'true'`);
    } finally {
      await browser.close();
      await site.close();
    }
  });
});

interface Sound {
  readonly seconds: number;
  readonly peak: number;
}

/** Runs in the page: stores in `window.sounds` what is played once, and is not silent. */
function noteSounds(): void {
  const sounds: Sound[] = [];
  const { start } = AudioBufferSourceNode.prototype;
  AudioBufferSourceNode.prototype.start = function (...when) {
    const peak = this.buffer?.getChannelData(0).reduce((most, value) => Math.max(most, Math.abs(value)), 0) ?? 0;
    if (!this.loop && peak > 0) sounds.push({ seconds: this.buffer!.duration, peak });
    return start.apply(this, when);
  };
  Object.assign(window, { sounds });
}

/** Runs in the page, after axe-core: what is wrong within an element. */
async function violations(selector: string): Promise<string[]> {
  const { axe } = window as never as { axe: typeof import('axe-core') };
  const { violations: found } = await axe.run(selector);
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, i) => sum + value * y[i], 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

interface PlainFactors {
  readonly templates: ArrayLike<number>;
  readonly activations: ArrayLike<number>;
}

/** How far two products are apart, whatever the scale of their templates; as a part of the largest value. */
function productDifference(a: PlainFactors, b: PlainFactors, bins: number): number {
  return farthest(productOf(a, bins), productOf(b, bins));
}

function productOf({ templates, activations }: PlainFactors, bins: number): Float64Array {
  const count = templates.length / bins;
  return Float64Array.from({ length: (activations.length / count) * bins }, (_, cell) => {
    const [t, f] = [Math.floor(cell / bins), cell % bins];
    let sum = 0;
    for (let k = 0; k < count; k++) sum += activations[t * count + k] * templates[k * bins + f];
    return sum;
  });
}
