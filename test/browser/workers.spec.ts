// Workers that die, do not start, or compute for long.
import { NMFModel } from 'nmf-separator-node';
import { firstValueFrom } from 'rxjs';
import { afterEach, expect, test } from 'vitest';
import { changedWorker } from '../helpers/changedWorker.ts';
import { running } from '../helpers/contexts.ts';
import { temporaryNodes } from '../helpers/nodes.ts';
import { play, sumOf } from '../helpers/rendering.ts';
import { noise, threeSources } from '../helpers/signals.ts';
import { sleep } from '../helpers/sleep.ts';
import { watchWorkers } from '../helpers/workers.ts';

const context = await running(new AudioContext());
const makeNode = temporaryNodes();
const workers = watchWorkers();

afterEach(() => workers.refuse(0));

test('restarting the worker is repeated until it succeeds', async () => {
  const separator = makeNode(context);
  const errors: Error[] = [];
  separator.error$.subscribe((error) => errors.push(error));
  await separator.learn(sumOf(threeSources(context.sampleRate, 2)), { iterations: 10 });
  play(context, noise(context.sampleRate * 20), separator);
  separator.components[0].connect(context.destination);
  workers.refuse(2);
  workers.newest().terminate();
  const { frames } = await separator.spectrogram();
  expect(frames).toBeGreaterThan(0);
  const { framesActivated } = separator.statistics;
  await expect.poll(() => separator.statistics.framesActivated).toBeGreaterThan(framesActivated);
  // The death, and once that another worker was refused: the second refusal is the same fault.
  expect(errors.map(({ message }) => message)).toEqual([
    expect.stringContaining('has died'),
    expect.stringContaining('refuses this worker'),
  ]);
});

test('a worker that computes for long is not taken for dead', async () => {
  const separator = makeNode(context, {
    workerUrl: changedWorker(`for (const end = Date.now() + 4000; data === 'compute' && Date.now() < end;);`),
  });
  const errors: Error[] = [];
  separator.error$.subscribe((error) => errors.push(error));
  await separator.ready;
  const worker = workers.newest();
  worker.postMessage('compute');
  await sleep(100);
  await separator.spectrogram();
  expect(errors).toEqual([]);
  expect(workers.newest()).toBe(worker);
});

test('a call that kills every worker is given up', async () => {
  const separator = makeNode(context, {
    workerUrl: changedWorker(`if (data.path?.[0] === 'spectrogram') { event.stopImmediatePropagation(); close(); }`),
  });
  await separator.ready;
  const before = workers.made();
  await expect(separator.spectrogram()).rejects.toThrow(/workers have died/);
  expect(workers.made() - before).toBeLessThan(5);
  const { model } = await separator.learn(sumOf(threeSources(context.sampleRate, 2)), { iterations: 10 });
  expect([separator.model, separator.state]).toEqual([model, 'ready']);
});

test('a model that kills every worker is given up, and another one taken', async () => {
  const separator = makeNode(context, {
    workerUrl: changedWorker(
      `if (JSON.stringify(data).includes('"pitchShifts":7')) { event.stopImmediatePropagation(); close(); }`,
    ),
  });
  const { model } = await separator.learn(sumOf(threeSources(context.sampleRate, 2)), { iterations: 10 });
  const before = workers.made();
  const deadly = NMFModel.fromJSON({ ...model.toJSON(), pitchShifts: 7 });
  await expect(separator.setModel(deadly)).rejects.toThrow(/workers have died/);
  expect(workers.made() - before).toBeLessThan(10);
  expect([separator.model, separator.state]).toEqual([model, 'ready']);
  await separator.setModel(null);
  expect(separator.model).toBe(null);
});

test('learning is told that its worker was killed', async () => {
  const separator = makeNode(context);
  await separator.ready;
  const learning = separator.learn(noise(context.sampleRate * 5), { tolerance: 0, iterations: 5000 });
  void firstValueFrom(separator.progress$).then(() => workers.newest().terminate());
  await expect(learning).rejects.toThrow(/worker has died/);
  expect(separator.state).toBe('ready');
});

test('learning has its own worker and works while the live worker is dead', async () => {
  const separator = makeNode(context);
  await separator.ready;
  workers.newest().terminate();
  const { model } = await separator.learn(sumOf(threeSources(context.sampleRate, 2)), { iterations: 10 });
  expect(separator.model).toBe(model);
});
