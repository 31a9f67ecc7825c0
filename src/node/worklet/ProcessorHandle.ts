import type { AdaptedMessage, ProcessorCommand, ProcessorMessage } from '../../protocol/processor.ts';
import type { Onset } from '../Streams.ts';
import { untilAborted } from '../untilAborted.ts';

/** `Omit` for each member of a union. */
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** Something the processor will acknowledge. */
export interface Acknowledgement {
  /** With which it does. */
  readonly id: number;
  /** Rejects with the reason when the node ends first. */
  readonly arrived: Promise<void>;
}

/** Told what the processor has to say. */
export interface ProcessorListener {
  readonly onReport: (report: Float64Array) => void;
  readonly onOnset: (onset: Onset) => void;
  readonly onAdapted: (adapted: AdaptedMessage) => void;
}

/** The id of the last command. */
const DISPOSE = 0;
/** Milliseconds to wait for the last message of an offline rendering, should it never come. */
const LAST_MESSAGE_TIMEOUT = 2000;

/**
 * The main thread's line to the processor. What is sent counts once it is acknowledged. Workaround 8: what is still under
 * way when an offline rendering starts comes too late for its first sample, if not for all of it.
 */
export class ProcessorHandle {
  readonly #port: MessagePort;
  /** Workaround 9: in Chromium a closed context never answers, so whoever waits is told by this. */
  readonly #life: AbortSignal;
  readonly #waiting = new Map<number, () => void>();
  readonly #rendered: Promise<void>;
  #nextId = DISPOSE + 1;

  /** @param life of the node */
  constructor(port: MessagePort, life: AbortSignal, { onReport, onOnset, onAdapted }: ProcessorListener) {
    this.#port = port;
    this.#life = life;
    this.#rendered = new Promise((resolve) => {
      port.onmessage = ({ data }: MessageEvent<ProcessorMessage>) => {
        if (data.type === 'report') return onReport(data.report);
        if (data.type === 'onset') return onOnset(data);
        if (data.type === 'adapted') return onAdapted(data);
        if (data.type === 'rendered') return resolve();
        this.#waiting.get(data.id)?.();
        this.#waiting.delete(data.id);
      };
    });
  }

  /** Resolves when all that an offline context has rendered is told. */
  rendered(): Promise<void> {
    const timeout = new Promise<void>((resolve) => setTimeout(resolve, LAST_MESSAGE_TIMEOUT));
    return Promise.race([this.#rendered, timeout]);
  }

  /** Something to be acknowledged that reaches the processor by another way. */
  expect(): Acknowledgement {
    const id = this.#nextId++;
    const arrival = new Promise<void>((resolve) => this.#waiting.set(id, resolve));
    return { id, arrived: untilAborted(arrival, this.#life) };
  }

  /** Resolves when the processor has acknowledged. */
  send(command: WithoutId<ProcessorCommand>, transfer: Transferable[] = []): Promise<void> {
    const { id, arrived } = this.expect();
    this.#port.postMessage({ ...command, id }, transfer);
    return arrived;
  }

  /**
   * Stops the processor for good: it returns false from `process`, and closes the port.
   *
   * @param answers whether it can: it does not where the context is closed
   */
  dispose(answers: boolean): void {
    this.#waiting.clear();
    this.#port.postMessage({ type: 'dispose', id: DISPOSE } satisfies ProcessorCommand);
    if (!answers) this.#port.close();
    // Closed any earlier, by a report that is on its way, the port could lose the command.
    this.#port.onmessage = ({ data }: MessageEvent<ProcessorMessage>) => {
      if (data.type === 'acknowledged' && data.id === DISPOSE) this.#port.close();
    };
  }
}
