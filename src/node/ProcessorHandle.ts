import type { ProcessorCommand, ProcessorMessage } from '../protocol/protocol.ts';
import { invalidState } from './errors.ts';

/** `Omit` for each member of a union. */
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** The id of the last command. */
const DISPOSE = 0;

/**
 * The main thread's line to the processor. What is sent counts once it is acknowledged. Workaround 8: what is still under
 * way when an offline rendering starts comes too late for its first sample, if not for all of it.
 */
export class ProcessorHandle {
  readonly #port: MessagePort;
  readonly #waiting = new Map<number, { resolve(): void; reject(cause: Error): void }>();
  #nextId = 1;
  #closed: Error | null = null;

  constructor(port: MessagePort, onReport: (report: Float64Array) => void) {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<ProcessorMessage>) => {
      if (data.type === 'report') return onReport(data.report);
      this.#waiting.get(data.id)?.resolve();
      this.#waiting.delete(data.id);
    };
  }

  /** Resolves when the processor has acknowledged; rejects with the cause when the line is closed first. */
  send(command: WithoutId<ProcessorCommand>, transfer: Transferable[] = []): Promise<void> {
    if (this.#closed) return Promise.reject(this.#closed);
    const id = this.#nextId++;
    this.#port.postMessage({ ...command, id }, transfer);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  /** Workaround 9: in Chromium a closed context never answers, so whoever waits is told. */
  close(cause: Error = invalidState('The processor has stopped.')): void {
    if (this.#closed) return;
    this.#closed = cause;
    for (const { reject } of this.#waiting.values()) reject(cause);
    this.#waiting.clear();
  }

  /** Stops the processor for good: it returns false from `process`, and closes the port. */
  dispose(): void {
    if (!this.#closed) this.#port.postMessage({ type: 'dispose', id: DISPOSE } satisfies ProcessorCommand);
    this.close();
    // Closed any earlier, by a report that is on its way, the port could lose the command.
    this.#port.onmessage = ({ data }: MessageEvent<ProcessorMessage>) => {
      if (data.type === 'acknowledged' && data.id === DISPOSE) this.#port.close();
    };
  }
}
