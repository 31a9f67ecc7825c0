// Chromium with a browser extension.
import { createHash } from 'node:crypto';
import { type BrowserContext, chromium } from 'playwright-core';
import { findEngine } from '../harness/browsers.mjs';

/** The id that Chromium gives to an extension without a key: half the hash of its folder, in the letters from a to p. */
function idOf(folder: string): string {
  const digits = createHash('sha256').update(folder).digest('hex').slice(0, 32);
  return digits.replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));
}

/** Starts Chromium with the extension in a folder, whose files lie at `url`. */
export async function launchExtension(folder: string): Promise<{ context: BrowserContext; url: string }> {
  // Extensions need a profile on the disk, and Playwright disables them unless told otherwise.
  const context = await chromium.launchPersistentContext('', {
    executablePath: findEngine('chromium')!.browser,
    ignoreDefaultArgs: ['--disable-extensions'],
    args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required', `--load-extension=${folder}`],
  });
  return { context, url: `chrome-extension://${idOf(folder)}/` };
}
