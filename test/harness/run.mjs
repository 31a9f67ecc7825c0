// `npm test`: checks and builds the package, then runs every test there is in every engine this machine has.
// Arguments are passed on to Vitest, file filters above all: `npm test -- fft`.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ENGINES, howToInstall, PLAYWRIGHT_INSTALL, presentEngines } from './browsers.mjs';
import { startGroup } from './processes.mjs';
import { scratchDirectory } from './scratch.mjs';

/** Milliseconds a stage may take before it counts as hung. */
const STAGE_TIMEOUT = 15 * 60_000;
/**
 * Milliseconds without a word after which an engine counts as hung: twice the longest test. WebKitGTK's page can lock up
 * for good when a context stops while its sound thread starts, and then no timeout of the page fires any more.
 */
const STALL_TIMEOUT = 120_000;
/** Milliseconds killed processes have to be gone. */
const CLEAN_UP_TIMEOUT = 3000;

/** Every process of this run carries its scratch directory in this variable, so that none is overlooked at the end. */
const MARK = 'TMPDIR';
const scratch = scratchDirectory('nmf');
const env = {
  ...process.env,
  [MARK]: scratch.path,
  // What runs below writes into a pipe.
  ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}),
};

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.once(signal, () => {
    cleanUp();
    process.exit(1);
  });
}

/**
 * Runs one command to its end.
 * @param {string} command @param {string[]} args
 * @returns {Promise<'succeeded' | 'failed' | 'hung'>}
 */
async function run(command, ...args) {
  console.log(`\n> ${[command, ...args].join(' ')}`);
  const { child, stop } = await startGroup(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let hung = false;
  const end = (/** @type {string} */ why) => {
    hung = true;
    console.error(`${why}: ${[command, ...args].join(' ')}`);
    stop();
  };
  const overdue = setTimeout(end, STAGE_TIMEOUT, `Ended after ${STAGE_TIMEOUT / 60_000} minutes`);
  const stalled = setTimeout(end, STALL_TIMEOUT, `Ended after ${STALL_TIMEOUT / 1000} seconds without a word`);
  for (const [from, to] of /** @type {const} */ ([
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ])) {
    from?.on('data', (text) => {
      stalled.refresh();
      to.write(text);
    });
  }
  const code = await new Promise((resolve) => child.once('exit', resolve));
  clearTimeout(overdue);
  clearTimeout(stalled);
  await stop();
  if (hung) return 'hung';
  return code === 0 ? 'succeeded' : 'failed';
}

/** Ends what a crashed test runner may have left: browsers lead process groups of their own. */
function cleanUp() {
  const deadline = performance.now() + CLEAN_UP_TIMEOUT;
  // Again and again, for a process may start another while it is looked up. Blocking, so that no stage starts meanwhile.
  while (killMarked() > 0 && performance.now() < deadline)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  scratch.remove();
}

/** @returns {number} how many processes of this run were still there; none where the system has no /proc */
function killMarked() {
  const pids = existsSync('/proc') ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : [];
  return pids.map(Number).filter((pid) => pid !== process.pid && isMarked(pid) && kill(pid)).length;
}

/** @param {number} pid */
function isMarked(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`${MARK}=${scratch.path}`);
  } catch {
    // Ended meanwhile, or somebody else's.
    return false;
  }
}

/** @param {number} pid */
function kill(pid) {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

/** Says what cannot be tried here. @returns {Promise<boolean>} whether that is acceptable */
async function checkEngines() {
  if (presentEngines().length === 0) {
    console.log('No browser was found.');
    await run('npx', ...PLAYWRIGHT_INSTALL);
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
 * @param {string} name  of the stage
 * @param {string[]} projects  of vitest.config.mjs
 * @returns {Promise<Results>}
 */
async function runTests(name, projects) {
  const report = join(scratch.path, `${name}.json`);
  const tryIt = () =>
    run(
      'npx',
      'vitest',
      'run',
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...projects.map((project) => `--project=${project}`),
      ...process.argv.slice(2),
    );
  let outcome = await tryIt();
  if (outcome === 'hung') {
    console.error(`${name} hung, and is tried once more from the start.`);
    killMarked();
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

/** @returns {Promise<Results>} */
async function runEverything() {
  if (!(await checkEngines())) return { passed: 0, failures: ['the engines'] };
  for (const script of ['build', 'build:demo']) {
    if ((await run('npm', 'run', script)) !== 'succeeded') return { passed: 0, failures: [script] };
  }
  const checked = (await run('npm', 'run', 'check')) === 'succeeded';
  const results = [{ passed: 0, failures: checked ? [] : ['check'] }];
  // One stage after the other: live audio does not bear a neighbour.
  results.push(await runTests('unit', ['unit']));
  for (const engine of presentEngines()) {
    results.push(await runTests(engine, [`isolated (${engine})`, `plain (${engine})`]));
  }
  results.push(await runTests('node-driven', ['node-driven']));
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
