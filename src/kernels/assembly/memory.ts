/**
 * Blocks of the module's linear memory for typed-array views made outside.
 *
 * Every block starts on a 64-byte line (a packed tile of W is one line), so the raw address that the
 * allocator gave is kept in the word below the block.
 */
const LINE: usize = 64;

/** Allocates a zeroed block of `bytes` bytes. May grow the memory, which detaches every view made before. */
export function allocate(bytes: usize): usize {
  const raw = heap.alloc(bytes + LINE + sizeof<usize>());
  const block = (raw + sizeof<usize>() + LINE - 1) & ~(LINE - 1);
  store<usize>(block - sizeof<usize>(), raw);
  memory.fill(block, 0, bytes);
  return block;
}

/** Gives back a block that `allocate` returned. */
export function release(block: usize): void {
  heap.free(load<usize>(block - sizeof<usize>()));
}
