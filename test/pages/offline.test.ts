// The demo without a network, on hosts that cannot isolate it, after an update, and compressed.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { OwnReload } from '../../demo/src/offline/OwnReload.ts';
import { presentEngines } from '../harness/browsers.mjs';
import { ISOLATION_ENV } from '../harness/isolation.mjs';
import { type Browser, launch } from '../harness/launch.mjs';
import { serve } from '../harness/serve.mjs';
import { openAndPlay, POLICY, serveDemo, until, untilText } from '../helpers/demoPage.ts';
import { buildPage } from '../helpers/offlinePage.ts';

const SERVE = fileURLToPath(new URL('../../demo/serve.mjs', import.meta.url));
const CONTROLLED = 'navigator.serviceWorker.controller';
/** The page itself, loaded: while it is loaded again, Firefox has an empty page in its place that is isolated, too. */
const ISOLATED = `crossOriginIsolated && location.protocol === 'http:' && document.readyState === 'complete'`;
/** In the order of their buttons */
const VISUALIZERS = ['Bars', 'Flashes', 'Figures', 'Bodies', 'Hydra', 'Sketch', 'Butterchurn'];
const CLIPS = ['pop', 'drums', 'duo', 'band'];

/** The addresses of all that the browser has stored for a page */
const keptBy = (browser: Browser) =>
  browser.evaluate(async () => {
    const stored = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    return (await Promise.all(stored.map((cache) => cache.keys()))).flat().map(({ url }) => url);
  });

describe.each(presentEngines())('the demo in %s', (engine) => {
  test('is isolated by itself after its first visit, and then plays without a network', async () => {
    const site = await serveDemo({ offline: true });
    const browser = await launch(engine, { env: ISOLATION_ENV[engine] });
    try {
      await browser.goto(site.url);
      await until(browser, ISOLATED);
      await site.close();
      await openAndPlay(browser, site.url);
      await untilText(browser, '#isolated', /^shared memory/);
      const kept = async (clips: string[]) =>
        Promise.all(clips.map(async (clip) => (await fetch(`clips/${clip}.flac`)).ok));
      expect(await browser.evaluate(kept, CLIPS)).toEqual(CLIPS.map(() => true));
      expect(browser.logs.filter((line) => line.startsWith('pageerror'))).toEqual([]);
    } finally {
      await browser.close();
      await site.close();
    }
  });
});

describe.each(presentEngines())('the demo in %s, after one visit', (engine) => {
  let site: Awaited<ReturnType<typeof serveDemo>>;
  let browser: Browser;

  // Nothing is opened at the visit.
  beforeEach(async () => {
    site = await serveDemo({ offline: true });
    browser = await launch(engine, { env: ISOLATION_ENV[engine] });
    await browser.goto(site.url);
    await until(browser, ISOLATED);
  });
  afterEach(async () => {
    await browser?.close();
    await site?.close();
  });

  const names = () =>
    browser.evaluate<string[]>(
      `Array.from(document.querySelectorAll('.component .name'), (name) => name.value).filter(Boolean)`,
    );

  test('starts from drums without a network', async () => {
    await site.close();
    await openAndPlay(browser, site.url);
    await browser.click('#use-drums');
    await untilText(browser, '#status', /^Kick, snare and hat are known/);
    expect((await names()).slice(0, 3)).toEqual(['kick', 'snare', 'hat']);
    expect(await browser.evaluate(`document.getElementById('error').hidden`)).toBe(true);
  });

  const shown = (title: string) =>
    until(browser, `document.querySelector('.gallery-picture[aria-label^="${title}."] canvas')`);
  const choose = (title: string) => browser.click(`.gallery-list button:nth-child(${VISUALIZERS.indexOf(title) + 1})`);

  test('says which visualizers need a network, shows the others, and shows all once it is back', async () => {
    site.cut(true);
    await openAndPlay(browser, site.url);
    // Not every engine's click scrolls the button out from under the transport.
    await browser.evaluate(`document.getElementById('visualize').scrollIntoView({ block: 'center' })`);
    await browser.click('#visualize');
    await shown('Bars');
    for (const title of ['Bodies', 'Hydra', 'Sketch', 'Butterchurn']) {
      await choose(title);
      const sentence = `${title} could not be loaded. Without a network only what was opened before is here.`;
      await until(browser, `document.querySelector('.gallery-sentence')?.textContent === '${sentence}'`);
    }
    for (const title of ['Flashes', 'Figures', 'Bars']) {
      await choose(title);
      await shown(title);
    }
    site.cut(false);
    await choose('Sketch');
    await shown('Sketch');
    site.cut(true);
    await choose('Bars');
    await shown('Bars');
    await choose('Sketch');
    await shown('Sketch');
    expect(await browser.evaluate(`document.getElementById('error').hidden`)).toBe(true);
  });
});

describe.each(presentEngines())('a page that works offline in %s', (engine) => {
  let folder: string;
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    browser = await launch(engine);
  });
  afterAll(() => browser?.close());
  // Each test has a port of its own, and so nothing of what the browser stored for the others.
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'offline-'));
    await buildPage(folder, 'first');
  });
  afterEach(async () => {
    await browser.goto('about:blank');
    await site?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const start = async (isolated: boolean) => {
    site = await serve(folder, { isolated, headers: POLICY });
  };
  const loads = () => browser.evaluate<number>('Number(sessionStorage.loads)');
  const versions = () => browser.evaluate('[document.title, version]');

  test('is loaded again once, and only where the host does not isolate it', async () => {
    await start(false);
    await browser.goto(site.url);
    await until(browser, ISOLATED);
    expect(await loads()).toBe(2);
    for (const expected of [3, 4]) {
      await browser.goto(site.url);
      await until(browser, `${ISOLATED} && ${CONTROLLED}`);
      expect(await loads()).toBe(expected);
    }
  });

  test('is not loaded again where the host isolates it', async () => {
    await start(true);
    await browser.goto(site.url);
    await until(browser, CONTROLLED);
    await browser.goto(site.url);
    await until(browser, CONTROLLED);
    expect(await loads()).toBe(2);
  });

  test('is not loaded again while the user does something', async () => {
    await start(false);
    await browser.goto(`${site.url}?busy`);
    await until(browser, CONTROLLED);
    expect(await browser.evaluate('crossOriginIsolated')).toBe(false);
    await browser.goto(site.url);
    expect(await browser.evaluate('crossOriginIsolated')).toBe(true);
    expect(await loads()).toBe(2);
  });

  test('keeps what is loaded on demand from its first use on', async () => {
    await start(true);
    await browser.goto(site.url);
    await until(browser, CONTROLLED);
    expect(await browser.evaluate('more()')).toBe('first');
    await expect.poll(() => keptBy(browser)).toContainEqual(expect.stringMatching(/chunks\/more-.+\.js$/));
    await site.close();
    await browser.goto(`${site.url}?from=elsewhere`);
    expect(await browser.evaluate('more()')).toBe('first');
  });

  test('does not have on demand what was never used', async () => {
    await start(true);
    await browser.goto(site.url);
    await until(browser, CONTROLLED);
    await site.close();
    await browser.goto(site.url);
    expect(await browser.evaluate(`more().catch(() => 'none')`)).toBe('none');
  });

  test('is of the new version at the load after it was found, and never of two', async () => {
    await start(true);
    await browser.goto(site.url);
    await until(browser, CONTROLLED);
    await buildPage(folder, 'second');
    await browser.goto(site.url);
    expect(await versions()).toEqual(['first', 'first']);
    await until(browser, 'window.use');
    await browser.goto(site.url);
    await until(browser, `window.version === 'second'`);
    expect(await versions()).toEqual(['second', 'second']);
    expect(await browser.evaluate('more()')).toBe('second');
  });

  test('is of the new version as soon as the user asks for it', async () => {
    await start(true);
    await browser.goto(`${site.url}?busy`);
    await until(browser, CONTROLLED);
    await buildPage(folder, 'second');
    await browser.goto(`${site.url}?busy`);
    await until(browser, 'window.use');
    await browser.evaluate('void use()');
    await until(browser, `window.version === 'second'`);
    expect(await versions()).toEqual(['second', 'second']);
  });
});

describe.runIf(presentEngines().includes('chromium'))('the demo in Chromium', () => {
  let site: Awaited<ReturnType<typeof serveDemo>>;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    site = await serveDemo({ offline: true });
  });
  afterAll(() => site?.close());
  beforeEach(async () => {
    browser = await launch('chromium');
    page = browser.page as Page;
  });
  afterEach(() => browser?.close());

  /** What keeps the page from being installed as an app */
  const obstacles = async () => {
    const session = await page.context().newCDPSession(page);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    return (
      installabilityErrors
        .map(({ errorId }) => errorId)
        // Every page that Playwright opens is a private one.
        .filter((id) => id !== 'in-incognito')
    );
  };

  test('can be installed', async () => {
    await page.goto('about:blank');
    expect(await obstacles()).not.toEqual([]);
    await page.goto(site.url);
    await until(browser, ISOLATED);
    const session = await page.context().newCDPSession(page);
    const { url, errors } = await session.send('Page.getAppManifest');
    expect(url).toBe(`${site.url}manifest.webmanifest`);
    expect(errors).toEqual([]);
    expect(await obstacles()).toEqual([]);
    const { icons } = await (await page.request.get(url)).json();
    for (const { src } of icons) expect((await page.request.get(new URL(src, url).href)).ok(), src).toBe(true);
  });

  test('requests nothing from other hosts, and nothing that is compressed twice', async () => {
    const urls: string[] = [];
    page.context().on('request', (request) => urls.push(request.url()));
    await page.goto(site.url);
    await until(browser, ISOLATED);
    const kept = await keptBy(browser);
    expect(kept.length).toBeGreaterThan(10);
    for (const url of [...urls, ...kept]) expect(url.startsWith(site.url), url).toBe(true);
    expect(kept.map((url) => new URL(url).pathname).filter((path) => /\.(br|gz)$/.test(path))).toEqual([]);
  });

  test('downloads what is for later only once it is loaded', async () => {
    const urls: string[] = [];
    page.context().on('request', (request) => urls.push(request.url()));
    const atLoad = page.waitForEvent('load').then(() => [...urls]);
    await page.goto(site.url);
    const forLater =
      /chunks\/(packages|models|bars|bodies|butterchurn|figures|flashes|hydra|sketch|MediaTrack|webmidi)/;
    expect((await atLoad).filter((url) => forLater.test(url))).toEqual([]);
    await expect.poll(() => keptBy(browser)).toContainEqual(expect.stringMatching(/chunks\/models-/));
  });

  test('plays without service workers', async () => {
    await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
    await openAndPlay(browser, site.url);
    expect(await browser.evaluate(`'serviceWorker' in navigator`)).toBe(false);
    expect(browser.logs).toEqual([]);
  });

  test('plays where its service worker is refused', async () => {
    await page.addInitScript(() => {
      // Empty pages have none.
      if (!('serviceWorker' in navigator)) return;
      const refused = () => Promise.reject(new DOMException('Refused', 'SecurityError'));
      ServiceWorkerContainer.prototype.register = refused;
    });
    await openAndPlay(browser, site.url);
    expect(browser.logs).toEqual([]);
  });

  test('stays of one version while it is open in two tabs', async () => {
    const folder = join(site.folder, 'tabs');
    const url = new URL('/tabs/', site.url).href;
    await buildPage(folder, 'first');
    await page.goto(url);
    await until(browser, ISOLATED);
    const [second] = await Promise.all([
      page.waitForEvent('popup'),
      page.evaluate((address) => void window.open(address), url),
    ]);
    await second.waitForLoadState();
    await buildPage(folder, 'second');
    await page.goto(url);
    await until(browser, 'window.use');
    await page.goto(url);
    await until(browser, 'window.use');
    expect(await browser.evaluate('use()')).toBe(false);
    expect(await browser.evaluate('version')).toBe('first');
    await second.close();
    await page.goto(url);
    await until(browser, `window.version === 'second'`);
  });
});

describe('a reload by the page itself', () => {
  const reload = vi.fn();
  beforeEach(() => {
    reload.mockClear();
    vi.stubGlobal('location', { reload });
  });
  afterEach(() => void vi.unstubAllGlobals());

  test('never follows another', () => {
    const stored = new Map<string, string>();
    vi.stubGlobal('sessionStorage', {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
      removeItem: (key: string) => void stored.delete(key),
    });
    const first = new OwnReload();
    expect(first.allowed).toBe(true);
    first.run();
    expect(reload).toHaveBeenCalledOnce();
    expect(new OwnReload().allowed).toBe(false);
    expect(new OwnReload().allowed).toBe(true);
  });

  test('is not allowed where it cannot be remembered', () => {
    const refuse = () => {
      throw new DOMException('Refused', 'SecurityError');
    };
    vi.stubGlobal('sessionStorage', { getItem: refuse, setItem: refuse, removeItem: refuse });
    expect(new OwnReload().allowed).toBe(false);
  });
});

describe('npm start', () => {
  let server: ChildProcess;
  let url: string;

  beforeAll(async () => {
    server = spawn(process.execPath, [SERVE], { env: { ...process.env, PORT: '0' } });
    const [line] = await once(server.stdout!, 'data');
    url = `${String(line).match(/http:\S+/)![0]}/`;
  });
  afterAll(() => void server?.kill());

  /** A request without a browser, which would decompress the answer */
  const request = async (path: string, headers: Record<string, string>) => {
    const [response]: IncomingMessage[] = await once(get(url + path, { headers }), 'response');
    return { status: response.statusCode, headers: response.headers, body: await buffer(response) };
  };

  test.each(['', 'main.js', 'style.css', 'worker.js', 'manifest.webmanifest', 'icon.svg'])(
    'sends /%s compressed, as the browser asks for it',
    async (path) => {
      const plain = await request(path, {});
      expect(plain.headers['content-encoding']).toBeUndefined();
      for (const [encoding, decompress] of [
        ['br', brotliDecompressSync],
        ['gzip', gunzipSync],
      ] as const) {
        const { status, headers, body } = await request(path, { 'Accept-Encoding': encoding });
        expect(status).toBe(200);
        expect(headers).toMatchObject({
          'content-encoding': encoding,
          'content-type': plain.headers['content-type'],
          vary: 'Accept-Encoding',
        });
        expect(body.length).toBeLessThan(plain.body.length);
        expect(decompress(body).equals(plain.body)).toBe(true);
        const again = await request(path, { 'Accept-Encoding': encoding, 'If-None-Match': headers.etag! });
        expect(again).toMatchObject({ status: 304, headers: { vary: 'Accept-Encoding' } });
        expect(again.body).toHaveLength(0);
      }
    },
  );

  test('sends sound as it is', async () => {
    const { status, headers } = await request('clips/pop.flac', { 'Accept-Encoding': 'gzip, br' });
    expect(status).toBe(200);
    expect(headers['content-encoding']).toBeUndefined();
  });
});
