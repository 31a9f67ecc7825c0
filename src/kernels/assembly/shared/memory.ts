import { LINE_BYTES } from './simd';

/**
 * Blocks of the linear memory, for the kernels and for typed-array views made outside.
 *
 * Every block starts on a cache line. The address that the allocator gave is kept in the word before the block.
 */

/** Allocates a zeroed block of `bytes` bytes. May grow the memory, which detaches every view made before. */
export function allocate(bytes: usize): usize {
  const raw = heap.alloc(bytes + LINE_BYTES + sizeof<usize>());
  const block = (raw + sizeof<usize>() + LINE_BYTES - 1) & ~(LINE_BYTES - 1);
  store<usize>(block - sizeof<usize>(), raw);
  memory.fill(block, 0, bytes);
  return block;
}

/** Gives back a block that `allocate` returned. */
export function release(block: usize): void {
  heap.free(load<usize>(block - sizeof<usize>()));
}
