// The guide's recipe for React, under StrictMode in a development build, which runs every effect twice.
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { presentEngines } from '../harness/browsers.mjs';
import { compiledRecipe } from '../harness/guide.mjs';
import { PATIENCE } from '../harness/patience.mjs';
import { type Site, serve } from '../harness/serve.mjs';
import { makeProject, type Project } from './installed.ts';
import { startWatched, type Watched } from './watched.ts';

const APP = `
  import { createElement, StrictMode, useEffect } from 'react';
  import { createRoot } from 'react-dom/client';
  import { useSeparator } from './useSeparator.js';
  const context = new AudioContext({ sampleRate: 44100 });
  const loop = new AudioBuffer({ length: 2 * 44100, sampleRate: 44100 });
  loop.copyToChannel(Float32Array.from({ length: loop.length }, (_, n) => Math.sin(n / 9) + Math.sin(n / 3) * (n % 9000 < 4500)), 0);
  const errors = [];
  let effects = 0;
  function App() {
    const { separator, error } = useSeparator(context, loop);
    useEffect(() => void effects++, []);
    globalThis.separator = separator;
    if (error) errors.push(String(error));
    return null;
  }
  addEventListener('unhandledrejection', ({ reason }) => errors.push(String(reason)));
  const root = createRoot(document.body);
  const show = (shown) => root.render(createElement(StrictMode, null, shown && createElement(App)));
  const untilLearning = async () => {
    while (globalThis.separator?.state !== 'learning') await new Promise((resolve) => setTimeout(resolve));
  };
  Object.assign(globalThis, { show, untilLearning, report: () => ({ effects, errors, state: globalThis.separator?.state }) });
  show(true);`;

describe.runIf(presentEngines().includes('chromium'))('in React', () => {
  let browser: Watched;
  let project: Project;
  let site: Site;

  beforeAll(async () => {
    project = await makeProject('react', { 'app.js': APP, 'useSeparator.js': compiledRecipe('useSeparator') });
    await esbuild.build({
      entryPoints: [join(project.folder, 'app.js')],
      outfile: join(project.folder, 'main.js'),
      bundle: true,
      format: 'esm',
      allowOverwrite: true,
      define: { 'process.env.NODE_ENV': '"development"' },
    });
    site = await serve(project.folder);
    browser = await startWatched();
    await browser.goto(site.url);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
    await project?.remove();
  });

  const workers = () => browser.page!.workers().length;

  test('StrictMode leaves one node, which learns', async () => {
    await vi.waitUntil(() => browser.evaluate<boolean>('Boolean(globalThis.separator?.model)'), PATIENCE);
    expect(await browser.evaluate('report()')).toEqual({ effects: 2, errors: [], state: 'ready' });
    await expect.poll(workers).toBe(1);
  });

  test('a component that is unmounted while it learns leaves nothing, and reports no error', async () => {
    await browser.evaluate('show(false)');
    await expect.poll(workers).toBe(0);
    await browser.evaluate('show(true)');
    await browser.evaluate('untilLearning().then(() => show(false))');
    await expect.poll(workers).toBe(0);
    expect(await browser.evaluate('report()')).toEqual({ effects: 4, errors: [], state: 'disposed' });
    expect(browser.logs.filter((log) => /error/i.test(log))).toEqual([]);
  });
});
