// Vitest's reporter for run.mjs. It writes each event at once, as a line of JSON, so that what is known of a run that
// hangs or crashes is as complete as any other. It also ends a run whose page is locked up, where Vitest waits for ever.
import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';

/** The environment variable with the path of the file that the events are written to */
export const REPORT = 'TEST_REPORT';
/** The exit code of a run that was ended because nothing happened any more */
export const HUNG = 64;
/** What Vitest says where a page has gone that runs tests: its process has crashed. */
const CRASH = 'Browser connection was closed while running tests';
/** Milliseconds without an event after which a run counts as hung, beside what its tests may take */
const GRACE = 120_000;

/**
 * @typedef {object} ReportedEvent
 * @property {'found' | 'ended' | 'error' | 'crashed'} event  of a test; or an error outside of any test, or of the browser
 * @property {string} what  the test's name, or the error
 * @property {'passed' | 'failed' | 'skipped'} [state]  of a test that ended
 * @property {number} [retries]  of a test that ended
 * @property {string | undefined} [why]  what a test's first try failed with
 */

/** @param {ReportedEvent} event */
function tell(event) {
  const path = process.env[REPORT];
  if (path) appendFileSync(path, `${JSON.stringify(event)}\n`);
}

/** @param {string} moduleId */
const pathOf = (moduleId) => relative(process.cwd(), moduleId);

/** @param {import('vitest/node').TestCase} test */
const nameOf = ({ project, module, fullName }) => `${project.name}: ${pathOf(module.moduleId)} > ${fullName}`;

/** @param {import('vitest/node').TestCase} test @returns {number} milliseconds it may take with all its tries */
const longest = ({ options: { timeout = 0, retry } }) => timeout * (1 + (typeof retry === 'number' ? retry : 0));

/** @param {import('vitest').SerializedError} error @returns {string} its stack, and those of its causes */
const withCauses = ({ stack, message, cause }) => [stack ?? message, ...(cause ? [withCauses(cause)] : [])].join('\n');

export default class {
  /** The longest time a test of this run may take, in milliseconds */
  #longest = 0;
  /** @type {NodeJS.Timeout | undefined} */
  #watchdog;

  onTestRunStart() {
    this.#watch();
  }

  /** @param {import('vitest/node').TestModule} module */
  onTestModuleCollected(module) {
    for (const test of module.children.allTests()) {
      this.#longest = Math.max(this.#longest, longest(test));
      tell({ event: 'found', what: nameOf(test) });
    }
    this.#watch();
  }

  /** @param {import('vitest/node').TestCase} test */
  onTestCaseResult(test) {
    const { state, errors } = test.result();
    const retries = test.diagnostic()?.retryCount ?? 0;
    if (state !== 'pending') tell({ event: 'ended', what: nameOf(test), state, retries, why: errors?.[0]?.message });
    this.#watch();
  }

  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly import('vitest').SerializedError[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    clearTimeout(this.#watchdog);
    for (const module of modules) {
      const path = pathOf(module.moduleId);
      for (const { message } of module.errors()) tell({ event: 'error', what: `${path}: ${message}` });
      for (const suite of module.children.allSuites()) {
        for (const { message } of suite.errors()) tell({ event: 'error', what: `${path} > ${suite.name}: ${message}` });
      }
    }
    for (const error of unhandledErrors) {
      const what = withCauses(error);
      tell({ event: what.includes(CRASH) ? 'crashed' : 'error', what });
    }
  }

  /** Ends the run if nothing happens from now on for longer than any test may take. */
  #watch() {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => process.exit(HUNG), GRACE + this.#longest);
  }
}
