import type { WorkerHandle } from './WorkerHandle.ts';

/** Milliseconds between two questions, and how many may be open before a worker counts as dead. */
const INTERVAL = 2000;
const BEATS_OWED = 10;

/**
 * For pages without an origin, such as sandboxed frames, which have no locks to tell that a worker has died: asks it again
 * and again. Only for workers that never compute for long. Main thread.
 */
export function watchHeartbeat(worker: WorkerHandle): void {
  let owed = 0;
  const onAnswer = () => {
    owed = 0;
  };
  const timer = setInterval(() => {
    if (owed++ >= BEATS_OWED) return worker.end(new Error('The worker has stopped answering.'));
    worker.call((service) => service.ping()).then(onAnswer, () => {});
  }, INTERVAL);
  worker.life.addEventListener('abort', () => clearInterval(timer), { once: true });
}
