// The demo's tools for the stage, on a small page of their own under the demo's policy.
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import decodeWav from '@audio/decode-wav';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { gainAt, positionOf, textOf, UNITY_POSITION } from '../../demo/src/perform/decibels.ts';
import { presentEngines } from '../harness/browsers.mjs';
import { type Browser, launch } from '../harness/launch.mjs';
import { SAMPLE_RATE, serveDemo, until } from '../helpers/demoPage.ts';
import { type FakeMidi, fakeMidi } from '../helpers/fakeMidi.ts';
import type { Stage } from '../helpers/stagePage.ts';

declare const stage: Stage;
declare const stageMidi: FakeMidi;

const SCRIPT = fileURLToPath(new URL('../helpers/stagePage.ts', import.meta.url));
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Stage</title>
    <link rel="stylesheet" href="style.css">
    <script type="module" src="stagePage.js"></script>
  </head>
  <body>
    <main>
      <h1>Stage</h1>
      <div class="card" id="meter"></div><div class="card" id="fader"></div>
      <div class="card" id="devices"></div><div class="card" id="midi"></div>
      <div class="card">
        <button id="sheet" type="button">Keys</button>
        <label>Name <input id="name"></label>
        <label>Level <input id="level" type="range"></label>
      </div>
    </main>
  </body>
</html>`;
/** What sums may differ by: −120 dB */
const EXACT = 1e-6;

let site: Awaited<ReturnType<typeof serveDemo>>;
let url: string;

beforeAll(async () => {
  site = await serveDemo();
  const folder = join(site.folder, 'some/folder');
  await writeFile(join(folder, 'stage.html'), PAGE);
  await build({
    entryPoints: [SCRIPT],
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    external: ['standardized-audio-context'],
    logLevel: 'error',
  });
  url = `${site.url}stage.html`;
});
afterAll(() => site?.close());

async function open(browser: Browser): Promise<void> {
  await browser.goto(url);
  await until(browser, `window.stage`);
  await browser.evaluate('stage.context.resume()');
}

const seconds = (least: number) => `stage.recorder.seconds >= ${least}`;

describe.each(presentEngines())('the recorder in %s', (engine) => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch(engine);
  });
  afterAll(() => browser?.close());
  beforeEach(() => open(browser));

  test('records the parts, the untouched sound and the input exactly in step', async () => {
    await browser.evaluate(recordSeparation);
    await until(browser, seconds(2.5));
    const { largestError, inputIsExact, lengths, names, silent, lost, wav } = await browser.evaluate(measureSeparation);
    expect(names).toEqual(['Kick', 'Snare', 'Hat', 'dry', 'input', 'unconnected']);
    expect(largestError).toBeLessThan(EXACT);
    expect(inputIsExact).toBe(true);
    expect(silent).toBe(true);
    expect(lost).toBe(0);
    expect(new Set(lengths).size).toBe(1);
    const { channelData, sampleRate } = await decodeWav(Buffer.from(wav, 'base64'));
    expect(sampleRate).toBe(SAMPLE_RATE);
    expect(channelData.map(({ length }) => length)).toEqual([lengths[0], lengths[0]]);
    expect(lengths[0]).toBeGreaterThanOrEqual(2.5 * SAMPLE_RATE);
  });

  test('stays aligned when the page hangs, and counts what it loses', async () => {
    await browser.evaluate(recordTwice);
    await until(browser, seconds(0.5));
    await browser.evaluate(hang, 6000);
    await browser.evaluate('stage.before = stage.recorder.seconds');
    await until(browser, 'stage.recorder.lostSamples > 0');
    await until(browser, 'stage.recorder.seconds > stage.before + 0.5');
    const { lost, silent, wrong, unequal, length } = await browser.evaluate(measureTwice);
    console.log(`${engine}: lost ${(lost / SAMPLE_RATE).toFixed(2)} s of ${(length / SAMPLE_RATE).toFixed(2)} s`);
    expect(lost).toBeGreaterThan(0);
    expect(lost).toBeLessThan(length / 2);
    expect(silent).toBe(lost);
    expect(wrong).toBe(0);
    expect(unequal).toBe(0);
  });

  test('records what one node plays, also while it records streams', async () => {
    await browser.evaluate(recordTwice);
    const { channels, exact } = await browser.evaluate(recordOne);
    expect(channels[0]).toBeGreaterThan(0.2 * SAMPLE_RATE);
    expect(channels).toEqual([channels[0], channels[0]]);
    expect(exact).toBe(true);
    await expect(browser.evaluate('stage.recorder.start([])')).rejects.toThrow('running already');
    const { unequal } = await browser.evaluate(measureTwice);
    expect(unequal).toBe(0);
    await expect(browser.evaluate('stage.recorder.stop()')).rejects.toThrow('Nothing');
  });

  test('ends also while the sound is paused', async () => {
    await browser.evaluate(recordTwice);
    await until(browser, seconds(0.3));
    await browser.evaluate('stage.context.suspend()');
    const { unequal, wrong } = await browser.evaluate(measureTwice);
    expect([unequal, wrong]).toEqual([0, 0]);
  });

  test('the delay is told without locking up', async () => {
    await browser.evaluate(recordSeparation);
    await until(browser, seconds(0.5));
    const { delay, latency, text } = await browser.evaluate(askForDelay);
    console.log(`${engine}: ${text}`);
    expect(delay.ours).toBeCloseTo(1000 * latency, 6);
    expect(delay.input).toBe(10);
    if (engine === 'chromium') expect(delay.output).toBeGreaterThan(0);
    else expect(delay.output).toBe(null);
    expect(text).toMatch(
      /^The sound is heard (at least )?\d+ ms after it is played; \d+ ms of that is the separation\./,
    );
    await browser.evaluate('stage.recorder.stop()');
  });
});

interface SeparationRecording {
  largestError: number;
  inputIsExact: boolean;
  lengths: number[];
  names: string[];
  silent: boolean;
  lost: number;
  /** The file of the input in base 64 */
  wav: string;
}

/** Runs in the page. */
async function recordSeparation(): Promise<void> {
  const { node, buffer } = stage.playNoise();
  const separator = stage.makeSeparator();
  await separator.ready;
  node.connect(separator);
  const recorder = stage.makeRecorder();
  Object.assign(stage, { recorder, separator, buffer });
  await recorder.start([
    ...['Kick', 'Snare', 'Hat'].map((name, output) => ({ node: separator, output, name })),
    { node: separator.dry, output: 0, name: 'dry' },
    { node, output: 0, name: 'input' },
    { node: new GainNode(stage.context), output: 0, name: 'unconnected' },
  ]);
}

/** Runs in the page. */
async function measureSeparation(): Promise<SeparationRecording> {
  const { recorder, buffer } = stage as never as {
    recorder: ReturnType<Stage['makeRecorder']>;
    buffer: AudioBuffer;
  };
  const files = await recorder.stop();
  const recorded = await Promise.all(
    files.map(async ({ file }) => new Float32Array(await file.slice(44).arrayBuffer())),
  );
  const [kick, snare, hat, dry, input, unconnected] = recorded;
  const largestError = dry.reduce(
    (worst, value, n) => Math.max(worst, Math.abs(kick[n] + snare[n] + hat[n] - value)),
    0,
  );
  const [left, right] = [buffer.getChannelData(0), buffer.getChannelData(1)];
  const begin = left.indexOf(input[0]);
  const inputIsExact = input.every((value, i) => {
    const n = (begin + (i >> 1)) % left.length;
    return value === (i % 2 ? right[n] : left[n]);
  });
  const url = await new Promise<string>((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.readAsDataURL(files[4].file);
  });
  return {
    largestError: dry.some((value) => value !== 0) ? largestError : Number.NaN,
    inputIsExact,
    lengths: recorded.map(({ length }) => length / 2),
    names: files.map(({ name }) => name),
    silent: unconnected.every((value) => value === 0),
    lost: recorder.lostSamples,
    wav: url.slice(url.indexOf(',') + 1),
  };
}

/** Of two recordings of the same noise; numbers of samples of a channel */
interface HungRecording {
  length: number;
  lost: number;
  silent: number;
  /** Neither silent nor the sample that belongs there */
  wrong: number;
  /** Other in the one recording than in the other */
  unequal: number;
}

/** Runs in the page: records noise, and the same noise through another node. */
async function recordTwice(): Promise<void> {
  const { node, buffer } = stage.playNoise();
  const recorder = stage.makeRecorder();
  Object.assign(stage, { recorder, buffer, noise: node });
  await recorder.start([
    { node, output: 0, name: 'one' },
    { node: node.connect(new GainNode(stage.context)), output: 0, name: 'other' },
  ]);
}

/** Runs in the page. */
function hang(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

/** Runs in the page. */
async function measureTwice(): Promise<HungRecording> {
  const { recorder, buffer } = stage as never as {
    recorder: ReturnType<Stage['makeRecorder']>;
    buffer: AudioBuffer;
  };
  const files = await recorder.stop();
  const [one, other] = await Promise.all(
    files.map(async ({ file }) => new Float32Array(await file.slice(44).arrayBuffer()).filter((_, i) => i % 2 === 0)),
  );
  const noise = buffer.getChannelData(0);
  const begin = noise.indexOf(one[0]);
  return {
    length: one.length,
    lost: recorder.lostSamples,
    silent: one.filter((value) => value === 0).length,
    wrong: one.filter((value, n) => value !== 0 && value !== noise[(begin + n) % noise.length]).length,
    unequal: one.filter((value, n) => value !== other[n]).length + Math.abs(one.length - other.length),
  };
}

/** Runs in the page. */
async function recordOne(): Promise<{ channels: number[]; exact: boolean }> {
  const { recorder, buffer, noise } = stage as never as {
    recorder: ReturnType<Stage['makeRecorder']>;
    buffer: AudioBuffer;
    noise: AudioNode;
  };
  const recording = recorder.recordInput(noise);
  const before = recorder.seconds;
  while (recorder.seconds < before + 0.5) await new Promise((resolve) => requestAnimationFrame(resolve));
  const [left, right] = await recording.stop();
  const [wantedLeft, wantedRight] = [buffer.getChannelData(0), buffer.getChannelData(1)];
  const begin = wantedLeft.indexOf(left[0]);
  const isWanted = (value: number, n: number) =>
    value === wantedLeft[(begin + n) % buffer.length] && right[n] === wantedRight[(begin + n) % buffer.length];
  return { channels: [left.length, right.length], exact: left.every(isWanted) };
}

interface Delays {
  delay: { ours: number; output: number | null; input: number | null };
  latency: number;
  text: string;
}

/** Runs in the page. A track with a latency of 10 ms stands in for a microphone: not every browser tells one. */
async function askForDelay(): Promise<Delays> {
  const { context, separator } = stage as never as {
    context: AudioContext;
    separator: ReturnType<Stage['makeSeparator']>;
  };
  const track = { getSettings: () => ({ latency: 0.01 }) } as never as MediaStreamTrack;
  // Chromium knows it once the device plays. WebKit does not tell, and Firefox must not be asked.
  if (navigator.userAgent.includes('Chrome')) {
    while (!context.outputLatency) await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  const delay = stage.delayOf({ separator, context, track });
  return { delay, latency: separator.latency, text: stage.describeDelay(delay) };
}

describe.runIf(presentEngines().includes('chromium'))('on the stage', () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launch('chromium');
    page = browser.page as Page;
    await page.addInitScript(fakeMidi);
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await open(browser);
  });

  const calls = () => browser.evaluate<string[]>('stage.calls.splice(0)');
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
    return calls();
  };

  test('keys do what the sheet says', async () => {
    expect(await press('1', '9', 'Shift+Digit1', '0')).toEqual(['only 0', 'only 8', 'mute 0', 'clear']);
    expect(await press('b', 'f', 'r', 'Space')).toEqual(['bypass', 'freeze', 'record', 'play']);
    expect(await press('Control+b', 'Alt+f', 'Meta+r', 'Control+1', 'x', 'Enter')).toEqual([]);
    // Other layouts: French digits need shift, and Russian letters are others. Without its lock, the number pad has arrows.
    await page.evaluate(() => {
      for (const init of [
        { code: 'Digit2', key: 'é' },
        { code: 'KeyB', key: 'и' },
        { code: 'KeyN', key: 'b' },
        { code: 'Numpad3', key: '3' },
        { code: 'Numpad3', key: 'PageDown' },
      ]) {
        document.body.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true }));
      }
    });
    expect(await calls()).toEqual(['only 1', 'bypass', 'bypass', 'only 2']);
    // A key that is held acts once.
    await page.keyboard.down('r');
    await page.keyboard.down('r');
    await page.keyboard.up('r');
    expect(await calls()).toEqual(['record']);
  });

  test('keys leave text fields and buttons alone', async () => {
    await page.focus('#name');
    expect(await press('1', 'b', 'Space', '?')).toEqual([]);
    expect(await page.inputValue('#name')).toBe('1b ?');
    await page.focus('#devices select');
    expect(await press('1', 'b', 'Space', 'Escape')).toEqual([]);
    await page.focus('#level');
    expect(await press('1', 'Space')).toEqual(['only 0', 'play']);
    await page.focus('#sheet');
    expect(await press('1')).toEqual(['only 0']);
    expect(await press('Space')).toEqual([]);
    expect(await page.locator('dialog').isVisible()).toBe(true);
  });

  test('the sheet of keys opens by ?, closes by Escape, and gives the focus back', async () => {
    await page.focus('#level');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    expect(await page.getByRole('dialog').textContent()).toMatch(
      /Space.*Play or pause.*Shift \+ 1 … 9.*Mute.*R.*Record/,
    );
    expect(await press('1', 'b')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('level');
    await page.keyboard.press('?');
    await page.keyboard.press('?');
    expect(await page.locator('dialog').isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('level');
  });

  test('the meter shows level and peak, and its light stays lit for two seconds', async () => {
    const light = page.locator('.clip-light');
    const meter = page.locator('#meter meter');
    const value = () => meter.evaluate((element) => (element as HTMLMeterElement).value);
    await browser.evaluate(playTone);
    // A sine at half of full scale
    await expect.poll(value).toBeGreaterThan(-9.2);
    await expect.poll(value).toBeLessThan(-8.8);
    expect(await light.getAttribute('data-lit')).toBe('false');
    expect(await page.getByRole('status').filter({ hasText: 'clips' }).count()).toBe(0);
    // In one channel alone
    await browser.evaluate('stage.right.gain.value = 2.4');
    await until(browser, `document.querySelector('.clip-light').dataset.lit === 'true'`);
    expect(await light.getByRole('status').textContent()).toBe('Input clips: turn it down.');
    const lit = await browser.evaluate(timeOfLight);
    console.log(`the light was lit for ${lit.toFixed(2)} s`);
    // And the tenth of a second in which the meter still sees what clipped
    expect(lit).toBeGreaterThan(2);
    expect(lit).toBeLessThan(3);
    await browser.evaluate('stage.meter.watch(null)');
    await expect.poll(value).toBe(-60);
  });

  test('the fader has decibels', async () => {
    const slider = page.getByRole('slider', { name: 'Master' });
    expect(await slider.getAttribute('aria-valuetext')).toBe('0.0 dB');
    await slider.press('ArrowUp');
    await slider.press('ArrowDown');
    await slider.press('Home');
    expect(await page.locator('.decibels').textContent()).toBe('−∞ dB');
    await slider.press('End');
    expect(await page.locator('.decibels').textContent()).toBe('+3.5 dB');
    await slider.dblclick();
    const gains = await calls();
    expect(gains[1]).toBe('gain 1');
    expect(gains[2]).toBe('gain 0');
    expect(gains[3]).toBe('gain 1.5');
    expect(gains.at(-1)).toBe('gain 1');
    expect(await page.locator('.decibels').textContent()).toBe('0.0 dB');
  });

  test('devices can be chosen, and one that goes is replaced', async () => {
    await browser.evaluate(
      `navigator.mediaDevices.getUserMedia({ audio: true }).then((stream) => {
         for (const track of stream.getTracks()) track.stop();
         return stage.devices.refresh();
       })`,
    );
    const inputs = page.getByLabel('Microphone');
    const names = await inputs.locator('option').allTextContents();
    expect(names[0]).toBe('The default microphone');
    expect(names).toContain('Fake Audio Input 1');
    expect(names.filter((name) => name.startsWith('Default'))).toEqual([]);
    await inputs.selectOption('Fake Audio Input 1');
    const id = await inputs.inputValue();
    expect(id).not.toBe('');
    expect(await calls()).toEqual([`input ${id}`]);
    expect(await browser.evaluate('stage.devices.input')).toBe(id);
    const outputs = page.getByLabel('Loudspeaker');
    expect((await outputs.locator('option').allTextContents())[0]).toBe('The default loudspeaker');
    await browser.evaluate(unplugAll);
    await expect.poll(calls).toEqual(['input ', 'tell Fake Audio Input 1 is gone. The default microphone is in use.']);
    expect(await inputs.inputValue()).toBe('');
    expect(await browser.evaluate('stage.devices.input')).toBe('');
  });

  test('an output is used by the context, and one that cannot be used is not kept', async () => {
    await browser.evaluate(fakeOutputs);
    const outputs = page.getByLabel('Loudspeaker');
    await outputs.selectOption('Headphones');
    // The context comes later than the choice.
    await browser.evaluate('stage.devices.setContext(stage.context)');
    expect(await browser.evaluate('stage.sinks')).toEqual(['headphones']);
    await outputs.selectOption('Broken');
    await expect.poll(calls).toEqual(['tell Broken could not be used: The device is in use elsewhere.']);
    expect(await outputs.inputValue()).toBe('headphones');
  });

  test('controllers move faders and solos', async () => {
    await page.click('text=Use MIDI');
    const panel = page.locator('#midi');
    await panel.getByText('Controllers: Fake keys.').waitFor();
    // The pressed button is gone, and the focus is not lost.
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SELECT');
    const send = (...bytes: number[]) => browser.evaluate((data: number[]) => stageMidi.send(data), bytes);
    await send(0xb0, 7, 100);
    expect(await calls()).toEqual([]);
    await panel.getByRole('button', { name: 'Bind: fader of Snare' }).click();
    await panel.getByText('Move the controller for the fader of Snare.').waitFor();
    // A note is no fader.
    await send(0x90, 60, 100);
    await send(0xb0, 7, 0);
    await send(0xb0, 7, 127);
    await send(0xb0, 7, 64);
    expect(await calls()).toEqual(['fader 1 0.000', 'fader 1 1.500', `fader 1 ${gainAt(64 / 127).toFixed(3)}`]);
    await panel.getByRole('button', { name: 'Bind: solo of Hat' }).click();
    for (const value of [127, 90, 0, 30, 64, 127]) await send(0xb2, 20, value);
    expect(await calls()).toEqual(['solo 2', 'solo 2']);
    await panel.getByRole('button', { name: 'Bind: solo of Kick' }).click();
    await send(0x99, 36, 80);
    await send(0x89, 36, 0);
    // A note with a velocity of 0 is the end of one.
    await send(0x99, 36, 0);
    await send(0x99, 36, 1);
    expect(await calls()).toEqual(['solo 0', 'solo 0']);
    const kept = [
      { kind: 'fader', part: 1, type: 'controlchange', channel: 1, number: 7 },
      { kind: 'solo', part: 2, type: 'controlchange', channel: 3, number: 20 },
      { kind: 'solo', part: 0, type: 'noteon', channel: 10, number: 36 },
    ];
    expect(await browser.evaluate('stage.midi.settings.bindings')).toEqual(kept);
    await panel.getByRole('button', { name: 'Remove the controller of the fader of Snare' }).click();
    expect(await page.evaluate(() => document.activeElement?.ariaLabel)).toBe('Bind: fader of Snare');
    await send(0xb0, 7, 10);
    expect(await calls()).toEqual([]);
    // As from a file, with what is no binding
    await browser.evaluate(
      (bindings: unknown[]) => {
        stage.midi.settings = { bindings, notes: [] } as never;
      },
      [...kept, null, { kind: 'fader', part: 'x' }, 7],
    );
    expect(await browser.evaluate('stage.midi.settings.bindings')).toEqual(kept);
    await send(0xb0, 7, 127);
    expect(await calls()).toEqual(['fader 1 1.500']);
    // Learning is cancelled by the same button.
    await panel.getByRole('button', { name: 'Bind: fader of Kick' }).click();
    await panel.getByRole('button', { name: 'Move it …: fader of Kick' }).click();
    await send(0xb0, 8, 127);
    expect(await calls()).toEqual([]);
  });

  test('onsets play notes when they are heard', async () => {
    await page.click('text=Use MIDI');
    const note = page.getByLabel('Note of Voice');
    expect(await note.inputValue()).toBe('60');
    await note.fill('200');
    await note.blur();
    expect(await note.inputValue()).toBe('60');
    await note.fill('61');
    await note.blur();
    await browser.evaluate(tellOnsets);
    expect(await browser.evaluate('stageMidi.sent')).toEqual([]);
    await page.getByLabel('Notes go to').selectOption('Fake drums');
    const wanted = await browser.evaluate(tellOnsets);
    const sent = await browser.evaluate<{ data: number[]; time: number }[]>('stageMidi.sent');
    expect(sent.map(({ data }) => data)).toEqual([
      [0x99, 36, 127],
      [0x89, 36, 64],
      [0x99, 61, 64],
      [0x89, 61, 64],
    ]);
    console.log(`notes are sent ${sent.map(({ time }) => (time - wanted).toFixed(1))} ms from the onset`);
    // The two clocks are read one after the other.
    expect(Math.abs(sent[0].time - wanted)).toBeLessThan(20);
    expect(sent[1].time - sent[0].time).toBeCloseTo(80, 3);
    expect(sent[2].time - sent[0].time).toBeCloseTo(250, -1);
    await page.getByLabel('Notes go to').selectOption('Nowhere');
    await browser.evaluate(tellOnsets);
    expect(await browser.evaluate('stageMidi.sent.length')).toBe(4);
  });

  test('devices that come later are listed, and a refusal is told', async () => {
    await browser.evaluate(`stageMidi.refused = true`);
    await page.click('text=Use MIDI');
    await page.getByText('MIDI was refused. Allow it in the address bar, then press the button again.').waitFor();
    await browser.evaluate(`stageMidi.refused = false`);
    await page.click('text=Use MIDI');
    await page.getByText('Controllers: Fake keys.').waitFor();
    await browser.evaluate(`stageMidi.plugIn('Pads')`);
    await page.getByText('Controllers: Fake keys, Pads.').waitFor();
  });

  test('axe finds nothing, and fingers find everything', async () => {
    await page.click('text=Use MIDI');
    await page.getByText('Controllers: Fake keys.').waitFor();
    await browser.evaluate(`stageMidi.send([0xb0, 7, 0])`);
    await page.getByRole('button', { name: 'Bind: fader of Snare' }).click();
    await browser.evaluate(`stageMidi.send([0xb0, 7, 0])`);
    await page.getByRole('button', { name: 'Bind: fader of Kick' }).click();
    await browser.evaluate(playTone);
    await browser.evaluate('stage.right.gain.value = 2.4');
    await until(browser, `document.querySelector('.clip-light').dataset.lit === 'true'`);
    await page.evaluate(await readFile(AXE, 'utf8'));
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 800 });
        await expect.poll(() => browser.evaluate(violations)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        await page.keyboard.press('?');
        expect(await browser.evaluate(violations)).toEqual([]);
        await page.keyboard.press('Escape');
      }
    }
    expect(await browser.evaluate(smallTargets)).toEqual([]);
  });
});

/** Runs in the page: a sine at half of full scale to the meter, and a gain for its right channel alone. */
function playTone(): void {
  const { context } = stage;
  const tone = new OscillatorNode(context, { frequency: 441 });
  const merger = new ChannelMergerNode(context, { numberOfInputs: 2 });
  const half = new GainNode(context, { gain: 0.5 });
  const right = new GainNode(context, { gain: 1 });
  tone.connect(half).connect(merger, 0, 0);
  half.connect(right).connect(merger, 0, 1);
  tone.start();
  stage.meter.watch(merger);
  Object.assign(stage, { right });
}

/** Runs in the page: turns the right channel down, and waits until the light is out. */
async function timeOfLight(): Promise<number> {
  const { right } = stage as never as { right: GainNode };
  const light = document.querySelector<HTMLElement>('.clip-light')!;
  right.gain.value = 1;
  const begin = performance.now();
  while (light.dataset.lit === 'true') await new Promise((resolve) => requestAnimationFrame(resolve));
  return (performance.now() - begin) / 1000;
}

/** Runs in the page: no device is there any more. */
function unplugAll(): void {
  navigator.mediaDevices.enumerateDevices = async () => [];
  navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
}

/** Runs in the page: two outputs, one of which is broken. `stage.sinks` has those that were chosen. */
async function fakeOutputs(): Promise<void> {
  const sinks: string[] = [];
  const outputs = ['Headphones', 'Broken'].map((label) => ({
    label,
    deviceId: label.toLowerCase(),
    kind: 'audiooutput' as const,
  }));
  navigator.mediaDevices.enumerateDevices = async () => outputs as MediaDeviceInfo[];
  const setSinkId = async (id: string) => {
    if (id === 'broken') throw new Error('The device is in use elsewhere.');
    sinks.push(id);
  };
  Object.assign(stage.context, { setSinkId });
  Object.assign(stage, { sinks });
  await stage.devices.refresh();
}

/**
 * Runs in the page: onsets of two parts that are heard in half a second and a quarter later.
 *
 * @returns when the first one is heard, by the page's clock
 */
function tellOnsets(): number {
  const { context, onsets } = stage;
  const time = context.currentTime + 0.5;
  const { contextTime = 0, performanceTime = 0 } = context.getOutputTimestamp();
  onsets.next({ time, component: 0, strength: 1 });
  onsets.next({ time: time + 0.25, component: 3, strength: 0.5 });
  return performanceTime + 1000 * (time - contextTime);
}

/** Runs in the page. */
async function violations(): Promise<string[]> {
  const { axe } = window as never as { axe: { run(): Promise<{ violations: { id: string; nodes: object[] }[] }> } };
  const { violations } = await axe.run();
  return violations.map(({ id, nodes }) => `${id}: ${JSON.stringify(nodes).slice(0, 500)}`);
}

/** Runs in the page: controls of the tools that are smaller than a finger needs. */
function smallTargets(): string[] {
  const controls = document.querySelectorAll<HTMLElement>('.card:not(:last-child) :is(button, select, input)');
  return [...controls].flatMap((control) => {
    const { width, height } = control.getBoundingClientRect();
    return width > 0 && (width < 44 || height < 44) ? [`${control.outerHTML} ${width} × ${height}`] : [];
  });
}

describe('decibels', () => {
  test('a fader is silent at its bottom, changes nothing at its mark, and gains 3.5 dB at its top', () => {
    expect(gainAt(0)).toBe(0);
    expect(gainAt(UNITY_POSITION)).toBe(1);
    expect(gainAt(1)).toBe(1.5);
    for (let percent = 0; percent <= 100; percent++) {
      expect(positionOf(gainAt(percent / 100))).toBeCloseTo(percent / 100, 9);
      if (percent > 0) expect(gainAt(percent / 100)).toBeGreaterThan(gainAt((percent - 1) / 100));
    }
  });

  test('gains are told in decibels', () => {
    expect([0, 0.501, 0.9999, 1, 1.0001, 1.5].map(textOf)).toEqual([
      '−∞ dB',
      '−6.0 dB',
      '0.0 dB',
      '0.0 dB',
      '0.0 dB',
      '+3.5 dB',
    ]);
  });
});

describe.runIf(presentEngines().includes('webkit'))('in WebKit', () => {
  test('the page says that there is no MIDI', async () => {
    const browser = await launch('webkit');
    try {
      await open(browser);
      const shown = await browser.evaluate<string>(`document.querySelector('#midi').innerText.trim()`);
      expect(shown).toBe('This browser has no MIDI. Chrome, Edge and Firefox have it, Safari does not.');
    } finally {
      await browser.close();
    }
  });
});
