import { type Remote, wrap } from 'comlink';
import type { ScriptUrl } from '../../parameters/ScriptUrl.ts';
import type { WorkerApi } from '../../protocol/worker.ts';
import { startWorker } from '../context/scripts.ts';
import { invalidState, loadError } from '../errors.ts';
import { workersTellDeath } from '../platform/browser.ts';
import { untilAborted } from '../untilAborted.ts';

/** Milliseconds after which a worker counts as dead whose script does not run. */
const START_TIMEOUT = 60_000;

/**
 * A worker and its Comlink proxy. Workaround 7: Comlink's calls stay open for ever when a worker ends, so every call goes
 * through `call`, which rejects then.
 *
 * A worker that is killed from outside tells nobody. It therefore holds a lock for as long as it lives (Web Locks API), and
 * the page waits for that: this costs nothing, and a worker that computes for long is not taken for dead. Main thread.
 */
export class WorkerHandle {
  /** Resolves once the script runs: with whether its death will be noticed. Pages without an origin have no locks. */
  readonly running: Promise<boolean>;
  readonly #worker: Worker;
  readonly #service: Remote<WorkerApi>;
  readonly #life = new AbortController();
  readonly #onError: (event: ErrorEvent) => void;

  constructor(workerUrl?: ScriptUrl) {
    this.#onError = (event) => {
      event.preventDefault();
      this.end(loadError('worker', workerUrl, event.message || 'no reason given'));
    };
    this.#worker = startWorker(workerUrl);
    this.#service = wrap<WorkerApi>(this.#worker);
    this.#worker.addEventListener('error', this.#onError);
    this.running = this.#start(workerUrl);
    this.running.catch(() => {});
  }

  /** Aborts with the cause when the worker ends. */
  get life(): AbortSignal {
    return this.#life.signal;
  }

  /** Once the worker runs. Rejects with the cause when it ends first. */
  async call<T>(action: (service: Remote<WorkerApi>) => Promise<T>): Promise<T> {
    // Before it holds its lock it is not asked for anything: it cannot take the lock while it computes.
    await this.running;
    return untilAborted(action(this.#service), this.life);
  }

  end(cause: Error = invalidState('The worker was ended.')): void {
    this.#life.abort(cause);
    // Comlink keeps a worker until its proxy is garbage, and this listener would keep the proxy.
    this.#worker.removeEventListener('error', this.#onError);
    this.#worker.terminate();
  }

  async #start(workerUrl: ScriptUrl | undefined): Promise<boolean> {
    const lock = `nmf-separator ${crypto.randomUUID()}`;
    const timeout = setTimeout(() => this.end(loadError('worker', workerUrl, 'it does not answer')), START_TIMEOUT);
    try {
      const isHeld = await untilAborted(this.#service.holdLock(lock), this.life);
      if (isHeld && !workersTellDeath) this.#endWith(lock);
      return isHeld || workersTellDeath;
    } finally {
      clearTimeout(timeout);
    }
  }

  /** The lock is free when its holder has died. */
  #endWith(lock: string): void {
    const onFree = () => this.end(new Error('The worker has died.'));
    navigator.locks.request(lock, { signal: this.life }, onFree).catch(() => {});
  }
}
