import binary from 'virtual:kernels';
import type { LearningKernels } from './learningKernels.ts';
import type { LiveKernels } from './liveKernels.ts';

/** A running instance of the compiled kernels with a memory of its own. */
export interface Kernels extends KernelExports {
  readonly memory: WebAssembly.Memory;
}

/** Addresses are byte offsets into `memory`. */
export interface KernelExports extends LearningKernels, LiveKernels {
  /** Allocates a zeroed, 64-byte aligned block. May grow the memory, which detaches every view made before. */
  allocate(bytes: number): number;
  /** Gives back a block from `allocate`. */
  release(block: number): void;
}

let compiled: WebAssembly.Module | undefined;
/**
 * Memories that were given back. Chromium has room for a hundred in a process, however small, and the audio thread's
 * garbage is collected late: nodes that come and go would leave no room for the next.
 */
const spareMemories: WebAssembly.Memory[] = [];

/**
 * Makes an instance, synchronously: a worklet can neither fetch nor wait.
 *
 * @throws {WebAssembly.CompileError} where a Content-Security-Policy lacks `'wasm-unsafe-eval'`
 */
export function loadKernels(): Kernels {
  compiled ??= new WebAssembly.Module(decodeHexadecimal(binary));
  const memory = spareMemories.pop() ?? new WebAssembly.Memory({ initial: 1 });
  new Uint8Array(memory.buffer).fill(0);
  const instance = new WebAssembly.Instance(compiled, { env: { memory, abort } });
  return { ...(instance.exports as unknown as KernelExports), memory };
}

/** Ends the use of an instance; the next one has its memory. */
export function unloadKernels({ memory }: Kernels): void {
  spareMemories.push(memory);
}

function abort(): never {
  throw new WebAssembly.RuntimeError('A kernel ran out of memory.');
}

/** Workaround 5: the scope of a worklet has no `atob`. */
function decodeHexadecimal(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = 16 * digitAt(text, 2 * i) + digitAt(text, 2 * i + 1);
  return bytes;
}

function digitAt(text: string, place: number): number {
  const code = text.charCodeAt(place);
  // '0' … '9' and 'a' … 'f'.
  return code < 58 ? code - 48 : code - 87;
}
