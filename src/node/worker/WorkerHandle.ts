import { type Remote, wrap } from 'comlink';
import type { WorkerService } from '../../worker/WorkerService.ts';
import { startWorker } from '../context/scripts.ts';
import { invalidState, loadError } from '../errors.ts';

/**
 * A worker and its Comlink proxy. Workaround 7: Comlink's calls stay open for ever when a worker ends, so every call goes
 * through `call`, which rejects then.
 */
export class WorkerHandle {
  readonly #worker: Worker;
  readonly #service: Remote<WorkerService>;
  readonly #ended: Promise<never>;
  #end!: (cause: Error) => void;
  readonly #onError: (event: ErrorEvent) => void;
  hasEnded = false;
  /** Resolves once the script runs. */
  readonly running: Promise<void>;

  constructor(workerUrl?: string | URL) {
    this.#onError = (event) => {
      event.preventDefault();
      this.end(loadError('worker', workerUrl, event.message || 'no reason given'));
    };
    this.#worker = startWorker(workerUrl);
    this.#service = wrap<WorkerService>(this.#worker);
    this.#ended = new Promise((_, reject) => {
      this.#end = reject;
    });
    this.#ended.catch(() => {});
    this.#worker.addEventListener('error', this.#onError);
    this.running = this.call((service) => service.ping());
    this.running.catch(() => {});
  }

  /** Rejects with the cause when the worker ends first. */
  call<T>(action: (service: Remote<WorkerService>) => Promise<T>): Promise<T> {
    return Promise.race([action(this.#service), this.#ended]);
  }

  /** Resolves with the cause when the worker has ended. */
  get ended(): Promise<Error> {
    return this.#ended.catch((cause: Error) => cause);
  }

  end(cause: Error = invalidState('The worker was ended.')): void {
    this.hasEnded = true;
    this.#end(cause);
    // Comlink keeps a worker until its proxy is garbage, and this listener would keep the proxy.
    this.#worker.removeEventListener('error', this.#onError);
    this.#worker.terminate();
  }
}
