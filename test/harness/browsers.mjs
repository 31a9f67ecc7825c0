// Finds the installed browser engines, and says how to install the missing ones.
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium as playwrightChromium } from 'playwright-core';

/** @typedef {'chromium' | 'firefox' | 'webkit'} Engine */

/** @type {Engine[]} */
export const ENGINES = ['chromium', 'firefox', 'webkit'];

/** Debian packages that each engine needs. `.ci/run` installs the same. */
const DEBIAN_PACKAGES = {
  chromium: 'chromium',
  firefox: 'firefox-esr pulseaudio pulseaudio-utils dbus',
  webkit: 'webkit2gtk-driver xvfb xauth gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad',
};

/** Arguments of `npx` that download the Chromium of the installed Playwright; as root, the libraries it needs, too. */
export const PLAYWRIGHT_INSTALL = [
  'playwright-core',
  'install',
  ...(process.getuid?.() === 0 ? ['--with-deps'] : []),
  'chromium',
];

/** @param {string[]} names @returns {string | undefined} the first one on PATH */
function onPath(...names) {
  const directories = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => directories.map((directory) => join(directory, name))).find(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** WebKitGTK's MiniBrowser is not on PATH. Its folder is named after the platform and the API version. */
function miniBrowser() {
  const platforms = existsSync('/usr/lib') ? readdirSync('/usr/lib').map((name) => join('/usr/lib', name)) : [];
  const versions = ['webkit2gtk-4.1', 'webkit2gtk-4.0', 'webkitgtk-6.0'];
  return ['/usr/libexec', '/usr/lib', '/usr/lib64', ...platforms]
    .flatMap((directory) => versions.map((version) => join(directory, version, 'MiniBrowser')))
    .find(isExecutable);
}

function inPlaywrightCache() {
  const path = playwrightChromium.executablePath();
  return path && isExecutable(path) ? path : undefined;
}

/** Paths of the programs each engine needs; `undefined` for a missing one */
const programs = {
  chromium: () => ({ browser: onPath('chromium', 'google-chrome', 'chromium-browser') ?? inPlaywrightCache() }),
  // PulseAudio, because without a sound device Firefox never starts an AudioContext.
  firefox: () => ({ browser: onPath('firefox-esr', 'firefox'), pulseaudio: onPath('pulseaudio') }),
  webkit: () => ({ driver: onPath('WebKitWebDriver'), browser: miniBrowser(), xvfb: onPath('Xvfb') }),
};

/**
 * @param {Engine} engine
 * @returns {Record<string, string> | undefined} the paths of its programs, or nothing if one is missing
 */
export function findEngine(engine) {
  const found = programs[engine]();
  return Object.values(found).every(Boolean) ? /** @type {Record<string, string>} */ (found) : undefined;
}

/** The engines this machine has. */
export const presentEngines = () => ENGINES.filter((engine) => findEngine(engine));

/** @param {Engine} engine @returns {string} the shell command that installs it */
export function howToInstall(engine) {
  const apt = `apt-get install --no-install-recommends ${DEBIAN_PACKAGES[engine]}`;
  return engine === 'chromium' ? `${apt}\n    or: npx ${PLAYWRIGHT_INSTALL.join(' ')}` : apt;
}
