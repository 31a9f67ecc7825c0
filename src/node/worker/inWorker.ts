import type { ScriptUrl } from '../../parameters/ScriptUrl.ts';
import { WorkerHandle } from './WorkerHandle.ts';

/**
 * Does something in a worker of its own, which ends with it. Main thread.
 *
 * @param signals any of them ends the worker at once
 * @throws {AbortError} (as a rejection) when a signal aborts
 */
export async function inWorker<T>(
  workerUrl: ScriptUrl | undefined,
  signals: readonly AbortSignal[],
  action: (worker: WorkerHandle) => Promise<T>,
): Promise<T> {
  throwIfAborted(signals);
  const worker = new WorkerHandle(workerUrl);
  const onAbort = () => worker.end(abortError());
  for (const signal of signals) signal.addEventListener('abort', onAbort, { once: true });
  try {
    const result = await action(worker);
    throwIfAborted(signals);
    return result;
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', onAbort);
    worker.end();
  }
}

/** @throws {AbortError} */
export function throwIfAborted(signals: readonly AbortSignal[]): void {
  if (signals.some(({ aborted }) => aborted)) throw abortError();
}

export function abortError(): DOMException {
  return new DOMException('It was aborted; everything stays as it was.', 'AbortError');
}
