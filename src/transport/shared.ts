import type { FrameStore } from './FrameStore.ts';
import { FRESH_FRAMES, type FrameHandler, type FrameReceiver, type FrameSender } from './link.ts';

/** `Atomics.waitAsync`, which TypeScript's ES2024 library has and some engines do not. */
type WaitAsync = (
  array: Int32Array,
  index: number,
  value: number,
) => { async: boolean; value: string | Promise<string> };

/**
 * Whether this page can share memory between its threads. A shared `WebAssembly.Memory` is no test for it: it can be
 * made on any page.
 */
export function canShareMemory(): boolean {
  return globalThis.crossOriginIsolated === true && typeof SharedArrayBuffer === 'function' && 'waitAsync' in Atomics;
}

/** The worklet's side of shared memory: the frame is there already, the worker only has to be woken. */
export class SharedSender implements FrameSender {
  readonly #store: FrameStore;

  constructor(store: FrameStore) {
    this.#store = store;
  }

  /** Audio thread; allocates nothing. */
  send(): void {
    Atomics.notify(this.#store.written, 0);
  }

  close(): void {}
}

/** Milliseconds after which the worker looks for frames by itself: at first, and at most while none come. */
const SHORTEST_NAP = 10;
const LONGEST_NAP = 500;

/**
 * The worker's side of shared memory: hands out frames as they are written. Worker thread; waits without blocking.
 *
 * Workaround 17: WebKit may forget to tell a worker that it was notified until something else happens there, once in some
 * ten thousand times. So the worker also looks by itself, all the more rarely the longer there was nothing to see.
 */
export class SharedReceiver implements FrameReceiver {
  readonly #store: FrameStore;
  readonly #handler: FrameHandler;
  #isClosed = false;
  /** The next frame to hand out. */
  #next: number;

  constructor(store: FrameStore, handler: FrameHandler) {
    this.#store = store;
    this.#handler = handler;
    this.#next = store.frames;
    this.#lookIn(SHORTEST_NAP);
    void this.#receive();
  }

  close(): void {
    this.#isClosed = true;
    // Wakes itself: what waits keeps the memory.
    Atomics.notify(this.#store.written, 0);
  }

  async #receive(): Promise<void> {
    const { waitAsync } = Atomics as unknown as { waitAsync: WaitAsync };
    while (!this.#isClosed) {
      this.#handOut();
      await waitAsync(this.#store.written, 0, this.#next).value;
    }
  }

  #lookIn(nap: number): void {
    const before = this.#next;
    setTimeout(() => {
      if (this.#isClosed) return;
      this.#handOut();
      this.#lookIn(this.#next === before ? Math.min(2 * nap, LONGEST_NAP) : SHORTEST_NAP);
    }, nap);
  }

  #handOut(): void {
    const end = this.#store.frames;
    this.#next = Math.max(this.#next, end - FRESH_FRAMES);
    for (; this.#next < end; this.#next++) this.#handler.onFrame(this.#next);
  }
}
