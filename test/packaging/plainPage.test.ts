// The plain page of examples/ in every browser. examples.test.ts uses it exactly as it stands, which only Chromium allows.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { presentEngines } from '../harness/browsers.mjs';
import { launch } from '../harness/launch.mjs';
import { PATIENCE } from '../harness/patience.mjs';
import { serve } from '../harness/serve.mjs';
import { buildExample } from './buildExample.ts';
import { scriptsOfCdn } from './cdn.ts';
import { type Evaluate, expectSeparated, expectSilent, hear, keepNodes, LEARNED } from './heard.ts';

const DRUMS = new URL('../../demo/clips/drums.flac', import.meta.url);

describe('the plain page', () => {
  test.each(presentEngines())('separates in %s', async (engine) => {
    const project = await buildExample('plain-page');
    const { folder } = project;
    // Not every driver can answer in the place of the CDN, so its addresses become files of the site.
    let html = await readFile(join(folder, 'index.html'), 'utf8');
    for (const [i, [address, script]] of [...(await scriptsOfCdn(folder))].entries()) {
      expect(html).toContain(`"${address}"`);
      html = html.replace(address, `./cdn-${i}.js`);
      await writeFile(join(folder, `cdn-${i}.js`), script);
    }
    html = html.replace('<title>', `<script>(${keepNodes})()</script><title>`);
    await writeFile(join(folder, 'index.html'), html);
    await writeFile(join(folder, 'drums.flac'), await readFile(DRUMS));
    const site = await serve(folder);
    const other = await launch(engine);
    const evaluate: Evaluate = (code) => other.evaluate(code);
    try {
      await other.goto(site.url);
      await other.evaluate(chooseDrums);
      await vi.waitUntil(() => evaluate<boolean>(LEARNED), PATIENCE);
      await other.evaluate(hear);
      await expectSeparated(evaluate);
      await other.evaluate(silencePart2);
      await expectSilent(evaluate, 1);
    } finally {
      await other.close();
      await site.close();
      await project.remove();
    }
  });
});

/** Runs in the page: chooses the file `drums.flac` beside it, which not every driver can. */
async function chooseDrums(): Promise<void> {
  const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
  const chosen = new DataTransfer();
  chosen.items.add(new File([await (await fetch('drums.flac')).blob()], 'drums.flac'));
  input.files = chosen.files;
  input.dispatchEvent(new Event('click', { bubbles: true }));
  input.dispatchEvent(new Event('change'));
}

/** Runs in the page. */
function silencePart2(): void {
  const fader = document.querySelectorAll<HTMLInputElement>('input[type=range]')[1];
  fader.value = '0';
  fader.dispatchEvent(new Event('input'));
}
