// Pages without a bundler: plain, isolated, in iframes, with two copies of the package; and pages opened from a file.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { presentEngines } from '../harness/browsers.mjs';
import { launch } from '../harness/launch.mjs';
import { PATIENCE } from '../harness/patience.mjs';
import { type Site, serve } from '../harness/serve.mjs';
import { makeProject, type Project } from './installed.ts';
import { expectSeparation, foreignRequests, openReport, type Report, startWatched, type Watched } from './watched.ts';

const IMPORT_MAP = {
  imports: {
    'nmf-separator-node': './node_modules/nmf-separator-node/dist/index.js',
    'another-copy': './node_modules/nmf-separator-node/dist/index.js?another',
    rxjs: './vendor/rxjs.js',
    'standardized-audio-context': './vendor/standardized-audio-context.js',
  },
};
const page = (script: string) => `<!doctype html><meta charset="utf-8">
  <script type="importmap">${JSON.stringify(IMPORT_MAP)}</script>
  <script type="module">${script}</script>`;

/** A sandboxed frame has an opaque origin, so its module requests are cross-origin. */
const FOR_ALL = { 'Access-Control-Allow-Origin': '*' };

const TWICE = page(`
  import { NMFSeparatorNode } from 'nmf-separator-node';
  import { NMFSeparatorNode as Another } from 'another-copy';
  import { AudioContext as StandardizedContext } from 'standardized-audio-context';
  const nodes = [new AudioContext(), new StandardizedContext()].flatMap((context) => [
    new NMFSeparatorNode(context),
    new Another(context),
  ]);
  globalThis.report = Promise.all(nodes.map(({ ready }) => ready)).then(() => ({
    copies: NMFSeparatorNode !== Another,
    states: nodes.map((node) => node.state),
  }));`);

describe.runIf(presentEngines().includes('chromium'))('without a bundler', () => {
  let browser: Watched;
  let project: Project;
  const sites: Site[] = [];

  beforeAll(async () => {
    project = await makeProject('embedding', {
      'index.html': page("import './main.js';"),
      'twice.html': TWICE,
    });
    // Neither is published as a single ES module. Without a bundler, a page would load one from a CDN; build it here.
    for (const name of ['rxjs', 'standardized-audio-context']) {
      const stdin = { contents: `export * from '${name}';`, resolveDir: project.folder };
      const outfile = join(project.folder, `vendor/${name}.js`);
      await esbuild.build({ stdin, outfile, bundle: true, format: 'esm' });
    }
    browser = await startWatched();
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all(sites.map((site) => site.close()));
    await project?.remove();
  });

  async function serveProject(options: Parameters<typeof serve>[1] = {}): Promise<string> {
    const site = await serve(project.folder, options);
    sites.push(site);
    return site.url;
  }

  test.each([true, false])('a page separates with an import map; isolated: %s', async (isolated) => {
    const url = await serveProject({ isolated });
    const report = await openReport(browser, url);
    expectSeparation(report);
    expect(report.isolated).toBe(isolated);
    expect(foreignRequests(browser, url)).toEqual([]);
  });

  test.each([
    ['allow="autoplay"', 'of another origin'],
    ['sandbox="allow-scripts" allow="autoplay"', 'in a sandbox'],
  ])('a frame with %s separates: %s', async (attributes) => {
    const inner = await serveProject({ headers: FOR_ALL });
    await writeFile(
      join(project.folder, 'outer.html'),
      `<!doctype html><iframe ${attributes} src="${inner}"></iframe>`,
    );
    const outer = await serveProject();
    expect(new URL(outer).origin).not.toBe(new URL(inner).origin);
    await browser.goto(`${outer}outer.html`);
    const frame = await vi.waitUntil(() => browser.page!.frames().find((each) => each.url() === inner), PATIENCE);
    await vi.waitUntil(() => frame.evaluate('Boolean(globalThis.report)'), PATIENCE);
    expectSeparation((await frame.evaluate('report')) as Report);
  });

  test('two copies of the package share a context', async () => {
    const url = await serveProject();
    await browser.goto(`${url}twice.html`);
    await vi.waitUntil(() => browser.evaluate('Boolean(globalThis.report)'), PATIENCE);
    expect(await browser.evaluate('report')).toEqual({ copies: true, states: Array(4).fill('ready') });
    expect(browser.logs.filter((log) => log.startsWith('pageerror'))).toEqual([]);
  });
});

describe('a page opened from a file separates', () => {
  let project: Project;
  beforeAll(async () => {
    project = await makeProject('file', { 'index.html': '<!doctype html><script defer src="classic.js"></script>' });
    const [entry, outfile] = ['main.js', 'classic.js'].map((file) => join(project.folder, file));
    await esbuild.build({ entryPoints: [entry], outfile, bundle: true, format: 'iife' });
  });
  afterAll(() => project?.remove());

  test.each(presentEngines())('in %s', async (engine) => {
    const browser = await launch(engine);
    try {
      await browser.goto(pathToFileURL(join(project.folder, 'index.html')).href);
      await vi.waitUntil(() => browser.evaluate<boolean>('Boolean(globalThis.report)'), PATIENCE);
      expectSeparation(await browser.evaluate<Report>('report'));
    } finally {
      await browser.close();
    }
  });
});
