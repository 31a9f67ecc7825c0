import type { FrameStore } from './FrameStore.ts';
import { FRESH_FRAMES, type FrameHandler, type FrameSender } from './link.ts';

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

/** Worker thread: hands out frames as they are written, for as long as the worker lives. Waits without blocking. */
export async function receiveShared(store: FrameStore, handler: FrameHandler): Promise<never> {
  const waitAsync = (Atomics as unknown as { waitAsync: WaitAsync }).waitAsync;
  let next = store.frames;
  for (;;) {
    const end = store.frames;
    next = Math.max(next, end - FRESH_FRAMES);
    for (; next < end; next++) handler.onFrame(next);
    await waitAsync(store.written, 0, end).value;
  }
}
