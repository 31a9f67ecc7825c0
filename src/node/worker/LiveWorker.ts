import type { Remote } from 'comlink';
import type { AdaptationOptions } from '../../dsp/live/Adaptation.ts';
import type { ScriptUrl } from '../../parameters/ScriptUrl.ts';
import type { LiveModel, WorkerApi } from '../../protocol/worker.ts';
import { toError } from '../errors.ts';
import { watchHeartbeat } from './heartbeat.ts';
import { WorkerHandle } from './WorkerHandle.ts';

/** How many workers may die of the same call, or of taking in the same model, before it is not tried again. */
const TRIES = 3;
/** Milliseconds before a worker that did not start is tried again: the first time, and at most. */
const RETRY = { first: 250, longest: 10_000 } as const;

export interface LiveWorkerOptions {
  readonly workerUrl: ScriptUrl | undefined;
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
  /** How many workers have died of taking in the model. */
  #modelDeaths = 0;
  #streaming = false;
  #adaptation: AdaptationOptions | null = null;

  constructor(options: LiveWorkerOptions) {
    this.#options = options;
    options.life.addEventListener('abort', () => this.#worker?.end(options.life.reason), { once: true });
  }

  /** Resolves once the script runs. Not connected yet: the worklet may still be loading. */
  async start(): Promise<void> {
    this.#worker = new WorkerHandle(this.#options.workerUrl);
    await this.#worker.running;
  }

  /** Connects the first worker, and watches over it and those that follow. */
  async connect(): Promise<void> {
    this.#connected = this.#connect(this.#worker!);
    await this.#connected;
  }

  async setModel(model: LiveModel): Promise<void> {
    this.#model = model;
    this.#modelDeaths = 0;
    await this.call((service) => service.setModel(model));
  }

  async streamFrames(streaming: boolean): Promise<void> {
    this.#streaming = streaming;
    await this.call((service) => service.streamFrames(streaming));
  }

  async adapt(adaptation: AdaptationOptions | null): Promise<void> {
    this.#adaptation = adaptation;
    await this.call((service) => service.adapt(adaptation));
  }

  /** Calls the worker; where that dies meanwhile, the next one, but not without end. */
  async call<T>(action: (service: Remote<WorkerApi>) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      const worker = await this.#connected;
      try {
        return await worker.call(action);
      } catch (cause) {
        if (this.#options.life.aborted || !worker.life.aborted) throw cause;
        if (tries === TRIES) throw new Error(`${TRIES} workers have died of the same call.`, { cause });
      }
    }
  }

  async #connect(worker: WorkerHandle): Promise<WorkerHandle> {
    const tellsDeath = await worker.running;
    if (!tellsDeath) watchHeartbeat(worker);
    await this.#options.connect(worker);
    await this.#restoreModel(worker);
    if (this.#adaptation) await worker.call((service) => service.adapt(this.#adaptation));
    if (this.#streaming) await worker.call((service) => service.streamFrames(true));
    this.#watch(worker);
    return worker;
  }

  /** The worklet has the model already, or gets it from the call that is under way. */
  async #restoreModel(worker: WorkerHandle): Promise<void> {
    const model = this.#model;
    if (!model || this.#modelDeaths >= TRIES) return;
    this.#modelDeaths++;
    await worker.call((service) => service.setModel({ ...model, id: null }));
    this.#modelDeaths = 0;
  }

  /** When the worker ends, another takes its place. */
  #watch(worker: WorkerHandle): void {
    const onEnd = () => {
      if (this.#options.life.aborted) return;
      this.#options.onDeath(worker.life.reason);
      this.#connected = this.#replace();
      this.#connected.catch(() => {});
    };
    if (worker.life.aborted) onEnd();
    else worker.life.addEventListener('abort', onEnd, { once: true });
  }

  /** @throws the reason (as a rejection) for which the node has ended meanwhile */
  async #replace(): Promise<WorkerHandle> {
    const { life, workerUrl, onDeath } = this.#options;
    let told = '';
    for (let wait: number = RETRY.first; ; wait = Math.min(2 * wait, RETRY.longest)) {
      try {
        this.#worker = new WorkerHandle(workerUrl);
        return await this.#connect(this.#worker);
      } catch (value) {
        const cause = toError(value);
        this.#worker?.end();
        life.throwIfAborted();
        if (cause.message !== told) onDeath(cause);
        told = cause.message;
      }
      await new Promise((resolve) => setTimeout(resolve, wait));
      life.throwIfAborted();
    }
  }
}
