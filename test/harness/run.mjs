// `npm test`: builds and checks the package, then runs all tests in every engine this machine has. Two stages run at a
// time: a test of live audio waits most of the time, so that even a machine of two cores can run two of them.
// Arguments are passed on to Vitest, file filters above all: `npm test -- faults`.
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ENGINES, howToInstall, PLAYWRIGHT_INSTALL, presentEngines } from './browsers.mjs';
import { scratchDirectory } from './scratch.mjs';
import { cleanUp, killMarked, runCommand } from './stage.mjs';

/** In the order in which they begin. What has many parts comes last, so that both lanes end at about the same time. */
const STAGES = ['unit', 'firefox', 'chromium', 'node-driven', 'webkit'];
/** How many stages run side by side, each in a lane of its own. */
const LANES = 2;
/**
 * How many parts the tests of a stage are split into, 1 unless given. WebKitGTK now and then locks up for good, and then
 * only the part that hung has to be repeated.
 * @type {Record<string, number>}
 */
const PARTS = { webkit: 8 };
/** How often a part that hung is tried. */
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

/** Says which engines are missing here. @returns {Promise<boolean>} whether the tests can run all the same */
async function checkEngines() {
  if (presentEngines().length === 0) {
    console.log('No browser was found.');
    await runCommand('browsers', 'npx', ...PLAYWRIGHT_INSTALL);
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
 * @typedef {{ passed: number, failures: string[] }} Results
 */

/** @param {string} stage  an engine, or a project of vitest.config.mjs @returns {Job[]} */
function jobsOf(stage) {
  // A choice of files may be smaller than the number of parts.
  const parts = process.argv.length > 2 ? 1 : (PARTS[stage] ?? 1);
  return Array.from({ length: parts }, (_, i) => ({ stage, part: i + 1, parts }));
}

/** @param {Job} job @returns {Promise<Results>} */
async function runJob({ stage, part, parts }) {
  const projects = isEngine(stage) ? [`isolated (${stage})`, `plain (${stage})`] : [stage];
  const name = parts > 1 ? `${stage}-${part}of${parts}` : stage;
  const report = join(reports.path, `${name}.json`);
  const tryIt = () =>
    runCommand(
      name,
      'npx',
      'vitest',
      'run',
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      `--shard=${part}/${parts}`,
      ...projects.map((project) => `--project=${project}`),
      ...process.argv.slice(2),
    );
  let outcome = await tryIt();
  for (let tried = 1; outcome === 'hung' && tried < TRIES; tried++) {
    console.error(`${name} hung, and is tried once more.`);
    killMarked(name);
    outcome = await tryIt();
  }
  const { numPassedTests = 0, testResults = [] } = readReport(report);
  const failures = testResults.flatMap(failuresOf).map((failure) => `${name}: ${failure}`);
  // An unhandled rejection and a crash fail without any failed test.
  if (outcome !== 'succeeded' && failures.length === 0) failures.push(`${name}: ${outcome} outside of the tests`);
  return { passed: numPassedTests, failures };
}

/**
 * @param {import('vitest/node').JsonTestResult} file  of Vitest's report
 * @returns {string[]}
 */
function failuresOf({ name, status, assertionResults }) {
  const path = relative(process.cwd(), name);
  const failed = assertionResults.filter((result) => result.status === 'failed');
  if (status === 'failed' && failed.length === 0) return [`${path} does not load`];
  return failed.map(({ fullName }) => `${path} > ${fullName}`);
}

/** @param {string} path @returns {Partial<import('vitest/node').JsonTestResults>} nothing where Vitest left no report */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return {};
  }
}

/** Runs one job after the other until the queue is empty. @param {Job[]} queue  shared by all lanes */
async function runLane(queue) {
  const results = [];
  for (let job = queue.shift(); job; job = queue.shift()) results.push(await runJob(job));
  return results;
}

/** @returns {Promise<Results>} */
async function runEverything() {
  if (!(await checkEngines())) return { passed: 0, failures: ['the engines'] };
  for (const script of ['build', 'build:demo', 'check']) {
    if ((await runCommand(script, 'npm', 'run', script)) !== 'succeeded') return { passed: 0, failures: [script] };
  }
  const queue = STAGES.filter((stage) => !isEngine(stage) || isPresent(stage)).flatMap(jobsOf);
  const lanes = await Promise.all(Array.from({ length: LANES }, () => runLane(queue)));
  const results = lanes.flat();
  return {
    passed: results.reduce((sum, { passed }) => sum + passed, 0),
    failures: results.flatMap(({ failures }) => failures),
  };
}

const { passed, failures } = await runEverything();
cleanUp();
for (const failure of failures) console.error(`Failed: ${failure}`);
if (passed + failures.length === 0) console.error('No test ran.');
console.log(`\n${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 || passed === 0 ? 1 : 0;
