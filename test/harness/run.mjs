// `npm test`: builds and checks the package, and runs all tests in every installed engine. Two stages run in parallel, even
// on two cores, because tests of live audio mostly wait. Arguments go to Vitest, for example a file filter:
// `npm test -- faults`.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENGINES, howToInstall, PLAYWRIGHT_INSTALL, presentEngines } from './browsers.mjs';
import { REPORT } from './reporter.mjs';
import { scratchDirectory } from './scratch.mjs';
import { cleanUp, killMarked, runCommand } from './stage.mjs';

/** Scripts that the tests need, one after the other. */
const BUILDS = ['build:package', 'build:demo', 'build:site'];
/** Tests of the sources, which run while the package is built. */
const SOURCE_STAGE = 'unit';
/** Scripts that only have to succeed. */
const CHECKS = ['check', 'docs'];
/** In starting order. The stages with many parts are last, so that both lanes end at about the same time. */
const STAGES = [...CHECKS, 'node', 'firefox', 'chromium', 'node-driven', 'webkit'];
/**
 * Number of parts a stage is split into (default 1), which can run in both lanes. WebKitGTK sometimes hangs or crashes, and
 * then only that part has to be repeated.
 * @type {Record<string, number>}
 */
const PARTS = { 'node-driven': 4, webkit: 4 };
/** How often a part is tried in total whose browser hangs or crashes */
const TRIES = 3;
const reports = scratchDirectory('nmf-reports');

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.once(signal, () => {
    cleanUp();
    process.exit(1);
  });
}

/** @param {string} stage */
const isEngine = (stage) => ENGINES.some((engine) => engine === stage);

/** @param {string} engine */
const isPresent = (engine) => presentEngines().some((present) => present === engine);

/** Prints which engines are missing. @returns {Promise<boolean>} whether the tests can run without them */
async function checkEngines() {
  if (presentEngines().length === 0) {
    console.log('No browser was found.');
    await runCommand('browsers', 'npx', PLAYWRIGHT_INSTALL);
  }
  const present = presentEngines();
  const missing = ENGINES.filter((engine) => !present.includes(engine));
  console.log(`Engines: ${present.join(', ') || 'none'}`);
  for (const engine of missing) console.log(`Not tried: ${engine}. To install it:\n    ${howToInstall(engine)}`);
  if (present.length === 0) console.error('The tests need at least one browser.');
  if (process.env.CI && missing.length > 0) console.error('CI is set: all three engines must be there.');
  return present.length > 0 && !(process.env.CI && missing.length > 0);
}

/**
 * @typedef {{ stage: string, part: number, parts: number }} Job  a stage, or a part of it
 * @typedef {{ passed: number, failures: string[], repeated: string[] }} Results
 *   `repeated`: what did not succeed at the first try
 */

/** @param {string} stage  a check, an engine, or a project of vitest.config.mjs @returns {Job[]} */
function jobsOf(stage) {
  // With a file filter there may be fewer files than parts.
  const parts = process.argv.length > 2 ? 1 : (PARTS[stage] ?? 1);
  return Array.from({ length: parts }, (_, i) => ({ stage, part: i + 1, parts }));
}

/** @param {Job} job @returns {Promise<Results>} */
const runJob = (job) => (CHECKS.includes(job.stage) ? runCheck(job.stage) : runTests(job));

/** @param {string} script @returns {Promise<Results>} */
async function runCheck(script) {
  const outcome = await runCommand(script, 'npm', ['run', script]);
  return { passed: 0, failures: outcome === 'succeeded' ? [] : [script], repeated: [] };
}

/** @param {Job} job @returns {Promise<Results>} */
async function runTests({ stage, part, parts }) {
  const projects = isEngine(stage) ? [`isolated (${stage})`, `plain (${stage})`] : [stage];
  const name = parts > 1 ? `${stage}-${part}of${parts}` : stage;
  /** @type {string[]} */
  const repeated = [];
  for (let tries = 1; ; tries++) {
    const report = join(reports.path, `${name}-${tries}.jsonl`);
    const outcome = await runVitest(name, report, [
      `--shard=${part}/${parts}`,
      ...projects.map((project) => `--project=${project}`),
      ...process.argv.slice(2),
    ]);
    const { passed, failures, retried, crashed } = readReport(report);
    if (!(outcome === 'hung' || crashed) || tries === TRIES) {
      if (outcome !== 'succeeded' && failures.length === 0) failures.push(`${name} ${outcome} outside of the tests`);
      return { passed, failures, repeated: [...repeated, ...retried] };
    }
    repeated.push(`${name} ${crashed ? 'crashed' : 'hung'}: ${failures.join(', ') || 'outside of the tests'}`);
    console.error(`${repeated.at(-1)}. It is tried once more.`);
    killMarked(name);
  }
}

/** @param {string} name @param {string} report  path of the reporter's file @param {string[]} args */
function runVitest(name, report, args) {
  const reporters = ['verbose', './test/harness/reporter.mjs'].map((reporter) => `--reporter=${reporter}`);
  return runCommand(name, 'npx', ['vitest', 'run', '--passWithNoTests', ...reporters, ...args], { [REPORT]: report });
}

/** @param {string} path  of the reporter's file, which is missing where no test was found */
function readReport(path) {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
  const events = lines.map((line) => /** @type {import('./reporter.mjs').ReportedEvent} */ (JSON.parse(line)));
  const named = (/** @type {(event: import('./reporter.mjs').ReportedEvent) => boolean} */ isWanted) =>
    events.filter(isWanted).map(({ what }) => what);
  const ended = new Set(named(({ event }) => event === 'ended'));
  return {
    passed: named(({ state }) => state === 'passed').length,
    failures: [
      ...named(({ event }) => event === 'error' || event === 'crashed'),
      ...events.filter(({ state }) => state === 'failed').map(withReason),
      ...named(({ event, what }) => event === 'found' && !ended.has(what)).map((test) => `${test} did not end`),
    ],
    retried: events.filter(({ retries = 0 }) => retries > 0).map(withReason),
    crashed: named(({ event }) => event === 'crashed').length > 0,
  };
}

/** @param {import('./reporter.mjs').ReportedEvent} event  the end of a test */
const withReason = ({ what, why }) => `${what}: ${why}`;

/** Runs one job after the other until the queue is empty. @param {Job[]} queue  shared by all lanes */
async function runLane(queue) {
  const results = [];
  for (let job = queue.shift(); job; job = queue.shift()) results.push(await runJob(job));
  return results;
}

/** @returns {Promise<Results>} */
async function runEverything() {
  const stopped = (/** @type {string} */ reason) => ({ passed: 0, failures: [reason], repeated: [] });
  if (!(await checkEngines())) return stopped('the engines');
  const early = runLane(jobsOf(SOURCE_STAGE));
  for (const script of BUILDS) {
    if ((await runCommand(script, 'npm', ['run', script])) !== 'succeeded') return stopped(script);
  }
  const queue = STAGES.filter((stage) => !isEngine(stage) || isPresent(stage)).flatMap(jobsOf);
  const lanes = [runLane(queue), early, early.then(() => runLane(queue))];
  const results = (await Promise.all(lanes)).flat();
  return {
    passed: results.reduce((sum, { passed }) => sum + passed, 0),
    failures: results.flatMap(({ failures }) => failures),
    repeated: results.flatMap(({ repeated }) => repeated),
  };
}

const { passed, failures, repeated } = await runEverything();
cleanUp();
for (const what of repeated) console.log(`Needed another try: ${what}`);
for (const failure of failures) console.error(`Failed: ${failure}`);
if (passed + failures.length === 0) console.error('No test ran.');
console.log(`\n${passed} passed, ${failures.length} failed, ${repeated.length} needed another try`);
process.exitCode = failures.length > 0 || passed === 0 ? 1 : 0;
