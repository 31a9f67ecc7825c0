import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { kernels } from './src/kernels/compile.mjs';
import { presentEngines } from './test/harness/browsers.mjs';
import { guide } from './test/harness/guide.mjs';
import { ISOLATION } from './test/harness/isolation.mjs';
import { browserMegabytes } from './test/harness/memory.mjs';
import { PAGE_TIMEOUT, PATIENCE, SPEC_PATIENCE, SPEC_TIMEOUT } from './test/harness/patience.mjs';
import { launched } from './test/harness/provider.mjs';

/** How long the soak plays: `npm run soak` sets more. */
const soakSeconds = Number(process.env.SOAK_SECONDS ?? 20);
const dist = fileURLToPath(new URL('./dist/', import.meta.url));

/** Outside `unit`, tests are user code: they import the built package by its name. */
const resolve = {
  alias: [
    { find: /^nmf-separator-node$/, replacement: `${dist}index.js` },
    { find: /^nmf-separator-node\/dsp$/, replacement: `${dist}dsp.js` },
    // With a query for `worklet.js?url`.
    { find: /^nmf-separator-node\/(worklet|worker)\.js(\?.*)?$/, replacement: `${dist}$1.js$2` },
  ],
};

/** The setup of all projects whose tests compare sound */
const EQUALITY = 'test/helpers/equality.ts';

/**
 * The specs that also run on pages that are not cross-origin isolated. There worklet and worker cannot share memory, so
 * whatever separates live could behave differently.
 */
const PLAIN_SPECS = ['harness', 'live', 'adapt', 'streams', 'faults', 'sharing', 'readme'].map(
  (name) => `test/browser/${name}.spec.ts`,
);

const unit = {
  plugins: [kernels()],
  test: {
    name: 'unit',
    environment: 'node',
    // Starting a process for each file, and loading the sources in it, would take longer than some of the tests.
    pool: 'threads',
    isolate: false,
    include: ['test/unit/**/*.test.ts'],
    setupFiles: ['test/unit/setup.ts', EQUALITY],
    // Ends what hangs; slow machines take twenty times as long as others.
    testTimeout: 60_000,
    sequence: { groupOrder: 0 },
  },
};

/** A test of live audio fails when the machine stalls for a second, so it is tried again; a fault makes it fail both times. */
const RETRIES = 1;

/** Tests in Node that open pages of their own with test/harness/launch.mjs. */
const nodeDriven = {
  resolve,
  test: {
    name: 'node-driven',
    environment: 'node',
    include: ['test/{pages,packaging}/**/*.test.ts'],
    globalSetup: 'test/packaging/pack.ts',
    fileParallelism: false,
    testTimeout: PAGE_TIMEOUT,
    hookTimeout: PAGE_TIMEOUT,
    expect: { poll: { timeout: PATIENCE } },
    retry: RETRIES,
    sequence: { groupOrder: 1 },
  },
};

/** Tests of the package in Node, with contexts of node-web-audio-api. What they import is loaded as Node loads it. */
const inNode = {
  test: {
    name: 'node',
    environment: 'node',
    include: ['test/node/**/*.test.ts'],
    setupFiles: [EQUALITY],
    server: { deps: { external: [/\/dist\//] } },
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    retry: RETRIES,
    sequence: { groupOrder: 1 },
  },
};

/**
 * The browser specs in every engine of this machine. Projects with different `groupOrder` run one after the other: live
 * audio stutters when other tests run beside it.
 * @param {string} name
 * @param {boolean} isolated  whether the pages are cross-origin isolated
 * @param {number} groupOrder
 */
const inBrowsers = (name, isolated, groupOrder) => ({
  resolve,
  plugins: [guide()],
  server: { headers: isolated ? ISOLATION : {} },
  // Named here because a dependency that is discovered during a run reloads the page under the test.
  optimizeDeps: {
    include: ['rxjs', 'comlink', 'standardized-audio-context', 'tone', 'butterchurn', 'audiomotion-analyzer', 'three'],
  },
  test: {
    name,
    include: isolated || process.env.SOAK_SECONDS ? ['test/browser/**/*.spec.ts'] : PLAIN_SPECS,
    setupFiles: [EQUALITY],
    fileParallelism: false,
    testTimeout: SPEC_TIMEOUT,
    expect: { poll: { timeout: SPEC_PATIENCE } },
    retry: RETRIES,
    provide: { isolated, soakSeconds },
    sequence: { groupOrder },
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      ui: false,
      api: { host: '127.0.0.1' },
      commands: { browserMegabytes },
      provider: launched({ isolated }),
      instances: presentEngines().map((browser) => ({ browser })),
    },
  },
});

const browserProjects =
  presentEngines().length === 0 ? [] : [inBrowsers('isolated', true, 2), inBrowsers('plain', false, 3)];

export default defineConfig({ test: { projects: [unit, nodeDriven, inNode, ...browserProjects] } });
