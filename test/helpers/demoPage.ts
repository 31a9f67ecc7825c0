import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import decodeFlac from '@audio/decode-flac';
import { vi } from 'vitest';
import type { Browser } from '../harness/launch.mjs';
import { PATIENCE } from '../harness/patience.mjs';
import { serve } from '../harness/serve.mjs';
import { threeSources } from './signals.ts';
import { wav } from './wav.ts';

const DEMO = fileURLToPath(new URL('../../demo/dist', import.meta.url));
const SUB_PATH = 'some/folder/';
/** Allows only files of the same host, and WebAssembly. */
export const POLICY = { 'Content-Security-Policy': "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'" };
/** Milliseconds until a page must say in what state it is. One that is locked up never does. */
const ANSWER_TIMEOUT = 5000;

export const SAMPLE_RATE = 44100;
export const LEARNED = `document.body.dataset.learned === 'true' && document.body.dataset.state === 'ready'`;

/**
 * Serves the built page from a subfolder, under a strict Content-Security-Policy.
 *
 * @param clipSeconds  cuts the bundled clips to this length, so that learning takes less time
 * @param offline  whether the page keeps itself for use offline, and then loads itself again to be isolated. Otherwise its
 *   service worker does nothing, so that tests may change files, and no page is replaced under a test.
 */
export async function serveDemo({ clipSeconds = Number.POSITIVE_INFINITY, offline = false } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'demo-'));
  await cp(DEMO, join(folder, SUB_PATH), { recursive: true });
  if (!offline) await writeFile(join(folder, SUB_PATH, 'service-worker.js'), '');
  if (Number.isFinite(clipSeconds)) await cutClips(join(folder, SUB_PATH, 'clips'), clipSeconds);
  const site = await serve(folder, { headers: POLICY });
  return {
    folder,
    url: site.url + SUB_PATH,
    cut: site.cut,
    async close() {
      await site.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Browsers tell formats by the content of a file, so a cut clip is a WAV under the name of the FLAC. */
async function cutClips(folder: string, seconds: number): Promise<void> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.flac'));
  for (const file of files) {
    const { channelData, sampleRate } = await decodeFlac(await readFile(join(folder, file)));
    const samples = channelData[0].subarray(0, seconds * sampleRate);
    await writeFile(join(folder, file), await wav(samples, sampleRate));
  }
}

/** Waits until an expression is true in the page. */
export async function until(browser: Browser, expression: string): Promise<void> {
  const check = async () => {
    if (!(await browser.evaluate(`Boolean(${expression})`))) throw new Error(`Not true in time: ${expression}`);
  };
  try {
    await vi.waitFor(check, { timeout: PATIENCE, interval: 100 });
  } catch (error) {
    // Log now: Vitest repeats a failed test and would not report the first failure if the second run passes.
    console.error(browser.engine, error);
    const lockedUp = delay(ANSWER_TIMEOUT, 'The page does not answer: it is locked up.', { ref: false });
    console.error(await Promise.race([browser.evaluate(stateOf), lockedUp]));
    throw error;
  }
}

/** Runs in the page. */
function stateOf() {
  const textOf = (id: string) => document.getElementById(id)?.textContent;
  return { ...document.body.dataset, status: textOf('status'), error: textOf('error-text') };
}

/** Waits until an element's text matches. */
export function untilText(browser: Browser, selector: string, pattern: RegExp): Promise<void> {
  return until(browser, `${pattern}.test(document.querySelector(${JSON.stringify(selector)}).textContent)`);
}

/** Opens the page or a link to it, and plays the clip until it is learned. The page's output node is in `window.mix`. */
export async function openAndPlay(browser: Browser, url: string): Promise<void> {
  // The page would not reload if only the fragment of its URL changed.
  await browser.goto('about:blank');
  await browser.goto(url);
  await browser.evaluate(exposeMix);
  await browser.click('#start');
  await until(browser, LEARNED);
}

/** Runs in the page: stores the first node that is connected to the destination in `window.mix`. */
export function exposeMix(): void {
  const connect = AudioNode.prototype.connect as (...parameters: unknown[]) => AudioNode;
  AudioNode.prototype.connect = function (this: AudioNode, ...parameters: unknown[]) {
    if (parameters[0] === this.context.destination && !('mix' in window)) Object.assign(window, { mix: this });
    return connect.apply(this, parameters);
  } as AudioNode['connect'];
}

/**
 * Runs in the page, once `window.mix` is there: stores a function `window.peaks` that gives the largest samples of the
 * page's output, left and right, over the last 0.1 s.
 */
export function measurePeaks(): void {
  const { mix } = window as never as { mix: AudioNode };
  const { context } = mix;
  const stereo = new GainNode(context, { channelCount: 2, channelCountMode: 'explicit' });
  const splitter = mix.connect(stereo).connect(new ChannelSplitterNode(context, { numberOfOutputs: 2 }));
  const analysers = [0, 1].map((channel) => {
    const analyser = new AnalyserNode(context, { fftSize: 4096 });
    splitter.connect(analyser, channel);
    return analyser;
  });
  const peaks = () =>
    analysers.map((analyser) => {
      const samples = new Float32Array(analyser.fftSize);
      analyser.getFloatTimeDomainData(samples);
      return samples.reduce((largest, sample) => Math.max(largest, Math.abs(sample)), 0);
    });
  Object.assign(window, { peaks });
}

/** 10 s of three sources */
export function mixture(): Float32Array {
  const [low, mid, high] = threeSources(SAMPLE_RATE, 10);
  return low.map((value, n) => value + mid[n] + high[n]);
}

/** What the browser's database keeps of the user's work */
interface Kept {
  names: (string | null)[];
  /** Id of the bundled clip that plays */
  clip: string | null;
  /** Whether there is a model that can be learned again from a link */
  learned: boolean;
  bypassed: boolean;
  /** Of MIDI, by part; null is the standard */
  notes: (number | null)[];
}

/** Runs in the page. null while nothing is kept. */
export async function kept(): Promise<Kept | null> {
  const opening = indexedDB.open('take-sound-apart');
  const database = await new Promise<IDBDatabase>((resolve) => {
    opening.onsuccess = () => resolve(opening.result);
  });
  const reading = database.transaction('work').objectStore('work').get('work');
  const work = await new Promise<(Kept & { model: { recipe: unknown } | null; midi: Pick<Kept, 'notes'> }) | undefined>(
    (resolve) => {
      reading.onsuccess = () => resolve(reading.result);
    },
  );
  database.close();
  if (!work) return null;
  const { names, clip, model, bypassed, midi } = work;
  return {
    names,
    clip,
    learned: Boolean(model?.recipe),
    bypassed,
    notes: Array.from(midi.notes, (note) => note ?? null),
  };
}
