import { parentPort, workerData } from 'node:worker_threads';
import { loadItem, type ManifestItem } from './item.ts';
import { scoreItem } from './scores.ts';

/** The `workerData` of every worker. */
export interface Task {
  readonly folder: string;
  readonly methods: readonly string[];
  readonly seeds: readonly number[];
}

const { folder, methods, seeds } = workerData as Task;

parentPort!.on('message', async (item: ManifestItem) => {
  try {
    parentPort!.postMessage(scoreItem(await loadItem(folder, item), methods, seeds));
  } catch (cause) {
    // A folder has many items, and what is wrong with one, such as a silent stem, does not tell which.
    throw new Error(`${item.id}: ${(cause as Error).message}`, { cause });
  }
});
