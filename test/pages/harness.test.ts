// What the other page tests rely on: `launch` behaves the same in each engine.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { presentEngines } from '../harness/browsers.mjs';
import { type Browser, launch } from '../harness/launch.mjs';
import { serve } from '../harness/serve.mjs';
import { wav } from '../helpers/wav.ts';

const PAGE = `<!doctype html>
<button onclick="this.textContent = navigator.userActivation ? navigator.userActivation.isActive : 'clicked'">-</button>
<input>`;
const POLICY = { 'Content-Security-Policy': "default-src 'self'; script-src 'self' 'unsafe-inline'" };
const PNG_SIGNATURE = '89504e470d0a1a0a';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'page-'));
  await writeFile(join(folder, 'index.html'), PAGE);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(presentEngines())('%s', (engine) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch(engine, { viewport: { width: 700, height: 500 } });
  });
  afterAll(() => browser?.close());

  test('opens, evaluates, clicks, types and takes screenshots under a policy without eval', async () => {
    const site = await serve(folder, { headers: POLICY });
    await browser.goto(site.url);
    expect(await browser.evaluate('1 + 1')).toBe(2);
    expect(await browser.evaluate(async (name: string) => `from ${name}`, engine)).toBe(`from ${engine}`);
    await expect(browser.evaluate('Promise.reject(new Error("refused"))')).rejects.toThrow('refused');
    expect(await browser.evaluate('[innerWidth, innerHeight]')).toEqual([700, 500]);

    await browser.click('button');
    expect(await browser.evaluate('document.querySelector("button").textContent')).toMatch(/true|clicked/);
    await browser.type('input', 'four parts');
    expect(await browser.evaluate('document.querySelector("input").value')).toBe('four parts');

    const picture = join(folder, `${engine}.png`);
    await browser.screenshot(picture);
    expect((await readFile(picture)).subarray(0, 8).toString('hex')).toBe(PNG_SIGNATURE);
    await site.close();
  });

  test.each([true, false])('serves pages with isolation %s', async (isolated) => {
    const site = await serve(folder, { isolated });
    await browser.goto(site.url);
    expect(await browser.evaluate('crossOriginIsolated')).toBe(isolated);
    await site.close();
  });
});

describe.runIf(presentEngines().includes('chromium'))('a WAV as microphone', () => {
  const FREQUENCY = 1000;
  const SAMPLE_RATE = 44100;

  test('reaches the page', async () => {
    const microphone = join(folder, 'microphone.wav');
    const sine = Float32Array.from(
      { length: SAMPLE_RATE },
      (_, n) => 0.5 * Math.sin((2 * Math.PI * FREQUENCY * n) / SAMPLE_RATE),
    );
    await writeFile(microphone, await wav(sine, SAMPLE_RATE));
    const site = await serve(folder);
    const browser = await launch('chromium', { fakeMicrophone: microphone });
    await browser.goto(site.url);
    const heard = await browser.evaluate(async () => {
      const context = new AudioContext();
      const unprocessed = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
      const stream = await navigator.mediaDevices.getUserMedia({ audio: unprocessed });
      const analyser = new AnalyserNode(context, { fftSize: 4096 });
      context.createMediaStreamSource(stream).connect(analyser);
      const spectrum = new Float32Array(analyser.frequencyBinCount);
      do {
        await new Promise((resolve) => setTimeout(resolve, 100));
        analyser.getFloatFrequencyData(spectrum);
      } while (Math.max(...spectrum) < -40);
      const loudest = spectrum.indexOf(Math.max(...spectrum));
      return { frequency: (loudest * context.sampleRate) / analyser.fftSize };
    });
    expect(Math.abs(heard.frequency - FREQUENCY)).toBeLessThan(20);
    await browser.close();
    await site.close();
  });
});
