// The site's pages, in Chromium: their links, accessibility, width, search, and whether they work without a network.
import { readFile } from 'node:fs/promises';
import { LinkChecker } from 'linkinator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DOCUMENTS } from '../../site/documents.mjs';
import { type Browser, launch } from '../harness/launch.mjs';
import { PATIENCE } from '../harness/patience.mjs';
import {
  AXE,
  apiPages,
  openWatched,
  overflowOf,
  serveSite,
  sitePages,
  violationsOn,
  type WatchedPage,
} from '../helpers/sitePage.ts';

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 320, height: 640 };

let site: Awaited<ReturnType<typeof serveSite>>;
let browser: Browser;
let axe: string;

beforeAll(async () => {
  [site, browser, axe] = await Promise.all([serveSite(), launch('chromium'), readFile(AXE, 'utf8')]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** Runs in a page of its own, which must not have done anything wrong. */
async function onPage(act: (watched: WatchedPage) => Promise<void>, options = {}): Promise<void> {
  const watched = await openWatched(browser, options);
  try {
    await act(watched);
    expect(watched.faults).toEqual([]);
  } finally {
    await watched.close();
  }
}

test('every document has a page', async () => {
  const pages = await sitePages();
  expect(pages).toEqual(expect.arrayContaining(DOCUMENTS.map(({ page }) => page)));
  expect(pages).toEqual(expect.arrayContaining(['index.html', 'gallery.html', 'search.html']));
});

test('every page opens without an error, and asks no other host', async () => {
  const pages = [...(await sitePages()), ...(await apiPages()), 'demo/'];
  expect(pages.length).toBeGreaterThan(40);
  await onPage(async ({ page }) => {
    for (const path of pages) {
      const response = await page.goto(site.url + path);
      expect(response?.ok(), path).toBe(true);
      expect(await page.title(), path).toContain(path === 'demo/' ? 'Take sound apart' : 'nmf-separator-node');
    }
  });
});

test('every page has a title and a description of its own', async () => {
  await onPage(async ({ page }) => {
    const titles = new Set<string>();
    const descriptions = new Set<string | null>();
    const pages = await sitePages();
    for (const path of pages) {
      await page.goto(site.url + path);
      const title = await page.title();
      expect(title.match(/nmf-separator-node/g), path).toHaveLength(1);
      titles.add(title);
      descriptions.add(await page.locator('meta[name=description]').getAttribute('content'));
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
    }
    expect(titles.size).toBe(pages.length);
    expect(descriptions.size).toBe(pages.length);
    expect(descriptions).not.toContain('');
  });
});

test('nothing that is kept for use offline is a hidden file, which hosts may refuse', async () => {
  const serviceWorker = await (await fetch(`${site.url}service-worker.js`)).text();
  const files = Array.from(serviceWorker.matchAll(/url:"([^"]+)"/g), ([, url]) => url);
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => /(^|\/)\./.test(file))).toEqual([]);
});

test('the menu takes one line in a window of 800 px', async () => {
  await onPage(
    async ({ page }) => {
      await page.goto(site.url);
      const tops = page
        .locator('.top nav a')
        .evaluateAll((links) => links.map((link) => link.getBoundingClientRect().top));
      expect(new Set(await tops).size).toBe(1);
    },
    { viewport: { width: 800, height: 600 } },
  );
});

test('on paper, code and tables are whole', async () => {
  await onPage(
    async ({ page }) => {
      await page.emulateMedia({ media: 'print' });
      for (const path of ['guide.html', 'reference.html']) {
        await page.goto(site.url + path);
        const cut = page
          .locator('pre, .scroll')
          .evaluateAll(
            (elements) => elements.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).length,
          );
        expect(await cut, path).toBe(0);
        expect(await page.getByRole('searchbox').isVisible()).toBe(false);
      }
    },
    { viewport: { width: 700, height: 900 } },
  );
});

test('every link within the site leads to what is there', async () => {
  const result = await new LinkChecker().check({
    path: site.url,
    recurse: true,
    checkFragments: true,
    concurrency: 20,
    linksToSkip: async (link) => !link.startsWith(site.url),
  });
  expect(result.links.filter(({ state }) => state === 'BROKEN').map(({ url, parent }) => `${parent}: ${url}`)).toEqual(
    [],
  );
  const checked = result.links.filter(({ state }) => state === 'OK').map(({ url }) => url.slice(site.url.length));
  expect(checked.length).toBeGreaterThan(100);
  expect(checked).toEqual(
    expect.arrayContaining(['guide.html', 'demo/', 'api/interfaces/nmf-separator-node.NMFSeparatorNode.html']),
  );
});

describe.each(['light', 'dark'] as const)('in the %s scheme', (colorScheme) => {
  test('every page is accessible, and fits wide and narrow windows', async () => {
    const problems: string[] = [];
    await onPage(
      async ({ page }) => {
        for (const path of await sitePages()) {
          await page.goto(site.url + path);
          for (const viewport of [WIDE, NARROW]) {
            await page.setViewportSize(viewport);
            const found = await violationsOn(page, axe);
            const overflow = await overflowOf(page);
            if (overflow > 0) found.push(`${overflow} px too wide`);
            problems.push(...found.map((problem) => `${path}, ${viewport.width} px: ${problem}`));
          }
        }
      },
      { colorScheme },
    );
    expect(problems).toEqual([]);
  });
});

test('without JavaScript everything can be read, and nothing pretends to run', async () => {
  await onPage(
    async ({ page }) => {
      await page.goto(`${site.url}guide.html`);
      expect(await page.locator('#split-a-loop').isVisible()).toBe(true);
      expect(await page.locator('.recipe pre').first().isVisible()).toBe(true);
      expect(await page.getByRole('button', { name: 'Run' }).count()).toBe(0);
      await page.goto(`${site.url}search.html`);
      expect(await page.getByText('Searching needs JavaScript').isVisible()).toBe(true);
    },
    { javaScriptEnabled: false },
  );
});

test('the picture moves, unless the reader wants less of that', async () => {
  const shown: string[] = [];
  await onPage(async ({ page }) => {
    for (const reducedMotion of ['no-preference', 'reduce'] as const) {
      await page.emulateMedia({ reducedMotion });
      await page.goto(site.url);
      const picture = page.locator('.hero img');
      await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(300);
      shown.push(await picture.evaluate((image: HTMLImageElement) => image.currentSrc.replace(/.*\./, '')));
    }
  });
  expect(shown).toEqual(['webp', 'jpg']);
});

describe('the search', () => {
  test('is reached from every page by its field, and leads to a recipe', async () => {
    await onPage(async ({ page }) => {
      await page.goto(site.url);
      await page.getByRole('searchbox').fill('kick flash');
      await page.keyboard.press('Enter');
      await page.getByRole('link', { name: 'Hit the kick, flash the screen' }).click();
      expect(page.url()).toBe(`${site.url}guide.html#hit-the-kick-flash-the-screen`);
      expect(await page.locator('#hit-the-kick-flash-the-screen').isVisible()).toBe(true);
    });
  });

  test('finds members of the API while the reader types', async () => {
    await onPage(async ({ page }) => {
      await page.goto(`${site.url}search.html`);
      await page.getByRole('searchbox').pressSequentially('onsets$');
      const link = page.locator('#search-results a[href*="NMFSeparatorNode.html#onsets"]');
      await link.click();
      expect(page.url()).toContain(`${site.url}api/interfaces/nmf-separator-node.NMFSeparatorNode.html#onsets`);
      // And back to the site's own pages
      await page.getByRole('link', { name: 'Guide', exact: true }).click();
      expect(page.url()).toBe(`${site.url}guide.html`);
    });
  });

  test('says so where there is nothing', async () => {
    await onPage(async ({ page }) => {
      await page.goto(`${site.url}search.html?q=zzzz`);
      await page.getByText('Nothing has been found for “zzzz”.').waitFor();
      expect(await page.locator('#search-results li').count()).toBe(0);
    });
  });

  test('takes words as words, not as markup', async () => {
    await onPage(async ({ page }) => {
      const words = '<img src=x onerror="document.title=1">';
      await page.goto(`${site.url}search.html?q=${encodeURIComponent(words)}`);
      await page.getByText(/^\d+ pages|^Nothing/).waitFor();
      expect(await page.getByRole('searchbox').inputValue()).toBe(words);
      // Code that is found is shown as it stands on its page.
      await page.getByRole('searchbox').fill('doctype meta charset');
      await page.locator('#search-results p', { hasText: '<!doctype html>' }).waitFor();
      expect(await page.locator('#search-results :is(img, meta, script)').count()).toBe(0);
    });
  });
});

test('after one visit the site and the demo work without a network', async () => {
  const watched = await openWatched(browser, { serviceWorkers: 'allow' });
  const { page, faults } = watched;
  try {
    await page.goto(site.url);
    await page.evaluate(() => navigator.serviceWorker.ready);
    const demoIsKept = () =>
      page.evaluate(async () =>
        Boolean((await navigator.serviceWorker.getRegistration('demo/'))?.active?.scriptURL.includes('/demo/')),
      );
    await expect.poll(demoIsKept, { timeout: PATIENCE }).toBe(true);
    site.cut(true);
    await page.goto(site.url);
    await page.getByRole('heading', { name: 'Take sound apart' }).waitFor();
    await page.getByRole('searchbox').fill('onsets');
    await page.keyboard.press('Enter');
    await page.locator('#search-results a').first().waitFor();
    await page.goto(`${site.url}api/interfaces/nmf-separator-node.NMFSeparatorNode.html`);
    await page.locator('#learn').waitFor();
    await page.goto(`${site.url}guide.html`);
    await page.click('#splitLoop-run');
    await page.waitForFunction(
      () => document.querySelector<HTMLMeterElement>('[data-recipe=splitLoop] meter')!.value > 0,
    );
    await page.goto(`${site.url}demo/`);
    await page.getByRole('heading', { name: 'Take sound apart' }).waitFor();
    await page.click('#start');
    await page.waitForFunction(() => document.body.dataset.learned === 'true');
    // Looking for a newer version is all that fails.
    expect(faults.filter((fault) => !fault.includes('service-worker.js'))).toEqual([]);
  } finally {
    site.cut(false);
    await watched.close();
  }
});
