import { type Remote, wrap } from 'comlink';
import type { WorkerApi } from '../../protocol/worker.ts';
import { startWorker } from '../context/scripts.ts';
import { invalidState, loadError } from '../errors.ts';
import { untilAborted } from '../untilAborted.ts';

/**
 * A worker and its Comlink proxy. Workaround 7: Comlink's calls stay open for ever when a worker ends, so every call goes
 * through `call`, which rejects then.
 */
export class WorkerHandle {
  /** Resolves once the script runs. */
  readonly running: Promise<void>;
  readonly #worker: Worker;
  readonly #service: Remote<WorkerApi>;
  readonly #life = new AbortController();
  readonly #onError: (event: ErrorEvent) => void;

  constructor(workerUrl?: string | URL) {
    this.#onError = (event) => {
      event.preventDefault();
      this.end(loadError('worker', workerUrl, event.message || 'no reason given'));
    };
    this.#worker = startWorker(workerUrl);
    this.#service = wrap<WorkerApi>(this.#worker);
    this.#worker.addEventListener('error', this.#onError);
    this.running = this.call((service) => service.ping());
    this.running.catch(() => {});
  }

  /** Aborts with the cause when the worker ends. */
  get life(): AbortSignal {
    return this.#life.signal;
  }

  /** Rejects with the cause when the worker ends first. */
  call<T>(action: (service: Remote<WorkerApi>) => Promise<T>): Promise<T> {
    return untilAborted(action(this.#service), this.life);
  }

  end(cause: Error = invalidState('The worker was ended.')): void {
    this.#life.abort(cause);
    // Comlink keeps a worker until its proxy is garbage, and this listener would keep the proxy.
    this.#worker.removeEventListener('error', this.#onError);
    this.#worker.terminate();
  }
}
