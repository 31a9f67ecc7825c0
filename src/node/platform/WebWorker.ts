import type { Transferable as NodeTransferable, Worker as NodeWorker } from 'node:worker_threads';

/** A thread of Node as a web worker, as far as Comlink and `WorkerHandle` use one. Main thread. */
export class WebWorker extends EventTarget {
  readonly #worker: NodeWorker;
  #terminated = false;

  constructor(worker: NodeWorker) {
    super();
    this.#worker = worker;
    worker.on('message', (data) => this.dispatchEvent(new MessageEvent('message', { data })));
    worker.on('messageerror', (error) => this.#fail(error));
    worker.on('error', (error) => this.#fail(error));
    worker.on('exit', (code) => {
      if (!this.#terminated) this.#fail(new Error(`The thread has ended with code ${code}.`));
    });
  }

  postMessage(message: unknown, transfer: readonly NodeTransferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  terminate(): void {
    this.#terminated = true;
    void this.#worker.terminate();
  }

  /** Node 20 has no ErrorEvent. */
  #fail({ message }: Error): void {
    this.dispatchEvent(Object.assign(new Event('error', { cancelable: true }), { message }));
  }
}
