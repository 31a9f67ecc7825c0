/**
 * The promise, or a rejection with the signal's reason if that aborts first. Unlike `Promise.race` with a promise that never
 * settles, it leaves nothing behind: Firefox keeps every value that such a race has seen.
 */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort);
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
