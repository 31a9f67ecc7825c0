import { transfer } from 'comlink';
import type { Factors } from '../../dsp/learning/solvers/Learner.ts';
import { POOL_STARTS } from '../../dsp/learning/timbre/poolSize.ts';
import type { PoolTask } from '../../dsp/learning/timbre/templatePool.ts';
import type { ScriptUrl } from '../../parameters/ScriptUrl.ts';
import type { PoolProgress } from '../../protocol/worker.ts';
import { coreCount } from '../platform/browser.ts';
import { inWorker } from './inWorker.ts';
import type { WorkerHandle } from './WorkerHandle.ts';

const MOST_WORKERS = 4;

export interface PoolOptions {
  readonly workerUrl: ScriptUrl | undefined;
  /** Any of them ends the workers. */
  readonly signals: readonly AbortSignal[];
  /** Told the iterations of all workers together. */
  readonly onProgress: (done: number, loss: number) => void;
}

/**
 * The starts of a pool, learned side by side in the worker given and in as many more as the machine has cores to spare;
 * the same bits for any number of them. Main thread.
 *
 * @throws {AbortError} (as a rejection) when a signal aborts
 */
export async function learnPool(worker: WorkerHandle, task: PoolTask, options: PoolOptions): Promise<Factors[]> {
  const count = Math.max(1, Math.min(MOST_WORKERS, coreCount() - 1));
  const done = new Array<number>(count).fill(0);
  // When one worker fails, the others end too.
  const end = new AbortController();
  const shares = done.map(async (_, i) => {
    const onProgress = (progress: PoolProgress) => {
      done[i] = progress.done;
      options.onProgress(
        done.reduce((sum, value) => sum + value, 0),
        progress.loss,
      );
    };
    const starts = Array.from({ length: POOL_STARTS }, (_, start) => start).filter((start) => start % count === i);
    const learn = (own: WorkerHandle) => learnStarts(own, task, starts, onProgress);
    return i === 0 ? learn(worker) : inWorker(options.workerUrl, [...options.signals, end.signal], learn);
  });
  try {
    const learned = await Promise.all(shares);
    return Array.from({ length: POOL_STARTS }, (_, start) => learned[start % count][Math.floor(start / count)]);
  } finally {
    end.abort();
  }
}

async function learnStarts(
  worker: WorkerHandle,
  task: PoolTask,
  starts: readonly number[],
  onProgress: (progress: PoolProgress) => void,
): Promise<Factors[]> {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }: MessageEvent<PoolProgress>) => onProgress(data);
  try {
    return await worker.call((service) => service.learnStarts(task, starts, transfer(port2, [port2])));
  } finally {
    port1.close();
  }
}
