import type { Remote } from 'comlink';
import type { ScriptUrl } from '../../parameters/ScriptUrl.ts';
import type { WorkerApi } from '../../protocol/worker.ts';
import { watchHeartbeat } from './heartbeat.ts';
import { WorkerHandle } from './WorkerHandle.ts';

/** What nodes may take of a core together where they share a worker: more would let them wait for each other. */
const FULL = 0.25;

/**
 * How many nodes may have left a worker that others still come into. What they leave is garbage, but Chromium collects it
 * late where a thread makes little: a worker ends, and gives all of it back, when nobody comes any more.
 */
const MOST_DEPARTURES = 8;

/** A live worker, and the nodes that share it. */
interface Host {
  readonly worker: WorkerHandle;
  readonly workerUrl: string;
  /** What each node takes of a core, by its number. */
  readonly shares: Map<number, number>;
  /** Whether other nodes may come in. */
  readonly isOpen: boolean;
  departures: number;
}

/** All live workers of the page. */
const hosts = new Set<Host>();
let nodes = 0;

/** A node's place in a live worker. Main thread. */
export class Place {
  readonly #host: Host;
  /** The node's number. */
  readonly #node = nodes++;
  readonly #left = new AbortController();

  constructor(host: Host, share: number) {
    this.#host = host;
    host.shares.set(this.#node, share);
  }

  get worker(): WorkerHandle {
    return this.#host.worker;
  }

  get isLeft(): boolean {
    return this.#left.signal.aborted;
  }

  /** Rejects with the cause when the worker ends first. */
  call<T>(action: (service: Remote<WorkerApi>, node: number) => Promise<T>): Promise<T> {
    return this.worker.call((service) => action(service, this.#node));
  }

  /** Calls back when the worker ends before the node has left. */
  onEnd(callback: () => void): void {
    const { life } = this.worker;
    if (life.aborted) callback();
    else life.addEventListener('abort', callback, { once: true, signal: this.#left.signal });
  }

  /** The node takes another share of a core. @returns whether there is room for that; a node alone has all the room */
  resize(share: number): boolean {
    this.#host.shares.set(this.#node, share);
    return this.#host.shares.size === 1 || loadOf(this.#host) <= FULL;
  }

  /** The last one ends the worker. @param cause with which calls that are under way are rejected then */
  leave(cause?: Error): void {
    if (this.isLeft) return;
    this.#left.abort();
    this.#host.shares.delete(this.#node);
    this.#host.departures++;
    if (this.#host.shares.size === 0) this.worker.end(cause);
    else this.call((service, node) => service.endLive(node)).catch(() => {});
  }
}

/**
 * Finds a place in a live worker that has room for a node, or starts one: thirty nodes do not need thirty threads, and a
 * heavy one gets a thread to itself.
 *
 * @param share what the node takes of a core
 * @param alone whether nobody else may be in that worker
 */
export function takePlace(workerUrl: ScriptUrl | undefined, share: number, alone: boolean): Place {
  const url = String(workerUrl ?? '');
  const takesIn = (host: Host) =>
    host.isOpen && host.departures < MOST_DEPARTURES && host.workerUrl === url && loadOf(host) + share <= FULL;
  const host = (alone ? undefined : [...hosts].find(takesIn)) ?? startHost(workerUrl, url, !alone);
  return new Place(host, share);
}

function startHost(script: ScriptUrl | undefined, workerUrl: string, isOpen: boolean): Host {
  const worker = new WorkerHandle(script);
  const host: Host = { worker, workerUrl, shares: new Map(), isOpen, departures: 0 };
  hosts.add(host);
  worker.life.addEventListener('abort', () => hosts.delete(host), { once: true });
  worker.running.then((tellsDeath) => tellsDeath || watchHeartbeat(worker)).catch(() => {});
  return host;
}

function loadOf({ shares }: Host): number {
  return [...shares.values()].reduce((sum, share) => sum + share, 0);
}
