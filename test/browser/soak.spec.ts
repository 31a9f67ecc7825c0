// Plays for minutes on a busy page: the main thread blocks and makes garbage, and models are learned and changed.

import { type NMFModel, NMFSeparatorNode } from 'nmf-separator-node';
import { expect, inject, test } from 'vitest';
import { commands } from 'vitest/browser';
import { makeAuditor } from '../helpers/auditor.ts';
import { changedWorker } from '../helpers/changedWorker.ts';
import { popClip } from '../helpers/clip.ts';
import { makeCollector } from '../helpers/garbage.ts';
import { play, untilRunning } from '../helpers/rendering.ts';
import { sleep } from '../helpers/sleep.ts';
import { watchWorkers } from '../helpers/workers.ts';

const COMPONENTS = 3;
const seconds = inject('soakSeconds');
/** Memory is compared with that after this time. */
const WARM_UP_SECONDS = Math.min(60, seconds / 2);
const ALLOWED_GROWTH_MEGABYTES = 60;
/** Chromium leaves up to 50 MB of garbage lying in each of its threads, but has a function that collects it. */
const COLLECTABLE_WORKER = changedWorker("if (data === 'collect') globalThis.gc?.();");

test(`${seconds} seconds on a busy page: the components add up to the input, without clicks or leaks`, {
  // On a busy machine every step takes longer.
  timeout: (3 * seconds + 60) * 1000,
}, async () => {
  const workers = watchWorkers();
  const context = new AudioContext();
  await context.resume();
  const collectGarbage = await makeCollector(context);
  const megabytes = async () => {
    for (const worker of workers.living()) worker.postMessage('collect');
    await collectGarbage();
    return commands.browserMegabytes();
  };
  const clip = await popClip(context);
  const mono = clip.getChannelData(0).slice();
  const separator = new NMFSeparatorNode(context, {
    components: COMPONENTS,
    channelCount: 1,
    workerUrl: COLLECTABLE_WORKER,
  });
  const errors: Error[] = [];
  // What is still under way at the end is rejected then.
  const onError = (error: Error) => errors.push(error);
  separator.error$.subscribe(onError);
  await separator.ready;
  const auditor = await makeAuditor(context, COMPONENTS, Math.round(separator.latency * context.sampleRate));
  for (let k = 0; k < COMPONENTS; k++) separator.connect(auditor.node, k, 1 + k);
  await untilRunning(separator);
  play(context, mono, separator, auditor.node).loop = true;

  let before = 0;
  const models: NMFModel[] = [];
  let learned = 0;
  let swapped = 0;
  for (let elapsed = 0; elapsed < seconds; elapsed += 0.5) {
    blockMainThread(200);
    makeGarbage();
    if (elapsed % 10 === 3) {
      const fromHistory = elapsed % 20 === 3;
      separator.learn(fromHistory ? undefined : clip, { seed: elapsed, iterations: 60 }).then(({ model }) => {
        learned++;
        models.push(model);
      }, onError);
    } else if (elapsed % 3.5 === 0) {
      swapped++;
      separator.setModel(models[Math.floor(Math.random() * (models.length + 1))] ?? null).catch(onError);
    }
    if (elapsed === WARM_UP_SECONDS) before = await megabytes();
    await sleep(300);
  }

  const { samples, energy, errorEnergy, largestError, inputSecondDifference, componentSecondDifference } =
    await auditor.audit();
  const { framesActivated, lateFrames } = separator.statistics;
  const late = (100 * lateFrames) / (framesActivated + lateFrames);
  const growth = (await megabytes()) - before;
  console.log(
    `${Math.round(samples / context.sampleRate)} s, ${learned} models learned, ${swapped} swaps, ` +
      `error ${(10 * Math.log10(errorEnergy / energy)).toFixed(0)} dB, late frames ${late.toFixed(2)} %, ` +
      `load ${(100 * separator.statistics.load).toFixed(1)} %, memory ${growth >= 0 ? '+' : ''}${growth.toFixed(0)} MB`,
  );
  expect(errors).toEqual([]);
  expect(samples / context.sampleRate).toBeGreaterThan(0.8 * seconds);
  expect(10 * Math.log10(errorEnergy / energy)).toBeLessThan(-120);
  expect(largestError).toBeLessThan(1e-5);
  expect(componentSecondDifference).toBeLessThan(1.5 * inputSecondDifference);
  expect(learned).toBeGreaterThan(Math.floor(seconds / 10) - 2);
  expect(framesActivated).toBeGreaterThan(lateFrames);
  expect(growth).toBeLessThan(ALLOWED_GROWTH_MEGABYTES);
  separator.dispose();
});

function blockMainThread(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

function makeGarbage(): void {
  const garbage: number[][] = [];
  for (let i = 0; i < 2000; i++) garbage.push(new Array(100).fill(i));
}
