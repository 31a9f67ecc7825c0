/** Shared memories whose nodes are gone, by their size. WebKit frees them late, and for a page of short-lived nodes never. */
const spare = new Map<number, SharedArrayBuffer[]>();

/** Zeroed shared memory. Main thread. */
export function takeSharedMemory(bytes: number): SharedArrayBuffer {
  const memory = spare.get(bytes)?.pop();
  if (!memory) return new SharedArrayBuffer(bytes);
  new Uint8Array(memory).fill(0);
  return memory;
}

/**
 * Keeps the memory for the next node of its size. Main thread, once the processor no longer writes. The last answers of a
 * worker that is ending do no harm: they are marked with frames that the next node is long past, or has not reached.
 */
export function giveBackSharedMemory(memory: SharedArrayBuffer): void {
  const memories = spare.get(memory.byteLength);
  if (memories) memories.push(memory);
  else spare.set(memory.byteLength, [memory]);
}
