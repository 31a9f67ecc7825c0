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

/** The worker's side of shared memory: hands out frames as they are written. Worker thread; waits without blocking. */
export class SharedReceiver implements FrameReceiver {
  readonly #store: FrameStore;
  readonly #handler: FrameHandler;
  #isClosed = false;

  constructor(store: FrameStore, handler: FrameHandler) {
    this.#store = store;
    this.#handler = handler;
    void this.#receive();
  }

  close(): void {
    this.#isClosed = true;
    // Wakes itself: what waits keeps the memory.
    Atomics.notify(this.#store.written, 0);
  }

  async #receive(): Promise<void> {
    const { waitAsync } = Atomics as unknown as { waitAsync: WaitAsync };
    const { written } = this.#store;
    let next = this.#store.frames;
    while (!this.#isClosed) {
      const end = this.#store.frames;
      next = Math.max(next, end - FRESH_FRAMES);
      for (; next < end; next++) this.#handler.onFrame(next);
      await waitAsync(written, 0, end).value;
    }
  }
}
