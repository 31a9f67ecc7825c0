import type { Remote } from 'comlink';
import type { LiveModel, WorkerApi } from '../../protocol/worker.ts';
import { toError } from '../errors.ts';
import { WorkerHandle } from './WorkerHandle.ts';

/** Milliseconds between two signs of life. */
const HEARTBEAT = 750;
/** Signs of life a worker may owe before it counts as dead. A blocked main thread cannot miss one: nothing is asked meanwhile. */
const BEATS_OWED = 3;
/** Milliseconds before a worker that did not start is tried again: the first time, and at most. */
const RETRY = { first: 250, longest: 10_000 } as const;

export interface LiveWorkerOptions {
  readonly workerUrl: string | URL | undefined;
  /** Of the node. */
  readonly life: AbortSignal;
  /** Hands worker and worklet the two ends of their link. */
  connect(worker: WorkerHandle): Promise<void>;
  /** Told when a worker has died, or does not start again. */
  onDeath(cause: Error): void;
}

/**
 * The worker that keeps the rolling spectrogram and activates frames. One that dies is started again, with the model and
 * the streams it had; the worklet keeps the history. Main thread.
 */
export class LiveWorker {
  readonly #options: LiveWorkerOptions;
  /** The worker in use, once it is connected; another promise after every death. */
  #connected: Promise<WorkerHandle> = new Promise(() => {});
  #worker: WorkerHandle | null = null;
  #model: LiveModel | null = null;
  #streaming = false;

  constructor(options: LiveWorkerOptions) {
    this.#options = options;
    options.life.addEventListener('abort', () => this.#worker?.end(options.life.reason), { once: true });
  }

  /** Resolves once the script runs. Not connected yet: the worklet may still be loading. */
  start(): Promise<void> {
    this.#worker = new WorkerHandle(this.#options.workerUrl);
    return this.#worker.running;
  }

  /** Connects the first worker, and watches over it and those that follow. */
  async connect(): Promise<void> {
    this.#connected = this.#connect(this.#worker!);
    await this.#connected;
  }

  async setModel(model: LiveModel): Promise<void> {
    this.#model = model;
    await this.call((service) => service.setModel(model));
  }

  async streamFrames(streaming: boolean): Promise<void> {
    this.#streaming = streaming;
    await this.call((service) => service.streamFrames(streaming));
  }

  /** Calls the worker; where that dies meanwhile, the next one. */
  async call<T>(action: (service: Remote<WorkerApi>) => Promise<T>): Promise<T> {
    for (;;) {
      const worker = await this.#connected;
      try {
        return await worker.call(action);
      } catch (cause) {
        if (this.#options.life.aborted || !worker.life.aborted) throw cause;
      }
    }
  }

  async #connect(worker: WorkerHandle): Promise<WorkerHandle> {
    await worker.running;
    await this.#options.connect(worker);
    const model = this.#model;
    // The worklet has the model already, or gets it from the call that is under way.
    if (model) await worker.call((service) => service.setModel({ ...model, id: null }));
    if (this.#streaming) await worker.call((service) => service.streamFrames(true));
    this.#watch(worker);
    return worker;
  }

  /** Until the worker ends, by itself or by a missing heartbeat; then another takes its place. */
  #watch(worker: WorkerHandle): void {
    const onEnd = () => {
      stop();
      if (this.#options.life.aborted) return;
      this.#connected = this.#replace();
      this.#connected.catch(() => {});
      this.#options.onDeath(worker.life.reason);
    };
    const stop = watchHeartbeat(worker);
    if (worker.life.aborted) onEnd();
    else worker.life.addEventListener('abort', onEnd, { once: true });
  }

  /** @throws the reason (as a rejection) for which the node has ended meanwhile */
  async #replace(): Promise<WorkerHandle> {
    const { life, workerUrl, onDeath } = this.#options;
    for (let wait: number = RETRY.first; ; wait = Math.min(2 * wait, RETRY.longest)) {
      try {
        this.#worker = new WorkerHandle(workerUrl);
        return await this.#connect(this.#worker);
      } catch (cause) {
        this.#worker?.end();
        life.throwIfAborted();
        onDeath(toError(cause));
      }
      await new Promise((resolve) => setTimeout(resolve, wait));
      life.throwIfAborted();
    }
  }
}

/** A worker that is killed from outside tells nobody, so it is asked again and again. Returns how to stop that. */
function watchHeartbeat(worker: WorkerHandle): () => void {
  let owed = 0;
  const timer = setInterval(() => {
    if (owed++ >= BEATS_OWED) return worker.end(new Error('The worker has stopped answering and is started again.'));
    worker
      .call((service) => service.ping())
      .then(
        () => {
          owed = 0;
        },
        () => {},
      );
  }, HEARTBEAT);
  return () => clearInterval(timer);
}
