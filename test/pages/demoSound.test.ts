// No control of the demo makes a click while a steady tone plays, in every engine.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { presentEngines } from '../harness/browsers.mjs';
import { type Browser, launch } from '../harness/launch.mjs';
import { LEARNED, openAndPlay, SAMPLE_RATE, serveDemo, until } from '../helpers/demoPage.ts';
import { wav } from '../helpers/wav.ts';

const AMPLITUDE = 0.25;
/** Hz. Each clip has a whole number of periods, so that it loops without a click. */
const TONES = { 'pop.flac': 220, 'drums.flac': 330, 'duo.flac': 440 };
const CLIP_SECONDS = 2;
/** Second difference that counts as a click: 10 times that of the tones, 1/25 of that of a cut at their peak. */
const CLICK = 0.01;

/** Small, because painting is most of what the page costs without a GPU */
const VIEWPORT = { width: 640, height: 480 };

/** Milliseconds a slow machine needs to send commands to the audio thread: what they schedule by the clock is too late. */
const SLOWNESS = 150;

/** Waits until a change has been audible for a while. */
const A_MOMENT = 'new Promise((resolve) => setTimeout(resolve, 300))';

/** Reports the largest absolute sample and second difference since the last request. */
const METER = `registerProcessor('meter', class extends AudioWorkletProcessor {
  constructor() {
    super();
    Object.assign(this, { last: 0, before: 0, level: 0, edge: 0 });
    this.port.onmessage = () => {
      this.port.postMessage({ level: this.level, edge: this.edge });
      this.level = this.edge = 0;
    };
  }
  process([[samples]]) {
    for (let i = 0; samples && i < samples.length; i++) {
      this.level = Math.max(this.level, Math.abs(samples[i]));
      this.edge = Math.max(this.edge, Math.abs(samples[i] - 2 * this.last + this.before));
      this.before = this.last;
      this.last = samples[i];
    }
    return true;
  }
});`;

let site: Awaited<ReturnType<typeof serveDemo>>;

beforeAll(async () => {
  site = await serveDemo();
  const folder = join(site.folder, 'some/folder');
  await writeFile(join(folder, 'meter.js'), METER);
  for (const [name, frequency] of Object.entries(TONES)) {
    const tone = (_: unknown, n: number) => AMPLITUDE * Math.sin((2 * Math.PI * frequency * n) / SAMPLE_RATE);
    const samples = Float32Array.from({ length: CLIP_SECONDS * SAMPLE_RATE }, tone);
    await writeFile(join(folder, 'clips', name), await wav(samples, SAMPLE_RATE));
  }
});
afterAll(() => site?.close());

describe.each(presentEngines())('the demo in %s', (engine) => {
  test('never clicks', async () => {
    const browser = await launch(engine, { viewport: VIEWPORT });
    try {
      await openAndPlay(browser, site.url);
      await browser.evaluate(measureOutput);
      await browser.evaluate(A_MOMENT);
      // Discard the first reading: the meter started in the middle of a tone.
      await browser.evaluate('heard()');
      const edges: number[] = [];
      for (const [name, action] of Object.entries(actionsOf(browser))) {
        await action();
        await until(browser, LEARNED);
        await browser.evaluate(A_MOMENT);
        const { level, edge } = await browser.evaluate<{ level: number; edge: number }>('heard()');
        expect.soft(level, name).toBeGreaterThan(0.9 * AMPLITUDE);
        expect.soft(edge, name).toBeLessThan(CLICK);
        edges.push(edge);
      }
      console.log(`${engine}: largest second difference ${Math.max(...edges).toFixed(4)}`);
    } finally {
      await browser.close();
    }
  });
});

/** Every action that changes the sound, by name */
function actionsOf(browser: Browser): Record<string, () => Promise<unknown>> {
  const choose = (selector: string, value: string) =>
    browser.evaluate(
      (field: { selector: string; value: string }) => {
        const element = document.querySelector<HTMLInputElement>(field.selector)!;
        element.value = field.value;
        for (const type of ['input', 'change']) element.dispatchEvent(new Event(type, { bubbles: true }));
      },
      { selector, value },
    );
  const click = (selector: string) => browser.click(selector);
  const twice = async (selector: string, between: () => Promise<unknown>) => {
    await click(selector);
    await between();
    await click(selector);
  };
  const aMoment = () => browser.evaluate(A_MOMENT);
  const isPlaying = (playing: boolean) => until(browser, `document.body.dataset.playing === '${playing}'`);
  return {
    'another clip': () => click('#sources button:nth-of-type(2)'),
    'the clip after it': () => click('#sources button:nth-of-type(3)'),
    'learning again': () => click('#learn-recent'),
    'another number of components': () => choose('#component-count', '4'),
    'another latency': () => choose('select[name=latencyHint]', 'interactive'),
    'a mute': () => twice('.mute', aMoment),
    'a mute, undone at once': () => twice('.mute', async () => {}),
    'a solo': () => twice('.solo', aMoment),
    'a solo on a slow machine': async () => {
      await browser.evaluate(slowDown, SLOWNESS);
      await twice('.solo', aMoment);
    },
    'a fader': () => choose('.level', '0'),
    'the fader, back again': () => choose('.level', '1'),
    'a pan': () => choose('.pan', '1'),
    'a pause': async () => {
      await twice('#play', () => isPlaying(false));
      await isPlaying(true);
    },
    'a preview': async () => {
      // On a narrow page the rest of a row shows on request.
      await click('.component .more');
      await twice('.hear-template .listen', () => isPlaying(false));
      await isPlaying(true);
    },
    'the first clip': () => click('#sources button:nth-of-type(1)'),
  };
}

/** Runs in the page: from now on, the commands of a task reach the audio thread only some milliseconds later. */
function slowDown(milliseconds: number): void {
  let waited = 0;
  const wait = () => {
    // Once for all commands that are given together.
    if (performance.now() < waited + 5) return;
    const end = performance.now() + milliseconds;
    while (performance.now() < end);
    waited = performance.now();
  };
  const late = (command: (...parameters: never[]) => unknown) =>
    function (this: object, ...parameters: unknown[]) {
      wait();
      return Reflect.apply(command, this, parameters);
    };
  for (const { prototype } of [AudioParam, AudioScheduledSourceNode, AudioBufferSourceNode]) {
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (name === 'constructor') continue;
      if (typeof property.value === 'function') property.value = late(property.value);
      else if (property.set) property.set = late(property.set);
      Object.defineProperty(prototype, name, property);
    }
  }
  // The same between the commands of a click and its end, when Firefox sends them.
  window.addEventListener('click', wait);
}

/** Runs in the page: measures the output. `window.heard()` requests a reading. */
async function measureOutput(): Promise<void> {
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
