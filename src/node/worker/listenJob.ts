import type { Spectrogram } from '../../dsp/learning/clips.ts';
import { untilAborted } from '../untilAborted.ts';
import { abortError } from './inWorker.ts';
import type { LiveWorker } from './LiveWorker.ts';

let listeners = 0;

/**
 * Has the live worker listen until it has heard so many seconds of sound. Main thread.
 *
 * @throws {AbortError} (as a rejection) when the signal aborts
 */
export async function runListenJob(
  worker: LiveWorker,
  seconds: number,
  signal: AbortSignal | undefined,
): Promise<Spectrogram> {
  const id = ++listeners;
  const heard = worker.call((service, node) => service.listen(node, id, seconds));
  if (!signal) return heard;
  const stop = new AbortController();
  const onAbort = () => {
    stop.abort(abortError());
    worker.call((service, node) => service.stopListening(node, id)).catch(() => {});
  };
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  return untilAborted(heard, stop.signal).finally(() => signal.removeEventListener('abort', onAbort));
}
