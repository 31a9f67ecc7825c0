/**
 * The promise, or a rejection with the signal's reason if that aborts first. Unlike `Promise.race` with a promise that never
 * settles, it leaves nothing behind: Firefox keeps every value that such a race has seen. The signal stays reachable from
 * a promise that never settles, so listeners of signals are added with `once`: they would keep what they hold.
 */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
