// `npm test`: checks and builds the package, then runs every test there is in every engine this machine has, two stages
// at a time: live audio mostly waits, and two cores bear two of them.
// Arguments are passed on to Vitest, file filters above all: `npm test -- fft`.
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ENGINES, howToInstall, PLAYWRIGHT_INSTALL, presentEngines } from './browsers.mjs';
import { scratchDirectory } from './scratch.mjs';
import { cleanUp, killMarked, runCommand } from './stage.mjs';

/** The stages that run side by side, about equally long. */
const LANES = [
  ['unit', 'chromium', 'node-driven'],
  ['firefox', 'webkit'],
];
/**
 * WebKitGTK's tests run in several browsers in turn: it now and then locks up for good when a page of tests ends, and
 * then only a part has to be repeated.
 */
const PARTS = { webkit: 5 };
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

/** Says what cannot be tried here. @returns {Promise<boolean>} whether that is acceptable */
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
 * @typedef {{ passed: number, failures: string[] }} Results
 *
 * @param {string} name  of the stage: an engine, or a project of vitest.config.mjs
 * @returns {Promise<Results[]>}
 */
async function runStage(name) {
  // A choice of files may be smaller than the number of parts.
  const parts = process.argv.length > 2 ? 1 : (PARTS[name] ?? 1);
  const results = [];
  for (let part = 1; part <= parts; part++) results.push(await runTests(name, `${part}/${parts}`));
  return results;
}

/**
 * @param {string} name  of the stage
 * @param {string} shard
 * @returns {Promise<Results>}
 */
async function runTests(name, shard) {
  const projects = isEngine(name) ? [`isolated (${name})`, `plain (${name})`] : [name];
  const report = join(reports.path, `${name}-${shard.replace('/', 'of')}.json`);
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
      `--shard=${shard}`,
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
  const failures = testResults.flatMap(failuresOf).map((/** @type {string} */ failure) => `${name}: ${failure}`);
  // An unhandled rejection and a crash fail without any failed test.
  if (outcome !== 'succeeded' && failures.length === 0) failures.push(`${name}: ${outcome} outside of the tests`);
  return { passed: numPassedTests, failures };
}

/**
 * @param {any} file  of Vitest's JSON report
 * @returns {string[]}
 */
function failuresOf({ name, status, assertionResults }) {
  const path = relative(process.cwd(), name);
  const failed = assertionResults.filter((/** @type {any} */ result) => result.status === 'failed');
  if (status === 'failed' && failed.length === 0) return [`${path} does not load`];
  return failed.map((/** @type {any} */ { fullName }) => `${path} > ${fullName}`);
}

/** @param {string} path */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return {};
  }
}

/** @param {string[]} stages  one after the other */
async function runLane(stages) {
  const results = [];
  for (const stage of stages) results.push(...(await runStage(stage)));
  return results;
}

/** @returns {Promise<Results>} */
async function runEverything() {
  if (!(await checkEngines())) return { passed: 0, failures: ['the engines'] };
  for (const script of ['build', 'build:demo', 'check']) {
    if ((await runCommand(script, 'npm', 'run', script)) !== 'succeeded') return { passed: 0, failures: [script] };
  }
  const results = await Promise.all(
    LANES.map((stages) => runLane(stages.filter((stage) => !isEngine(stage) || isPresent(stage)))),
  );
  return {
    passed: results.flat().reduce((sum, { passed }) => sum + passed, 0),
    failures: results.flat().flatMap(({ failures }) => failures),
  };
}

const { passed, failures } = await runEverything();
cleanUp();
for (const failure of failures) console.error(`Failed: ${failure}`);
if (passed + failures.length === 0) console.error('No test ran.');
console.log(`\n${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 || passed === 0 ? 1 : 0;
