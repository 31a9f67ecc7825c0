/** Scores the separation of mixtures whose true sources are known: see HELP. */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { writePlots } from '../plots/writePlots.mjs';
import { readJson, tellUsageErrors, UsageError, wholeNumber } from '../usage.mjs';
import { type ManifestItem, readManifest } from './item.ts';
import { METHODS } from './methods.ts';
import { lessonsAFifthAway, mixturesAcross, pannedApart } from './mixtures.ts';
import { plotsOf } from './plots/plots.ts';
import { asText, type Evaluation, summarise } from './report.ts';
import type { ItemScores } from './scores.ts';
import type { Task } from './worker.ts';

const OPTIONS = {
  json: { type: 'boolean', default: false },
  plots: { type: 'string' },
  from: { type: 'string' },
  methods: { type: 'string' },
  items: { type: 'string' },
  seeds: { type: 'string', default: '3' },
  across: { type: 'string', default: '0' },
  panned: { type: 'boolean', default: false },
  fifth: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const HELP = `npm run evaluate [folder] -- [options]

Scores the separation of mixtures whose true sources are known, in dB (BSS Eval). The folder holds manifest.json and the
stems it names; without one, those of test/fixtures/evaluate are taken. Where it holds onsets.json too, it is also told how
well the onsets of the stems were found: as F-measures, and how long after them the audio thread knew.

  --methods a,b   some of: ${Object.keys(METHODS).join(', ')}
  --items a,b     some of the folder's items
  --seeds n       seeds of the methods in which chance plays a part (blind, lecture); 3 unless given
  --across n      also n mixtures of stems of different items, drums among them, at equal power
  --panned        also the items with their stems panned apart
  --fifth         also the items of two melodic instruments with lessons a fifth above and below what is played
  --json          everything that was measured, as JSON
  --plots folder  also writes plots into the folder, as SVG files, and names them
  --from file     instead of scoring anything, takes what --json printed before from a file
  --help

On two cores, the folder's own items take about a minute; sixteen items of ten seconds about twenty minutes, two thirds of it
for the supervised methods.`;

tellUsageErrors();
const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
if (values.help) {
  console.log(HELP);
  process.exit();
}
if (positionals.length > 1) throw new UsageError(`${positionals.join(', ')}: only one folder can be scored at a time.`);
const evaluation: Evaluation = values.from
  ? readJson('--from', values.from)
  : await evaluate(positionals[0] ?? 'test/fixtures/evaluate');
console.log(values.json ? JSON.stringify(evaluation, null, 1) : asText(evaluation));
if (values.plots) writePlots(values.plots, plotsOf(evaluation));

async function evaluate(folder: string): Promise<Evaluation> {
  const methods = chosen('methods', values.methods, Object.keys(METHODS));
  const manifest = readManifest(folder);
  const ids = chosen(
    'items',
    values.items,
    manifest.map(({ id }) => id),
  );
  const seeds = Array.from({ length: wholeNumber('seeds', values.seeds, 1) }, (_, seed) => seed);
  const wanted = manifest.filter(({ id }) => ids.includes(id));
  const items = [
    ...wanted,
    ...mixturesAcross(manifest, wholeNumber('across', values.across, 0), 0),
    ...(values.panned ? pannedApart(wanted) : []),
    ...(values.fifth ? lessonsAFifthAway(wanted) : []),
  ];
  return summarise(items, await scoreAll(items, { folder, methods, seeds }));
}

/** The names in a comma-separated list, or all names. @throws {UsageError} for an unknown name */
function chosen(option: string, list: string | undefined, names: readonly string[]): readonly string[] {
  const wanted = list?.split(',') ?? names;
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new UsageError(`--${option}: there is no "${unknown}" among ${names.join('; ')}.`);
  return wanted;
}

/** Scores the items in parallel, one worker for each core. */
async function scoreAll(all: readonly ManifestItem[], task: Task): Promise<ItemScores[]> {
  const scores = new Array<ItemScores>(all.length);
  const waiting = [...all.entries()];
  const work = async () => {
    const worker = new Worker(new URL('worker.js', import.meta.url), { workerData: task });
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [i, item] = next;
      scores[i] = await answerOf(worker, item);
      console.error(`${item.id}: ${all.length - waiting.length} of ${all.length} started`);
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), all.length) }, work));
  return scores;
}

function answerOf(worker: Worker, item: ManifestItem): Promise<ItemScores> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.postMessage(item);
  });
}
